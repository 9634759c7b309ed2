package wscope.protocol.deflate;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The last bytes of the plain data, to which a DEFLATE block may refer (RFC 1951 §2). zlib keeps
 * them too, but does not expose them and forgets them when it is reset. The window grows with the
 * data.
 */
final class SlidingWindow {
  private static final int SMALLEST = 256;
  private static final byte[] NOTHING = {};

  /** Sets the dictionary, which is the data before the next block. */
  private interface Dictionary {
    void set(byte[] bytes, int start, int length);
  }

  private final int size;
  private byte[] ring = NOTHING;

  /**
   * The number of bytes in the window. Once the ring is full, the oldest byte is at {@link #next}.
   */
  private int filled;

  /** The index at which the next byte is written. */
  private int next;

  /**
   * Creates an empty window.
   *
   * @param size the size of the window in bytes, a power of two
   */
  SlidingWindow(int size) {
    this.size = size;
  }

  /** Adds bytes, from an index in a buffer. */
  void add(ByteBuffer bytes, int index, int length) {
    int kept = Math.min(length, size);
    int from = index + length - kept;
    if (filled + kept > ring.length && ring.length < size) {
      grow(filled + kept);
    }
    int first = Math.min(kept, ring.length - next);
    bytes.get(from, ring, next, first);
    bytes.get(from + first, ring, 0, kept - first);
    filled = Math.min(filled + kept, ring.length);
    next = ring.length == 0 ? 0 : (next + kept) % ring.length;
  }

  /** Makes the window the dictionary of an inflater that was reset. */
  void restore(Inflater inflater) {
    restore(inflater::setDictionary);
  }

  /** Makes the window the dictionary of a deflater that was reset. */
  void restore(Deflater deflater) {
    restore(deflater::setDictionary);
  }

  /** Raw data has no dictionary ID, so a second dictionary is appended to the first. */
  private void restore(Dictionary to) {
    int oldest = filled < ring.length ? 0 : next;
    if (filled > oldest) {
      to.set(ring, oldest, filled - oldest);
    }
    if (oldest > 0) {
      to.set(ring, 0, oldest);
    }
  }

  /** Forgets everything and releases the memory. */
  void clear() {
    ring = NOTHING;
    filled = 0;
    next = 0;
  }

  /** A growing ring has not wrapped round: its content is in order from its start. */
  private void grow(int needed) {
    int capacity = Math.max(SMALLEST, ring.length);
    while (capacity < needed && capacity < size) {
      capacity *= 2;
    }
    ring = Arrays.copyOf(ring, Math.min(capacity, size));
    next = filled;
  }
}
