package wscope.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Tells by the first bytes of a connection what its client believes to talk to. */
final class FirstBytes {
  /** Content type of a TLS record with a handshake message, RFC 8446 §5.1. */
  private static final byte HANDSHAKE = 22;

  private static final byte ALERT = 21;

  /** A record with a fatal alert, handshake_failure, RFC 8446 §6.2. */
  private static final byte[] HANDSHAKE_FAILURE = {ALERT, 3, 1, 0, 2, 2, 40};

  private FirstBytes() {}

  /**
   * Whether a record with a ClientHello begins here. No request can begin with its first byte; the
   * major version, always 3, is looked at if it has come.
   *
   * @param bytes at least one from start to the position
   */
  static boolean areTls(ByteBuffer bytes, int start) {
    return bytes.get(start) == HANDSHAKE
        && (bytes.position() == start + 1 || bytes.get(start + 1) == 3);
  }

  /** Whether this may be a request of HTTP: it begins with a letter, as every method does. */
  static boolean areHttp(byte first) {
    return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
  }

  /** Whether TLS begins with this byte. */
  static boolean isTls(byte first) {
    return first == HANDSHAKE;
  }

  /**
   * Whether a record is an alert of a side that shares no version or cipher suite with the other:
   * handshake_failure, protocol_version or insufficient_security.
   *
   * @param record what was sent before keys were agreed on, up to the position
   */
  static boolean isRefusal(ByteBuffer record) {
    if (record.position() != HANDSHAKE_FAILURE.length || record.get(0) != ALERT) {
      return false;
    }
    byte description = record.get(HANDSHAKE_FAILURE.length - 1);
    return description == 40 || description == 70 || description == 71;
  }

  /**
   * The name of the fatal alert in a record that is not encrypted, at the end of what came.
   *
   * @param arrived up to the limit
   * @return null if there is none that has to do with versions, cipher suites and certificates
   */
  static @Nullable String lastAlert(ByteBuffer arrived) {
    int start = arrived.limit() - HANDSHAKE_FAILURE.length;
    if (start < 0
        || arrived.get(start) != ALERT
        || arrived.get(start + 1) != 3
        || arrived.getShort(start + 3) != 2
        || arrived.get(start + 5) != 2) {
      return null;
    }
    return switch (arrived.get(start + 6)) {
      case 40 -> "handshake_failure";
      case 42 -> "bad_certificate";
      case 43 -> "unsupported_certificate";
      case 44 -> "certificate_revoked";
      case 45 -> "certificate_expired";
      case 46 -> "certificate_unknown";
      case 48 -> "unknown_ca";
      case 70 -> "protocol_version";
      case 71 -> "insufficient_security";
      default -> null;
    };
  }

  /** What a TLS client takes for a refusal. */
  static ByteBuffer handshakeFailure() {
    return ByteBuffer.wrap(HANDSHAKE_FAILURE).asReadOnlyBuffer();
  }
}
