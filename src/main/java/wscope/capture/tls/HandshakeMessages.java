package wscope.capture.tls;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts the handshake messages of one endpoint together, from the records that carry them. Of a
 * message longer than {@link #LONGEST}, and of one with a type that is not read, only the type is
 * passed on.
 */
final class HandshakeMessages {
  static final int HELLO_REQUEST = 0;
  static final int CLIENT_HELLO = 1;
  static final int SERVER_HELLO = 2;
  static final int NEW_SESSION_TICKET = 4;
  static final int END_OF_EARLY_DATA = 5;
  static final int ENCRYPTED_EXTENSIONS = 8;
  static final int SERVER_HELLO_DONE = 14;
  static final int FINISHED = 20;
  static final int KEY_UPDATE = 24;

  /** The length of the longest message that is read: one with a long ticket. */
  static final int LONGEST = 1 << 17;

  private static final int HEADER = 4;
  private static final byte[] NOTHING = new byte[0];

  private final byte[] header = new byte[HEADER];
  private int headerLength;
  private byte[] body = NOTHING;
  private int bodyLength;
  private int missing;
  private boolean kept;

  /** Gets the messages. */
  interface Handler {
    /**
     * A message is complete.
     *
     * @param body its body; empty if it is not read
     */
    void message(int type, ByteBuffer body);
  }

  /** Whether bytes are exactly one message. */
  static boolean isWhole(ByteBuffer bytes) {
    return bytes.remaining() >= HEADER
        && (bytes.getInt(bytes.position()) & 0xffffff) == bytes.remaining() - HEADER;
  }

  /** Forgets the message that has begun. */
  void clear() {
    headerLength = 0;
    body = NOTHING;
  }

  /** How much memory they take. */
  int size() {
    return body.length;
  }

  /** Reads the next fragment. */
  void read(ByteBuffer bytes, Handler handler) {
    while (bytes.hasRemaining()) {
      if (headerLength < HEADER) {
        header[headerLength++] = bytes.get();
        if (headerLength < HEADER) {
          continue;
        }
        begin();
      }
      int count = Math.min(missing, bytes.remaining());
      if (kept) {
        keep(bytes, count);
      } else {
        bytes.position(bytes.position() + count);
      }
      missing -= count;
      if (missing == 0) {
        headerLength = 0;
        ByteBuffer whole = ByteBuffer.wrap(body, 0, bodyLength);
        body = NOTHING;
        handler.message(header[0] & 0xff, whole);
      }
    }
  }

  private void begin() {
    missing = ByteBuffer.wrap(header).getInt() & 0xffffff;
    kept = missing <= LONGEST && isRead(header[0] & 0xff);
    body = NOTHING;
    bodyLength = 0;
  }

  private static boolean isRead(int type) {
    return type == CLIENT_HELLO
        || type == SERVER_HELLO
        || type == NEW_SESSION_TICKET
        || type == ENCRYPTED_EXTENSIONS;
  }

  /** The length may be a lie, so the memory grows only with the bytes. */
  private void keep(ByteBuffer bytes, int count) {
    if (body.length < bodyLength + count) {
      int length = Math.min(bodyLength + missing, Math.max(2 * body.length, bodyLength + count));
      body = Arrays.copyOf(body, length);
    }
    bytes.get(body, bodyLength, count);
    bodyLength += count;
  }
}
