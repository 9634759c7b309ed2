package wscope.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour.Trigger;
import wscope.connection.FaultSchedule;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;

/**
 * What a proxy changes in what one endpoint sends, on purpose.
 *
 * @param shape how the bytes are passed on
 * @param faults the IDs of the rules that the endpoint seems to break; the number of the only
 *     message that breaks the rule may follow an at sign
 * @param replacements what is replaced in text messages, in this order
 * @param drop when both connections are reset; null for never
 * @param silent the control frames that are not passed on
 * @param stopsReading whether the endpoint seems to read nothing once the WebSocket is open
 */
public record Changes(
    Shape shape,
    List<String> faults,
    List<Replacement> replacements,
    @Nullable Trigger drop,
    Set<Opcode> silent,
    boolean stopsReading) {
  /** No changes: every byte passes as received, at once. */
  public static final Changes NONE = of(Shape.NONE);

  public Changes {
    faults = List.copyOf(faults);
    replacements = List.copyOf(replacements);
    silent = Set.copyOf(silent);
  }

  /** Creates changes of the way the bytes are passed on, which stay the same. */
  public static Changes of(Shape shape) {
    return new Changes(shape, List.of(), List.of(), null, Set.of(), false);
  }

  /** Whether frames must be read before they are passed on. */
  boolean needFrames(Endpoint sender) {
    return !replacements.isEmpty()
        || !silent.isEmpty()
        || drop instanceof Trigger.Messages
        || !faults(sender, FrameFault.class).isEmpty();
  }

  /** Whether nothing is changed but the shape. */
  boolean areNone() {
    return faults.isEmpty()
        && replacements.isEmpty()
        && drop == null
        && silent.isEmpty()
        && !stopsReading;
  }

  /** The faults of one kind. */
  <F extends Fault> List<F> faults(Endpoint sender, Class<F> kind) {
    List<F> found = new ArrayList<>(faults.size());
    for (String id : faults) {
      Fault fault = Faults.find(sender, FaultSchedule.id(id));
      if (kind.isInstance(fault)) {
        found.add(kind.cast(fault));
      }
    }
    return found;
  }
}
