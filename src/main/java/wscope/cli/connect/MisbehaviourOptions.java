package wscope.cli.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.dial.AddressOptions;
import wscope.cli.option.Flag;
import wscope.cli.option.NearestWord;
import wscope.cli.option.QuantityOption;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.connect.Script;
import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameter;
import wscope.connection.BehaviourParameters;
import wscope.connection.InvalidParameter;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Endpoint;

/**
 * The options for what a client does differently from a correct one. Those that a server has too
 * take the same values.
 */
final class MisbehaviourOptions {
  private static final String COALESCE = "--coalesce";
  private static final int LONGEST_PIECE = 1 << 20;
  private static final int LONGEST_COALESCED = 1 << 16;

  private final BehaviourParameters parameters =
      new BehaviourParameters(Faults.of(Endpoint.CLIENT).stream().map(Fault::id).toList());
  private final Map<String, OptionSpec> options = new LinkedHashMap<>();
  private final OptionSpec split;
  private final OptionSpec halfClose;
  private final OptionSpec coalesce;

  MisbehaviourOptions(CommandSpec spec) {
    add("fragment", "Fragment messages into frames of at most BYTES; 0 disables fragmentation.");
    add("delay", "Wait this long before each message.");
    add("rate", "Send at most BYTES per second once the WebSocket is open.");
    split =
        QuantityOption.size(
            "--split",
            1,
            LONGEST_PIECE,
            "Send at most SIZE bytes in a TCP segment, from the" + " request on.");
    add("silent", "Do not reply to pings (pong), Close frames (close), or both.");
    add(
        "fault",
        "Break these rules on purpose, in the request or in each message; with @N after the id,"
            + " only in message N.");
    add(
        "drop",
        "Reset the TCP connection after N messages of the server, or after sending BYTES once the"
            + " WebSocket is open; BYTES needs a unit: B, KiB or MiB.");
    halfClose =
        Flag.of(
            "--half-close",
            "End the client's side of TCP (FIN) instead of sending a Close, and read on.");
    coalesce =
        Flag.of(
            COALESCE,
            "Send the messages before the first --expect in the TCP segment of the request,"
                + " without waiting for the response; at most 64 KiB, not compressed.");
    options.values().forEach(spec::addOption);
    spec.addOption(split).addOption(coalesce).addOption(halfClose);
  }

  /** The given behaviour with everything that the options set. */
  Behaviour behaviour(Behaviour correct) throws Failure {
    Behaviour behaviour = correct;
    for (Map.Entry<String, OptionSpec> option : options.entrySet()) {
      @Nullable Object value = option.getValue().getValue();
      if (value instanceof List<?> values) {
        // A list may also be split over several options.
        value = String.join(",", values.stream().map(String::valueOf).toList());
      }
      if (value != null) {
        behaviour = with(behaviour, option.getKey(), value.toString());
      }
    }
    @Nullable Long piece = split.getValue();
    behaviour = behaviour.coalesce(Flag.isSet(coalesce));
    return piece == null ? behaviour : behaviour.split(piece.intValue());
  }

  /**
   * Checks that a script has messages to send with the request, if that is wanted, and that they
   * fit into it.
   */
  void check(Script script) throws Failure {
    if (!Flag.isSet(coalesce)) {
      return;
    }
    AddressOptions.exclude(split.getValue() != null, COALESCE, "--split");
    for (String name : List.of("fault", "fragment", "delay")) {
      AddressOptions.exclude(isGiven(name), COALESCE, "--" + name);
    }
    long bytes = script.first().stream().mapToLong(sent -> sent.payload().remaining()).sum();
    if (script.first().isEmpty()) {
      throw new Failure(
          ExitCode.USAGE, COALESCE + " has no message to send with the request; give --send TEXT");
    }
    if (bytes > LONGEST_COALESCED) {
      throw new Failure(
          ExitCode.USAGE,
          COALESCE
              + ": the messages before the first --expect have "
              + bytes
              + " bytes; at most 65536 are sent with the request");
    }
  }

  /** Whether the client resets the connection. */
  boolean drops() {
    return isGiven("drop");
  }

  private boolean isGiven(String name) {
    OptionSpec option = options.get(name);
    return option != null && option.getValue() != null;
  }

  /** Whether the client ends its side of TCP instead of sending a Close. */
  boolean halfCloses() {
    return Flag.isSet(halfClose);
  }

  private Behaviour with(Behaviour behaviour, String name, String value) throws Failure {
    try {
      return parameters.parse(name, value, behaviour);
    } catch (InvalidParameter e) {
      String advice = NearestWord.advice(e.problem().typed(), e.problem().known());
      throw new Failure(ExitCode.USAGE, "--" + name + ": " + e.problem().text() + advice);
    }
  }

  private void add(String name, String description) {
    BehaviourParameter parameter = parameters.find(name);
    if (parameter == null) {
      throw new IllegalArgumentException(name);
    }
    boolean faults = name.equals("fault");
    OptionSpec.Builder builder =
        OptionSpec.builder("--" + name)
            .paramLabel(faults ? "RULE-ID[@N][,...]" : parameter.syntax())
            .completionCandidates(parameter.values())
            .description(description);
    options.put(
        name,
        parameter.list()
            ? builder.type(List.class).auxiliaryTypes(String.class).build()
            : builder.type(String.class).build());
  }
}
