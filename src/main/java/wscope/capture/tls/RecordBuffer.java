package wscope.capture.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of one endpoint, from which whole records are taken. */
final class RecordBuffer {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer bytes = NOTHING;

  /** How much memory it takes. */
  int size() {
    return bytes.capacity();
  }

  /** How many bytes are in it. */
  int length() {
    return bytes.remaining();
  }

  /** Adds a copy of the rest of a buffer. */
  void add(ByteBuffer more) {
    int count = more.remaining();
    if (bytes.capacity() - bytes.limit() < count) {
      // Twice the length, so that many small additions copy little.
      int length = Math.max(2 * bytes.remaining(), bytes.remaining() + count);
      bytes = ByteBuffer.allocate(length).put(bytes).flip();
    }
    int end = bytes.limit();
    bytes.limit(end + count).put(end, more, more.position(), count);
    more.position(more.limit());
  }

  /** The type and the first byte of the content of the next record; null before they are there. */
  byte @Nullable [] start() {
    int at = bytes.position();
    return bytes.remaining() > TlsRecord.HEADER
        ? new byte[] {bytes.get(at), bytes.get(at + TlsRecord.HEADER)}
        : null;
  }

  /** Whether what follows is not a record. */
  boolean isBroken() {
    return bytes.remaining() >= TlsRecord.HEADER && !TlsRecord.isHeader(bytes);
  }

  /** Whether the next record is complete. */
  boolean isWhole() {
    return bytes.remaining() >= TlsRecord.HEADER
        && !isBroken()
        && bytes.remaining() >= TlsRecord.length(bytes);
  }

  /** The next record with its header; null if it is not complete. */
  byte @Nullable [] next() {
    if (!isWhole()) {
      return null;
    }
    byte[] record = new byte[TlsRecord.length(bytes)];
    bytes.get(record);
    if (!bytes.hasRemaining()) {
      clear();
    }
    return record;
  }

  void clear() {
    bytes = NOTHING;
  }
}
