package wscope.protocol.message;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** The close codes of RFC 6455 §7.4 and of its IANA registry (§11.7). */
public enum CloseCode {
  NORMAL_CLOSURE(
      1000,
      "normal closure",
      "either end may send this code: the connection has served its purpose"),
  GOING_AWAY(
      1001,
      "going away",
      "either end may send this code: a server stops, or a browser leaves the page"),
  PROTOCOL_ERROR(
      1002,
      "protocol error",
      "either end may send this code: the peer broke a rule of the protocol"),
  UNSUPPORTED_DATA(
      1003,
      "unsupported data",
      "either end may send this code: the sender cannot accept this type of message, such as"
          + " binary"),
  RESERVED(1004, "reserved", "nobody may send this code: its meaning is not defined yet"),
  NO_STATUS_RECEIVED(
      1005,
      "no status received",
      "nobody may send this code: an API reports it when a Close has no code"),
  ABNORMAL_CLOSURE(
      1006,
      "abnormal closure",
      "nobody may send this code: an API reports it when TCP ends without a Close"),
  INVALID_PAYLOAD(
      1007,
      "invalid frame payload data",
      "either end may send this code: a payload does not fit its type, such as text that is not"
          + " UTF-8"),
  POLICY_VIOLATION(
      1008,
      "policy violation",
      "either end may send this code: a message violates the sender's policy,"
          + " and no other code fits"),
  MESSAGE_TOO_BIG(
      1009,
      "message too big",
      "either end may send this code: a message is longer than the sender can process"),
  MANDATORY_EXTENSION(
      1010,
      "mandatory extension",
      "a client may send this code: the server did not accept an extension that the client needs"),
  INTERNAL_ERROR(
      1011,
      "internal error",
      "either end may send this code: the sender met an unexpected condition"),
  SERVICE_RESTART(
      1012,
      "service restart",
      "a server may send this code: the server restarts; a client may connect again soon"),
  TRY_AGAIN_LATER(
      1013,
      "try again later",
      "a server may send this code: the server is overloaded; a client should wait before it"
          + " connects"
          + " again"),
  BAD_GATEWAY(
      1014,
      "bad gateway",
      "a gateway may send this code: the upstream server sent an invalid response"),
  TLS_HANDSHAKE(
      1015,
      "TLS handshake",
      "nobody may send this code: an API reports it when TLS could not be set up");

  private static final CloseCode[] FROM_1000 = values();

  private final int code;
  private final String label;
  private final String meaning;

  CloseCode(int code, String label, String meaning) {
    this.code = code;
    this.label = label;
    this.meaning = meaning;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The registered name of a code, or the name of its range. */
  public static String label(int code) {
    if (code >= 1000 && code <= 1015) {
      return FROM_1000[code - 1000].label;
    }
    switch (code) {
      case 3000 -> {
        return "unauthorized";
      }
      case 3003 -> {
        return "forbidden";
      }
      case 3008 -> {
        return "timeout";
      }
      default -> {}
    }
    if (code >= 3000 && code <= 3999) {
      return "for libraries and frameworks";
    }
    if (code >= 4000 && code <= 4999) {
      return "for private use";
    }
    return code >= 1016 && code <= 2999 ? "unassigned" : "out of range";
  }

  /** One line about any code: the endpoints that may send it, and its meaning. */
  public static String meaning(int code) {
    if (code >= 1000 && code <= 1015) {
      return FROM_1000[code - 1000].meaning;
    }
    switch (code) {
      case 3000 -> {
        return "either end may send this code: the peer has not proved who it is, as with HTTP 401";
      }
      case 3003 -> {
        return "either end may send this code: the peer may not do this, as with HTTP 403";
      }
      case 3008 -> {
        return "either end may send this code: the peer took too long, as with HTTP 408";
      }
      default -> {}
    }
    if (code >= 3000 && code <= 3999) {
      return "either end may send this code: a library or framework has registered its meaning"
          + " with IANA";
    }
    if (code >= 4000 && code <= 4999) {
      return "either end may send this code: the applications agree on its meaning";
    }
    return "nobody may send this code: it has no meaning";
  }

  /**
   * The rule that a Close frame with this code breaks; null if the sender may send it (§7.4).
   *
   * @param sender the sender of the frame
   */
  public static @Nullable Rule brokenBy(int code, Endpoint sender) {
    boolean ofClient = code == MANDATORY_EXTENSION.code;
    return ofClient && sender == Endpoint.SERVER
        ? Rule.CLOSE_CODE_ONLY_FOR_CLIENTS
        : brokenBy(code);
  }

  /** The rule that a Close frame with this code breaks, whoever sends it; null if none. */
  public static @Nullable Rule brokenBy(int code) {
    if (code < 1000 || code > 4999) {
      return Rule.CLOSE_CODE_OUT_OF_RANGE;
    }
    return switch (code) {
      case 1005, 1006, 1015 -> Rule.CLOSE_CODE_NEVER_SENT;
      case 1004 -> Rule.CLOSE_CODE_RESERVED;
      default -> code >= 1016 && code <= 2999 ? Rule.CLOSE_CODE_UNASSIGNED : null;
    };
  }
}
