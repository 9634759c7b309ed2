package wscope.connection;

import static wscope.connection.Behaviour.DEFAULT;
import static wscope.connection.ParameterValues.LONGEST_TIME;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Endpoint;

/**
 * The parameters that set a {@link Behaviour}: for the command line, the query of a URL and the
 * page that lists them.
 */
public final class BehaviourParameters {
  private static final int LONGEST_FRAGMENT = 16 * 1024 * 1024;
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);
  private static final Duration LONGEST_HANDSHAKE_DELAY = Duration.ofMinutes(10);
  private static final Duration LONGEST_TRICKLE = Duration.ofMinutes(1);

  /** Sets one setting of a behaviour from a non-empty string. */
  private interface Reader {
    Behaviour read(Behaviour behaviour, String value) throws InvalidParameter;
  }

  /**
   * One parameter.
   *
   * @param reset restores the default
   * @param shown formats the setting; empty for none
   */
  private record Row(
      BehaviourParameter parameter,
      Reader reader,
      UnaryOperator<Behaviour> reset,
      Function<Behaviour, String> shown) {}

  private final Map<String, Row> rows = new LinkedHashMap<>();

  /**
   * Creates the table.
   *
   * @param faults the IDs of the faults to offer, at least one, in lower case
   */
  public BehaviourParameters(List<String> faults) {
    addReplies();
    addOwnMessages();
    addEnd();
    addHandshake();
    addTiming();
    addFaults(List.copyOf(faults));
  }

  /** Creates the table with every fault that a server can commit. */
  public static BehaviourParameters withAllFaults() {
    return new BehaviourParameters(Faults.of(Endpoint.SERVER).stream().map(Fault::id).toList());
  }

  /** All parameters, in listing order. */
  public List<BehaviourParameter> all() {
    return rows.values().stream().map(Row::parameter).toList();
  }

  /** The parameter with this name; null if there is none. */
  public @Nullable BehaviourParameter find(String name) {
    Row row = rows.get(name);
    return row == null ? null : row.parameter;
  }

  /**
   * Changes one setting.
   *
   * @param value the value; an empty one restores the setting of {@link Behaviour#DEFAULT}
   * @throws InvalidParameter if the name is unknown or the value is invalid; the message does not
   *     name the parameter
   */
  public Behaviour parse(String name, String value, Behaviour behaviour) throws InvalidParameter {
    Row row = rows.get(name);
    if (row == null) {
      throw InvalidParameter.unknown("unknown parameter", name, rows.keySet());
    }
    return value.isEmpty() ? row.reset.apply(behaviour) : row.reader.read(behaviour, value);
  }

  /**
   * The settings that differ from {@link Behaviour#DEFAULT}, as parameter names and values. {@link
   * #parse} turns them into the same behaviour. Values may contain any character.
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

  // Keep the bounds that the descriptions state.

  private void addReplies() {
    add(
        choice(
            "reply",
            "choose who receives each client message, or the protocol of the replies",
            "none",
            ParameterValues.replies()),
        (b, value) -> ParameterValues.reply(b, value),
        b -> b.replies(null).reply(DEFAULT.reply()),
        ParameterValues::showReply);
    add(
        plain("delay", "TIME", "wait this long before each reply (up to 1 h)", "500ms"),
        (b, value) -> b.delay(Quantities.duration(value, Duration.ZERO, LONGEST_DELAY)),
        b -> b.delay(DEFAULT.delay()),
        b -> shown(b.delay()));
    add(
        plain(
            "fragment",
            "BYTES",
            "fragment messages into frames of at most BYTES (1 B to 16 MiB, at most 131072"
                + " frames); 0 disables fragmentation",
            "5"),
        (b, value) -> b.fragment((int) Quantities.bytes(value, 0, LONGEST_FRAGMENT)),
        b -> b.fragment(DEFAULT.fragment()),
        b -> shown(b.fragment()));
    add(
        plain("rate", "BYTES", "send at most BYTES per second (1 B to 1024 MiB)", "2KiB"),
        (b, value) -> b.rate(Quantities.bytes(value, 1, ParameterValues.MOST_BYTES)),
        b -> b.rate(DEFAULT.rate()),
        b -> shown(b.rate()));
  }

  private void addOwnMessages() {
    add(
        plain("greet", "TEXT", "send TEXT (up to 4096 B) when the WebSocket opens", "hello"),
        (b, value) -> b.greet(ParameterValues.text(value)),
        b -> b.greet(DEFAULT.greet()),
        Behaviour::greet);
    add(
        plain("every", "TIME", "send a text message at this interval (1 ms to 24 h)", "1s"),
        (b, value) -> b.every(Quantities.duration(value, SHORTEST_INTERVAL, LONGEST_TIME)),
        b -> b.every(DEFAULT.every()),
        b -> shown(b.every()));
    add(
        plain(
            "message",
            "TEXT",
            "set the text that every=TIME sends (up to 4096 B); the default is a counter and the"
                + " time",
            "tick"),
        (b, value) -> b.message(ParameterValues.text(value)),
        b -> b.message(DEFAULT.message()),
        Behaviour::message);
    add(
        plain("ping", "TIME", "send a ping at this interval (1 ms to 24 h)", "10s"),
        (b, value) -> b.ping(Quantities.duration(value, SHORTEST_INTERVAL, LONGEST_TIME)),
        b -> b.ping(DEFAULT.ping()),
        b -> shown(b.ping()));
  }

  private void addEnd() {
    add(
        plain(
            "close",
            "CODE[:REASON]",
            "close with CODE, which a server must be allowed to send, and REASON (up to 123 B)",
            "1011:oops"),
        (b, value) -> b.close(ParameterValues.close(value)),
        b -> b.close(null),
        b -> ParameterValues.show(b.closeAsSet()));
    add(
        plain(
            "after",
            "N|TIME",
            "close after N client messages (up to 1000000) or after TIME (up to 24 h); the close"
                + " code is 1000 unless close=CODE is given. If only close=CODE is given, the"
                + " server closes when the WebSocket opens",
            "3"),
        (b, value) -> b.after(ParameterValues.after(value)),
        b -> b.after(null),
        b -> ParameterValues.show(b.afterAsSet()));
    add(
        plain(
            "drop",
            "N|BYTES",
            "reset the TCP connection after N client messages (up to 1000000), or after sending"
                + " the client BYTES (up to 1024 MiB); BYTES needs a unit: B, KiB or MiB",
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
            "reject the handshake with CODE (400 to 599) and Retry-After: SECONDS (up to 86400);"
                + " if both status and redirect are given, the last one wins",
            "503:30"),
        (b, value) -> b.rejection(ParameterValues.status(value)),
        b -> b.rejection(null),
        b -> ParameterValues.showStatus(b.rejection()));
    add(
        plain(
            "redirect",
            "[CODE:]URL",
            "redirect the handshake to URL with CODE 301, 302, 307 or 308 (default 307)",
            "308:/elsewhere"),
        (b, value) -> b.rejection(ParameterValues.redirect(value)),
        b -> b.rejection(null),
        b -> ParameterValues.showRedirect(b.rejection()));
    add(
        choice("compress", "accept or decline permessage-deflate", "off", List.of("on", "off")),
        (b, value) -> b.compress(ParameterValues.onOrOff(value)),
        b -> b.compress(DEFAULT.compress()),
        b -> b.compress() ? "on" : "off");
  }

  private void addTiming() {
    add(
        plain(
            "handshake-delay",
            "TIME",
            "wait this long before the response to the handshake (up to 10 m)",
            "5s"),
        (b, value) ->
            b.handshakeDelay(Quantities.duration(value, Duration.ZERO, LONGEST_HANDSHAKE_DELAY)),
        b -> b.handshakeDelay(DEFAULT.handshakeDelay()),
        b -> shown(b.handshakeDelay()));
    add(
        flag("never", "send no response to the handshake; disconnect after 10 m"),
        (b, value) -> b.never(ParameterValues.onOrOff(value)),
        b -> b.never(DEFAULT.never()),
        b -> b.never() ? "on" : "off");
    add(
        flag("half", "stop inside the head of the response; disconnect after 10 m"),
        (b, value) -> b.half(ParameterValues.onOrOff(value)),
        b -> b.half(DEFAULT.half()),
        b -> b.half() ? "on" : "off");
    add(
        choice(
            "coalesce",
            "send the first messages in the TCP segment of the response, if they fit, or in"
                + " segments of their own (off)",
            "off",
            List.of("on", "off")),
        (b, value) -> b.coalesce(ParameterValues.onOrOff(value)),
        b -> b.coalesce(DEFAULT.coalesce()),
        b -> b.coalesce() ? "on" : "off");
    add(
        flag("stop-reading", "read nothing while the WebSocket is open; disconnect after 10 m"),
        (b, value) -> b.stopReading(ParameterValues.onOrOff(value)),
        b -> b.stopReading(DEFAULT.stopReading()),
        b -> b.stopReading() ? "on" : "off");
    add(
        new BehaviourParameter(
            "trickle",
            "TIME",
            "send each byte of the response and of all frames alone, TIME apart (1 ms to 1 m);"
                + " TIME is 20 ms if absent, and rate=BYTES has no effect",
            "50ms",
            List.of(),
            false,
            "20ms"),
        (b, value) -> b.trickle(Quantities.duration(value, SHORTEST_INTERVAL, LONGEST_TRICKLE)),
        b -> b.trickle(DEFAULT.trickle()),
        b -> shown(b.trickle()));
  }

  private void addFaults(List<String> faults) {
    List<String> suppressed = ParameterValues.words(Behaviour.Suppressed.class);
    add(
        new BehaviourParameter(
            "silent",
            "pong|close[,...]",
            "do not reply to pings (pong), Close frames (close), or both",
            "pong,close",
            suppressed,
            true,
            ""),
        (b, value) -> b.silent(ParameterValues.suppressed(value)),
        b -> b.silent(DEFAULT.silent()),
        b -> String.join(",", b.silent().stream().map(Behaviour.Suppressed::toString).toList()));
    add(
        new BehaviourParameter(
            "fault",
            "RULE-ID[,...]",
            "break these rules on purpose",
            faults.get(0),
            faults,
            true,
            ""),
        (b, value) -> b.faults(ParameterValues.faults(value, faults)),
        b -> b.faults(DEFAULT.faults()),
        b -> String.join(",", b.faults()));
  }

  private void add(
      BehaviourParameter parameter,
      Reader reader,
      UnaryOperator<Behaviour> reset,
      Function<Behaviour, String> shown) {
    rows.put(parameter.name(), new Row(parameter, reader, reset, shown));
  }

  private static BehaviourParameter plain(
      String name, String syntax, String description, String example) {
    return new BehaviourParameter(name, syntax, description, example, List.of(), false, "");
  }

  private static BehaviourParameter choice(
      String name, String description, String example, List<String> values) {
    return new BehaviourParameter(
        name, String.join("|", values), description, example, values, false, "");
  }

  private static BehaviourParameter flag(String name, String description) {
    return new BehaviourParameter(
        name, "on|off", description, "on", List.of("on", "off"), false, "on");
  }

  private static String shown(Duration time) {
    return time.isZero() ? "" : Quantities.show(time);
  }

  private static String shown(long bytes) {
    return bytes == 0 ? "" : Quantities.showBytes(bytes);
  }
}
