package wscope.cli.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Converter;
import wscope.cli.option.NearestWord;
import wscope.cli.option.OptionalValue;
import wscope.cli.option.UsageErrors;
import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameters;
import wscope.connection.FaultSchedule;
import wscope.connection.InvalidParameter;
import wscope.connection.Quantities;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleIds;
import wscope.proxy.Changes;
import wscope.proxy.Replacement;
import wscope.proxy.Shape;

/** The options for what a proxy changes on purpose, for each sender apart or for both. */
final class ChangeOptions {
  /** What {@code --stop-reading} is for without a value; an empty one would count as none. */
  private static final String BOTH = "both";

  private static final List<String> READERS = List.of("client", "server", BOTH);
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration LONGEST_COALESCE = Duration.ofMinutes(1);
  private static final long FASTEST = 1L << 30;
  private static final int LARGEST = 1 << 20;
  private static final List<Opcode> SILENCED = List.of(Opcode.PING, Opcode.PONG, Opcode.CLOSE);

  private final OptionSpec delay;
  private final OptionSpec rate;
  private final OptionSpec coalesce;
  private final OptionSpec split;
  private final OptionSpec fault;
  private final OptionSpec replace;
  private final OptionSpec drop;
  private final OptionSpec silent;
  private final OptionSpec stopReading;

  /**
   * A value for what one endpoint sends.
   *
   * @param sender null for both
   * @param typed the value as typed
   */
  private record Sided<T>(@Nullable Endpoint sender, T value, String typed) {
    boolean isFor(Endpoint endpoint) {
      return sender == null || sender == endpoint;
    }
  }

  /** Reads the value after the sender. */
  private interface Reading<T> {
    T read(String text, @Nullable Endpoint sender) throws InvalidParameter;
  }

  ChangeOptions(CommandSpec spec) {
    delay =
        option(
            "--delay",
            "[SENDER:]TIME",
            (text, sender) -> Quantities.duration(text, SHORTEST, LONGEST),
            "Pass on what SENDER sends only after TIME. SENDER is client or server; without it,"
                + " here and below, the option is for both.");
    rate =
        option(
            "--rate",
            "[SENDER:]SIZE",
            (text, sender) -> Quantities.bytes(text, 1, FASTEST),
            "Pass on at most SIZE per second of what SENDER sends.");
    coalesce =
        option(
            "--coalesce",
            "[SENDER:]TIME",
            (text, sender) -> Quantities.duration(text, SHORTEST, LONGEST_COALESCE),
            "Pass on together what SENDER sends within TIME (1 ms to 1 m), so that TCP"
                + " sends it at once.");
    split =
        option(
            "--split",
            "[SENDER:]SIZE",
            (text, sender) -> Quantities.bytes(text, 1, LARGEST),
            "Split what SENDER sends into pieces of SIZE, each sent by TCP alone.");
    fault =
        option(
            "--fault",
            "SENDER:RULE-ID[@N][,...]",
            ChangeOptions::faults,
            "Break these rules in the name of SENDER, in the handshake or in each message; with @N"
                + " after the id, only in message N of SENDER. See wscope rules.");
    replace =
        option(
            "--replace",
            "[SENDER:]REGEX=TEXT",
            (text, sender) -> Replacement.parse(text),
            "Change what the regular expression matches to TEXT, in text messages of up to 1000 KiB."
                + " In TEXT, $1 is the first group. Repeatable.");
    drop =
        option(
            "--drop",
            "[SENDER:]N|BYTES",
            ChangeOptions::drop,
            "Reset both TCP connections after passing on N messages of SENDER, or BYTES once the"
                + " WebSocket is open; BYTES needs a unit: B, KiB or MiB.");
    silent =
        option(
            "--silent",
            "[SENDER:]ping|pong|close[,...]",
            (text, sender) -> silenced(text),
            "Do not pass on these control frames of SENDER.");
    stopReading =
        builder(
                "--stop-reading",
                "SENDER",
                (text, sender) -> text,
                "Read nothing more for SENDER once the WebSocket is open, as if it had stopped"
                    + " reading; disconnect after 10 m. Default: both.")
            .converters(new Converter<>(ChangeOptions::reader))
            .completionCandidates(READERS)
            .arity("0..1")
            .fallbackValue(BOTH)
            .preprocessor(OptionalValue.oneOf(READERS, BOTH))
            .build();
    List.of(delay, rate, coalesce, split, fault, replace, drop, silent, stopReading)
        .forEach(spec::addOption);
  }

  private static <T> OptionSpec option(
      String name, String label, Reading<T> reading, String description) {
    return builder(name, label, reading, description).build();
  }

  private static <T> OptionSpec.Builder builder(
      String name, String label, Reading<T> reading, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(List.class)
        .auxiliaryTypes(Sided.class)
        .converters(new Converter<>(text -> sided(text, reading)))
        .description(description);
  }

  private static <T> Sided<T> sided(String text, Reading<T> reading) {
    int colon = text.indexOf(':');
    Endpoint found = null;
    for (Endpoint sender : Endpoint.values()) {
      found = colon > 0 && text.substring(0, colon).equals(sender.id()) ? sender : found;
    }
    String typed = found == null ? text : text.substring(colon + 1);
    try {
      return new Sided<>(found, reading.read(typed, found), typed);
    } catch (InvalidParameter e) {
      String advice = NearestWord.advice(e.problem().typed(), e.problem().known());
      throw new TypeConversionException(e.getMessage() + advice);
    }
  }

  /** Reads the endpoint that seems to stop reading. */
  private static Sided<String> reader(String text) {
    for (Endpoint sender : Endpoint.values()) {
      if (text.equals(sender.id())) {
        return new Sided<>(sender, text, text);
      }
    }
    if (text.equals(BOTH)) {
      return new Sided<>(null, text, text);
    }
    throw new TypeConversionException(UsageErrors.noneOf(text, READERS));
  }

  private static List<String> faults(String text, @Nullable Endpoint sender)
      throws InvalidParameter {
    if (sender == null) {
      throw new InvalidParameter(
          InvalidParameter.quoted(text)
              + ": write the sender, a colon and the id of a rule, as in server:reserved-opcode@3");
    }
    try {
      List<String> ids = parameters(sender).parse("fault", text, Behaviour.DEFAULT).faults();
      for (String id : ids) {
        Fault fault = Faults.find(sender, FaultSchedule.id(id));
        if (FaultSchedule.number(id) > 0 && !(fault instanceof FrameFault)) {
          throw new InvalidParameter(
              InvalidParameter.quoted(id)
                  + ": this rule is for the handshake, which has no message number; write "
                  + FaultSchedule.id(id));
        }
      }
      return ids;
    } catch (InvalidParameter e) {
      Rule rule = RuleIds.find(FaultSchedule.id(e.problem().typed()));
      if (rule != null) {
        throw new InvalidParameter(
            "no "
                + sender.id()
                + " can break "
                + rule.id()
                + ", because "
                + Faults.obstacle(sender, rule));
      }
      throw e;
    }
  }

  private static Behaviour.Trigger drop(String text, @Nullable Endpoint sender)
      throws InvalidParameter {
    Behaviour.Trigger drop =
        parameters(Endpoint.SERVER).parse("drop", text, Behaviour.DEFAULT).drop();
    if (drop == null) {
      throw new InvalidParameter(
          "a number of messages (3) or of bytes (100B, 2KiB) must follow the colon");
    }
    return drop;
  }

  /** The parameters of serve and connect, with the faults of a sender. */
  private static BehaviourParameters parameters(Endpoint sender) {
    return new BehaviourParameters(Faults.of(sender).stream().map(Fault::id).toList());
  }

  private static Set<Opcode> silenced(String text) throws InvalidParameter {
    Set<Opcode> silenced = EnumSet.noneOf(Opcode.class);
    for (String word : text.split(",", -1)) {
      Opcode found = null;
      for (Opcode opcode : SILENCED) {
        found = opcode.label().equals(word.toLowerCase(Locale.ROOT)) ? opcode : found;
      }
      if (found == null) {
        throw new InvalidParameter(
            InvalidParameter.quoted(word) + " is not one of ping, pong, close");
      }
      silenced.add(found);
    }
    return silenced;
  }

  /** What is changed in what an endpoint sends. */
  Changes of(Endpoint sender) {
    Sided<Duration> time = last(delay, sender);
    Sided<Long> limit = last(rate, sender);
    Sided<Duration> collected = last(coalesce, sender);
    Sided<Long> piece = last(split, sender);
    Sided<Behaviour.Trigger> dropped = last(drop, sender);
    List<String> faults = new ArrayList<>();
    for (Sided<List<String>> ids : ChangeOptions.<List<String>>all(fault, sender)) {
      faults.addAll(ids.value);
    }
    Set<Opcode> silenced = EnumSet.noneOf(Opcode.class);
    for (Sided<Set<Opcode>> opcodes : ChangeOptions.<Set<Opcode>>all(silent, sender)) {
      silenced.addAll(opcodes.value);
    }
    return new Changes(
        new Shape(
            time == null ? Duration.ZERO : time.value,
            limit == null ? 0 : limit.value,
            collected == null ? Duration.ZERO : collected.value,
            piece == null ? 0 : piece.value.intValue()),
        faults,
        ChangeOptions.<Replacement>all(replace, sender).stream().map(Sided::value).toList(),
        dropped == null ? null : dropped.value,
        silenced,
        last(stopReading, sender) != null);
  }

  private static <T> List<Sided<T>> all(OptionSpec option, Endpoint sender) {
    @Nullable List<Sided<T>> values = option.getValue();
    return values == null
        ? List.of()
        : values.stream().filter(value -> value.isFor(sender)).toList();
  }

  /** The value for an endpoint that was given last; null if there is none. */
  private static <T> @Nullable Sided<T> last(OptionSpec option, Endpoint sender) {
    List<Sided<T>> values = all(option, sender);
    return values.isEmpty() ? null : values.get(values.size() - 1);
  }

  /** Says what is done on purpose, one line each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Endpoint sender : Endpoint.values()) {
      String subject = "what the " + sender.id() + " sends is ";
      note(subject + "passed on after ", delay, sender, "", notes);
      note(subject + "passed on at ", rate, sender, " per second", notes);
      note(subject + "collected for ", coalesce, sender, "", notes);
      note(subject + "passed on in pieces of ", split, sender, "", notes);
      for (Sided<Object> each : all(fault, sender)) {
        notes.add(note("faults in the name of the " + sender.id() + ": " + each.typed));
      }
      for (Sided<Object> each : all(replace, sender)) {
        notes.add(note("text of the " + sender.id() + " is replaced: " + each.typed));
      }
      Sided<Object> trigger = last(drop, sender);
      if (trigger != null) {
        boolean messages = Quantities.isNumber(trigger.typed);
        notes.add(
            note(
                "TCP is reset after "
                    + trigger.typed
                    + (messages ? " messages of the " : " of the ")
                    + sender.id()));
      }
      for (Sided<Object> each : all(silent, sender)) {
        notes.add(note("not passed on of the " + sender.id() + ": " + each.typed));
      }
      if (last(stopReading, sender) != null) {
        notes.add(note("the " + sender.id() + " seems to stop reading"));
      }
    }
    return notes;
  }

  private static String note(String words) {
    return "on purpose     " + words;
  }

  private static void note(
      String words, OptionSpec option, Endpoint sender, String unit, List<String> notes) {
    Sided<Object> value = last(option, sender);
    if (value != null) {
      notes.add(note(words + value.typed + unit));
    }
  }
}
