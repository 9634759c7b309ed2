package wscope.protocol.message;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/** The close codes of RFC 6455 §7.4 and of the IANA registry that it founds (§11.7). */
public enum CloseCode {
  NORMAL_CLOSURE(1000, "normal closure"),
  GOING_AWAY(1001, "going away"),
  PROTOCOL_ERROR(1002, "protocol error"),
  UNSUPPORTED_DATA(1003, "unsupported data"),
  RESERVED(1004, "reserved"),
  NO_STATUS_RECEIVED(1005, "no status received"),
  ABNORMAL_CLOSURE(1006, "abnormal closure"),
  INVALID_PAYLOAD(1007, "invalid frame payload data"),
  POLICY_VIOLATION(1008, "policy violation"),
  MESSAGE_TOO_BIG(1009, "message too big"),
  MANDATORY_EXTENSION(1010, "mandatory extension"),
  INTERNAL_ERROR(1011, "internal error"),
  SERVICE_RESTART(1012, "service restart"),
  TRY_AGAIN_LATER(1013, "try again later"),
  BAD_GATEWAY(1014, "bad gateway"),
  TLS_HANDSHAKE(1015, "TLS handshake");

  private static final CloseCode[] FROM_1000 = values();

  private final int code;
  private final String label;

  CloseCode(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** The two bytes on the wire. */
  public int code() {
    return code;
  }

  /** Name of a code in the registry's words, or of the range it lies in. */
  public static String label(int code) {
    if (code >= 1000 && code <= 1015) {
      return FROM_1000[code - 1000].label;
    }
    if (code >= 3000 && code <= 3999) {
      return "for libraries and frameworks";
    }
    if (code >= 4000 && code <= 4999) {
      return "for private use";
    }
    return code >= 1016 && code <= 2999 ? "unassigned" : "out of range";
  }

  /** The rule that a Close frame with this code breaks, or null if it may be sent (§7.4). */
  public static @Nullable Rule brokenBy(int code) {
    if (code < 1000 || code > 4999) {
      return Rule.CLOSE_CODE_OUT_OF_RANGE;
    }
    return switch (code) {
      case 1005, 1006, 1015 -> Rule.CLOSE_CODE_NEVER_SENT;
      case 1004 -> Rule.CLOSE_CODE_UNASSIGNED;
      default -> code >= 1016 && code <= 2999 ? Rule.CLOSE_CODE_UNASSIGNED : null;
    };
  }
}
