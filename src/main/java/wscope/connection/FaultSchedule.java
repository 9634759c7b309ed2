package wscope.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.rule.Endpoint;

/**
 * The faults of a behaviour in the frames of an open WebSocket. Each message commits the next of
 * those without a number; the first one follows the last one. A fault with a number is committed by
 * the message with that number only.
 */
public final class FaultSchedule {
  /** No faults. */
  public static final FaultSchedule NONE = new FaultSchedule();

  private final List<FrameFault> inTurn = new ArrayList<>(0);
  private final Map<Long, FrameFault> numbered = new HashMap<>(0);
  private long messages;
  private int committed;

  private FaultSchedule() {}

  /**
   * Selects the faults that an endpoint can commit on an open connection.
   *
   * @param ids the IDs; the number of a message may follow an at sign
   * @param allows whether the connection allows a fault
   */
  public static FaultSchedule of(List<String> ids, Endpoint self, Predicate<FrameFault> allows) {
    FaultSchedule schedule = new FaultSchedule();
    for (String id : ids) {
      @Nullable Fault fault = Faults.find(self, id(id));
      if (fault instanceof FrameFault frameFault && allows.test(frameFault)) {
        long number = number(id);
        if (number == 0) {
          schedule.inTurn.add(frameFault);
        } else {
          schedule.numbered.put(number, frameFault);
        }
      }
    }
    return schedule;
  }

  /** The fault's ID, without the number of the message. */
  public static String id(String text) {
    int at = text.indexOf('@');
    return at < 0 ? text : text.substring(0, at);
  }

  /** The number of the message that commits the fault; 0 for none. */
  public static long number(String text) {
    int at = text.indexOf('@');
    return at < 0 ? 0 : Long.parseLong(text.substring(at + 1));
  }

  /** The fault that the next message commits; null if there is none. */
  public @Nullable FrameFault next() {
    messages++;
    FrameFault fault = numbered.isEmpty() ? null : numbered.get(messages);
    if (fault != null || inTurn.isEmpty()) {
      return fault;
    }
    fault = inTurn.get(committed % inTurn.size());
    committed++;
    return fault;
  }
}
