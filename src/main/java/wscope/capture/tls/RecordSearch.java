package wscope.capture.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the next record after missing bytes. The number of a record is authenticated with it, so a
 * record that authenticates with one of the numbers that it can have is the right one for sure. No
 * record is found if the keys have changed in the missing bytes.
 */
final class RecordSearch {
  /** The number of bytes that are decrypted on trial after one gap. */
  static final long MOST_TRIED = 64 << 20;

  /** The number of bytes that are decrypted on trial for all connections. */
  static final long MOST_TRIED_IN_ALL = 2L << 30;

  private static final int MINOR_VERSION = 3;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final RecordKeys keys;
  private final RecordDecryption decryption;
  private ByteBuffer held = NOTHING;

  /** The number of bytes that are missing, and of those before and after them without a record. */
  private long lost;

  private final long missing;
  private long tried;
  private int type;

  /**
   * Begins after a gap.
   *
   * @param keys the keys of the next record
   * @param begun the number of bytes that precede the gap and begin a record
   */
  RecordSearch(RecordKeys keys, RecordDecryption decryption, long begun, long missing) {
    this.keys = keys;
    this.decryption = decryption;
    this.missing = missing;
    lost = begun + missing;
  }

  /** How much memory it takes. */
  int size() {
    return held.capacity();
  }

  /** Whether too much was tried. */
  boolean isOver() {
    return tried > MOST_TRIED || decryption.tried() > MOST_TRIED_IN_ALL;
  }

  /** The type in the header of the record that was found. */
  int type() {
    return type;
  }

  /** The number of missing bytes. */
  long missing() {
    return missing;
  }

  /** The number of bytes that have no record, up to the one that was found. */
  long lost() {
    return lost;
  }

  /** The bytes that follow the record that was found. */
  ByteBuffer rest() {
    return held;
  }

  /** More bytes are missing. */
  void gap(long more) {
    lost += held.remaining() + more;
    held = NOTHING;
  }

  /**
   * Adds bytes.
   *
   * @return the content of the record that is found; null if there is none yet
   */
  @Nullable ByteBuffer add(ByteBuffer more) {
    ByteBuffer joined = ByteBuffer.allocate(held.remaining() + more.remaining());
    held = joined.put(held).put(more).flip();
    while (held.remaining() >= TlsRecord.HEADER && !isOver()) {
      boolean header = mayBegin(held.position());
      if (header && held.remaining() < TlsRecord.length(held)) {
        return null;
      }
      ByteBuffer content = header ? open() : null;
      if (content != null) {
        return content;
      }
      held.get();
      lost++;
    }
    return null;
  }

  /** Whether a header of a record can be at an index: all of them name TLS 1.2. */
  private boolean mayBegin(int at) {
    return TlsRecord.isHeader(held.slice(at, TlsRecord.HEADER))
        && held.get(at + 2) == MINOR_VERSION
        && held.get(at) <= TlsRecord.APPLICATION_DATA
        && (!keys.isOf13() || held.get(at) == TlsRecord.APPLICATION_DATA);
  }

  /** Tries to decrypt what may be a record. */
  private @Nullable ByteBuffer open() {
    int end = held.position() + TlsRecord.length(held);
    boolean continues = held.limit() - end < TlsRecord.HEADER || mayBegin(end);
    if (!continues) {
      return null;
    }
    byte[] record = new byte[end - held.position()];
    held.get(held.position(), record);
    long most = lost / keys.overhead() + 1;
    for (long skipped = 1; skipped <= most && !isOver(); skipped++) {
      tried += record.length;
      decryption.countTried(record.length);
      ByteBuffer content = keys.openLater(decryption, record, skipped);
      if (content != null) {
        held.position(end);
        type = record[0];
        return content;
      }
    }
    return null;
  }
}
