package wscope.capture.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.packet.HeldBytes;

/** The bytes of one endpoint, from which whole records are taken. */
final class RecordBuffer {
  private final HeldBytes held = new HeldBytes();

  /** How much memory it takes. */
  int size() {
    return held.size();
  }

  /** How many bytes are in it. */
  int length() {
    return held.bytes().remaining();
  }

  /** Takes the rest of a buffer. */
  void add(ByteBuffer more) {
    held.add(more);
    more.position(more.limit());
  }

  /** The type and the first byte of the content of the next record; null before they are there. */
  byte @Nullable [] start() {
    ByteBuffer bytes = held.bytes();
    int at = bytes.position();
    return bytes.remaining() > TlsRecord.HEADER
        ? new byte[] {bytes.get(at), bytes.get(at + TlsRecord.HEADER)}
        : null;
  }

  /** Whether what follows is not a record. */
  boolean isBroken() {
    ByteBuffer bytes = held.bytes();
    return bytes.remaining() >= TlsRecord.HEADER && !TlsRecord.isHeader(bytes);
  }

  /** Whether the next record is complete. */
  boolean isWhole() {
    ByteBuffer bytes = held.bytes();
    return bytes.remaining() >= TlsRecord.HEADER
        && !isBroken()
        && bytes.remaining() >= TlsRecord.length(bytes);
  }

  /** The next record with its header; null if it is not complete. */
  byte @Nullable [] next() {
    if (!isWhole()) {
      return null;
    }
    ByteBuffer bytes = held.bytes();
    byte[] record = new byte[TlsRecord.length(bytes)];
    bytes.get(record);
    if (!bytes.hasRemaining()) {
      clear();
    }
    return record;
  }

  void clear() {
    held.clear();
  }
}
