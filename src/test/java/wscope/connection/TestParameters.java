package wscope.connection;

import java.util.List;
import java.util.stream.Collectors;

/** The parameters of a behaviour, with only a few faults. */
public final class TestParameters {
  public static final BehaviourParameters TABLE =
      new BehaviourParameters(List.of("reserved-opcode", "text-not-utf8"));

  private TestParameters() {}

  /** The settings of a behaviour, separated by spaces. */
  public static String spelled(Behaviour behaviour) {
    return TABLE.settings(behaviour).entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}
