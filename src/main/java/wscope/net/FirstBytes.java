package wscope.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Detects the protocol that a peer speaks from the first bytes of its connection. */
final class FirstBytes {
  /** Content type of a TLS record with a handshake message, RFC 8446 §5.1. */
  private static final byte HANDSHAKE = 22;

  private static final byte ALERT = 21;

  /** A record with a fatal alert, handshake_failure, RFC 8446 §6.2. */
  private static final byte[] HANDSHAKE_FAILURE = {ALERT, 3, 1, 0, 2, 2, 40};

  private FirstBytes() {}

  /**
   * Whether a record with a ClientHello begins at an index. An HTTP request cannot begin with the
   * same byte. If the major version has arrived, it must be 3.
   *
   * @param bytes the received bytes, at least one from start to the position
   */
  static boolean areClientHello(ByteBuffer bytes, int start) {
    return areRecord(HANDSHAKE, bytes, start);
  }

  /**
   * Whether a record with an alert begins at an index. An HTTP response cannot begin with the same
   * byte.
   */
  static boolean areAlert(ByteBuffer bytes, int start) {
    return areRecord(ALERT, bytes, start);
  }

  private static boolean areRecord(byte type, ByteBuffer bytes, int start) {
    return bytes.get(start) == type && (bytes.position() == start + 1 || bytes.get(start + 1) == 3);
  }

  /** Whether this byte may begin an HTTP request: every method begins with a letter. */
  static boolean isHttpRequest(byte first) {
    return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
  }

  /** Whether this byte may begin an HTTP response. */
  static boolean isHttpResponse(byte first) {
    return first == 'H';
  }

  /** Whether a TLS handshake begins with this byte. */
  static boolean isHandshake(byte first) {
    return first == HANDSHAKE;
  }

  /** Whether this is the first byte of a TLS alert. */
  static boolean isAlert(byte first) {
    return first == ALERT;
  }

  /**
   * Whether a record is an alert that reports no common version or cipher suite.
   *
   * @param record the bytes that were sent before keys were agreed on, up to the position
   */
  static boolean isNothingInCommon(ByteBuffer record) {
    if (record.position() != HANDSHAKE_FAILURE.length || record.get(0) != ALERT) {
      return false;
    }
    TlsAlert alert = TlsAlert.numbered(record.get(HANDSHAKE_FAILURE.length - 1));
    return alert != null && alert.failure() == SocketFailure.TLS_NOTHING_IN_COMMON;
  }

  /**
   * The name of the fatal alert in an unencrypted record at the end of the received bytes.
   *
   * @param arrived the received bytes, up to the limit
   * @return the name; null if there is no alert about versions, cipher suites or certificates
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
    TlsAlert alert = TlsAlert.numbered(arrived.get(start + 6));
    return alert == null ? null : alert.title();
  }

  /** Whether the bytes end with a close_notify that is not encrypted (RFC 8446 §6.1). */
  static boolean endsWithCloseNotify(ByteBuffer arrived) {
    int start = arrived.limit() - HANDSHAKE_FAILURE.length;
    return start >= 0
        && arrived.get(start) == ALERT
        && arrived.get(start + 1) == 3
        && arrived.getShort(start + 3) == 2
        && arrived.getShort(start + 5) == 0x0100;
  }

  /** The alert that rejects a TLS client. */
  static ByteBuffer handshakeFailure() {
    return ByteBuffer.wrap(HANDSHAKE_FAILURE).asReadOnlyBuffer();
  }
}
