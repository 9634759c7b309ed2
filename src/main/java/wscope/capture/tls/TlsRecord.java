package wscope.capture.tls;

import java.nio.ByteBuffer;

/** The header of a record (RFC 8446 §5.1). */
final class TlsRecord {
  /** The length of a header. */
  static final int HEADER = 5;

  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;
  static final int HEARTBEAT = 24;

  /** The length of the longest protected fragment, in TLS 1.2 (RFC 5246 §6.2.3). */
  private static final int LONGEST = (1 << 14) + 2048;

  private static final int MAJOR_VERSION = 3;

  private TlsRecord() {}

  /** Whether bytes can begin a record, as far as its first two bytes tell. */
  static boolean mayBegin(ByteBuffer bytes) {
    int at = bytes.position();
    int type = bytes.get(at);
    return type >= CHANGE_CIPHER_SPEC
        && type <= APPLICATION_DATA
        && (bytes.remaining() < 2 || bytes.get(at + 1) == MAJOR_VERSION);
  }

  /** Whether five bytes are a header. */
  static boolean isHeader(ByteBuffer bytes) {
    int at = bytes.position();
    int type = bytes.get(at);
    return type >= CHANGE_CIPHER_SPEC
        && type <= HEARTBEAT
        && bytes.get(at + 1) == MAJOR_VERSION
        && length(bytes) <= HEADER + LONGEST;
  }

  /** The length of a record with its header, of which five bytes are there. */
  static int length(ByteBuffer bytes) {
    return HEADER + (bytes.getShort(bytes.position() + 3) & 0xffff);
  }
}
