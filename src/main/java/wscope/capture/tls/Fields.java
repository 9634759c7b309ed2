package wscope.capture.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a handshake message (RFC 8446 §3). A field that is longer than what holds it
 * makes the whole message malformed, and all further fields empty.
 */
final class Fields {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ByteBuffer bytes;
  private boolean malformed;

  Fields(ByteBuffer bytes) {
    this.bytes = bytes.slice();
  }

  boolean isMalformed() {
    return malformed;
  }

  boolean hasMore() {
    return !malformed && bytes.hasRemaining();
  }

  int uint8() {
    return has(1) ? bytes.get() & 0xff : 0;
  }

  int uint16() {
    return has(2) ? bytes.getShort() & 0xffff : 0;
  }

  byte[] bytes(int length) {
    byte[] read = new byte[has(length) ? length : 0];
    bytes.get(read);
    return read;
  }

  /** A vector with a length of one byte. */
  ByteBuffer vector8() {
    return vector(uint8());
  }

  /** A vector with a length of two bytes. */
  ByteBuffer vector16() {
    return vector(uint16());
  }

  private ByteBuffer vector(int length) {
    if (!has(length)) {
      return NOTHING;
    }
    ByteBuffer read = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return read;
  }

  private boolean has(int count) {
    malformed |= bytes.remaining() < count;
    return !malformed;
  }

  /** The content of the first extension with a number in a list of them; null without it. */
  static @Nullable ByteBuffer extension(ByteBuffer list, int number) {
    Fields fields = new Fields(list);
    while (fields.hasMore()) {
      int type = fields.uint16();
      ByteBuffer content = fields.vector16();
      if (type == number && !fields.isMalformed()) {
        return content;
      }
    }
    return null;
  }
}
