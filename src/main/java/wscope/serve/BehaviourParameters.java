package wscope.serve;

import static wscope.connection.Behaviour.DEFAULT;
import static wscope.serve.ParameterValues.LONGEST_TIME;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Endpoint;

/**
 * The table of the parameters that make a {@link Behaviour}, for the command line, the query of a
 * URL and the page that lists them.
 */
public final class BehaviourParameters {
  private static final int LONGEST_FRAGMENT = 16 * 1024 * 1024;
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);

  /** A behaviour with one setting read from a text that is not empty. */
  private interface Reader {
    Behaviour read(Behaviour behaviour, String value) throws InvalidParameter;
  }

  /**
   * One parameter.
   *
   * @param reset brings its setting back to the default
   * @param shown spells its setting; empty for none
   */
  private record Row(
      BehaviourParameter told,
      Reader reader,
      UnaryOperator<Behaviour> reset,
      Function<Behaviour, String> shown) {}

  private final Map<String, Row> rows = new LinkedHashMap<>();

  /**
   * @param faults the ids of the faults that can be asked for, at least one, in lower case
   */
  public BehaviourParameters(List<String> faults) {
    addReplies();
    addOwnMessages();
    addEnd();
    addHandshake();
    addFaults(List.copyOf(faults));
  }

  /** With every fault that a server can commit. */
  public static BehaviourParameters withAllFaults() {
    return new BehaviourParameters(Faults.of(Endpoint.SERVER).stream().map(Fault::id).toList());
  }

  /** All parameters, in the order in which they are listed. */
  public List<BehaviourParameter> all() {
    return rows.values().stream().map(Row::told).toList();
  }

  /** The parameter of a name; null if there is none. */
  public @Nullable BehaviourParameter find(String name) {
    Row row = rows.get(name);
    return row == null ? null : row.told;
  }

  /**
   * Changes one setting.
   *
   * @param value an empty one stands for the setting of {@link Behaviour#DEFAULT}
   * @throws InvalidParameter if there is no such parameter, or not with this value; its message
   *     does not name the parameter
   */
  public Behaviour parse(String name, String value, Behaviour behaviour) throws InvalidParameter {
    Row row = rows.get(name);
    if (row == null) {
      throw InvalidParameter.unknown("there is no such parameter", name, rows.keySet());
    }
    return value.isEmpty() ? row.reset.apply(behaviour) : row.reader.read(behaviour, value);
  }

  /**
   * What differs from {@link Behaviour#DEFAULT}: values by the names of their parameters, so that
   * {@link #parse} makes the same behaviour of them. They may hold any character.
   */
  public Map<String, String> settings(Behaviour behaviour) {
    Map<String, String> settings = new LinkedHashMap<>();
    rows.forEach(
        (name, row) -> {
          String shown = row.shown.apply(behaviour);
          if (!shown.equals(row.shown.apply(DEFAULT))) {
            settings.put(name, shown);
          }
        });
    return settings;
  }

  // The rows. Bounds stand in the descriptions, and are tested from there.

  private void addReplies() {
    List<String> replies = ParameterValues.words(Behaviour.Reply.class);
    add(
        choice("reply", "who gets a message that a client sent", "none", replies),
        (b, value) -> b.reply(ParameterValues.word(Behaviour.Reply.class, value)),
        b -> b.reply(DEFAULT.reply()),
        b -> b.reply().toString());
    add(
        plain("delay", "TIME", "wait before each reply, up to 1h", "500ms"),
        (b, value) -> b.delay(Quantities.duration(value, Duration.ZERO, LONGEST_DELAY)),
        b -> b.delay(DEFAULT.delay()),
        b -> shown(b.delay()));
    add(
        plain(
            "fragment",
            "BYTES",
            "split messages into frames of at most 1B to 16MiB, up to 131072; 0 does not",
            "5"),
        (b, value) -> b.fragment((int) Quantities.bytes(value, 0, LONGEST_FRAGMENT)),
        b -> b.fragment(DEFAULT.fragment()),
        b -> shown(b.fragment()));
    add(
        plain("rate", "BYTES", "send at most 1B to 1024MiB a second", "2KiB"),
        (b, value) -> b.rate(Quantities.bytes(value, 1, ParameterValues.MOST_BYTES)),
        b -> b.rate(DEFAULT.rate()),
        b -> shown(b.rate()));
  }

  private void addOwnMessages() {
    add(
        plain("greet", "TEXT", "send this text, up to 4096 bytes, at the opening", "hello"),
        (b, value) -> b.greet(ParameterValues.text(value)),
        b -> b.greet(DEFAULT.greet()),
        Behaviour::greet);
    add(
        plain("every", "TIME", "send a text in this interval, 1ms to 24h", "1s"),
        (b, value) -> b.every(Quantities.duration(value, SHORTEST_INTERVAL, LONGEST_TIME)),
        b -> b.every(DEFAULT.every()),
        b -> shown(b.every()));
    add(
        plain(
            "message",
            "TEXT",
            "the text that every sends, up to 4096 bytes; without it, a counter and the time",
            "tick"),
        (b, value) -> b.message(ParameterValues.text(value)),
        b -> b.message(DEFAULT.message()),
        Behaviour::message);
    add(
        plain("ping", "TIME", "send a ping in this interval, 1ms to 24h", "10s"),
        (b, value) -> b.ping(Quantities.duration(value, SHORTEST_INTERVAL, LONGEST_TIME)),
        b -> b.ping(DEFAULT.ping()),
        b -> shown(b.ping()));
  }

  private void addEnd() {
    add(
        plain(
            "close",
            "CODE[:REASON]",
            "close with a code that may be sent, and a reason of up to 123 bytes",
            "1011:oops"),
        (b, value) -> b.close(ParameterValues.close(value)),
        b -> b.close(null),
        b -> ParameterValues.show(b.closeAsSet()));
    add(
        plain(
            "after",
            "N|TIME",
            "when to close: after N messages of the client, up to 1000000, or a time, up to 24h;"
                + " without it, at the opening; without close, with 1000",
            "3"),
        (b, value) -> b.after(ParameterValues.after(value)),
        b -> b.after(null),
        b -> ParameterValues.show(b.afterAsSet()));
    add(
        plain(
            "drop",
            "N|BYTES",
            "reset TCP after N messages of the client, up to 1000000, or after bytes to it, up to"
                + " 1024MiB, with a unit: B, KiB or MiB",
            "100B"),
        (b, value) -> b.drop(ParameterValues.drop(value)),
        b -> b.drop(null),
        b -> ParameterValues.show(b.drop()));
  }

  private void addHandshake() {
    add(
        plain(
            "status",
            "CODE[:SECONDS]",
            "refuse the handshake with 400 to 599, and with Retry-After of up to 86400 seconds;"
                + " of status and redirect, the last counts",
            "503:30"),
        (b, value) -> b.refusal(ParameterValues.status(value)),
        b -> b.refusal(null),
        b -> ParameterValues.showStatus(b.refusal()));
    add(
        plain(
            "redirect",
            "[CODE:]URL",
            "answer the handshake with 301, 302, 307 or 308 (without a code, 307) and this URL",
            "308:/elsewhere"),
        (b, value) -> b.refusal(ParameterValues.redirect(value)),
        b -> b.refusal(null),
        b -> ParameterValues.showRedirect(b.refusal()));
    add(
        choice("compress", "agree to permessage-deflate, or not", "off", List.of("on", "off")),
        (b, value) -> b.compress(ParameterValues.onOrOff(value)),
        b -> b.compress(DEFAULT.compress()),
        b -> b.compress() ? "on" : "off");
  }

  private void addFaults(List<String> faults) {
    List<String> silences = ParameterValues.words(Behaviour.Suppressed.class);
    add(
        new BehaviourParameter(
            "silent",
            "pong|close[,...]",
            "leave a ping without its pong, or a Close without its answer, or both",
            "pong,close",
            silences,
            true),
        (b, value) -> b.silent(ParameterValues.silences(value)),
        b -> b.silent(DEFAULT.silent()),
        b -> String.join(",", b.silent().stream().map(Behaviour.Suppressed::toString).toList()));
    add(
        new BehaviourParameter(
            "fault",
            "RULE-ID[,...]",
            "break these rules towards the client",
            faults.get(0),
            faults,
            true),
        (b, value) -> b.faults(ParameterValues.faults(value, faults)),
        b -> b.faults(DEFAULT.faults()),
        b -> String.join(",", b.faults()));
  }

  private void add(
      BehaviourParameter told,
      Reader reader,
      UnaryOperator<Behaviour> reset,
      Function<Behaviour, String> shown) {
    rows.put(told.name(), new Row(told, reader, reset, shown));
  }

  private static BehaviourParameter plain(
      String name, String syntax, String description, String example) {
    return new BehaviourParameter(name, syntax, description, example, List.of(), false);
  }

  private static BehaviourParameter choice(
      String name, String description, String example, List<String> values) {
    return new BehaviourParameter(
        name, String.join("|", values), description, example, values, false);
  }

  private static String shown(Duration time) {
    return time.isZero() ? "" : Quantities.show(time);
  }

  private static String shown(long bytes) {
    return bytes == 0 ? "" : Quantities.showBytes(bytes);
  }
}
