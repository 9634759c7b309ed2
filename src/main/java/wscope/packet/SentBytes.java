package wscope.packet;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The last bytes of a direction, to compare retransmissions with. */
final class SentBytes {
  /** How many bytes of a direction are kept. Both powers of two. */
  static final int MOST = 64 << 10;

  static final int FEWEST = 512;

  private final HeldTotal total;
  private byte @Nullable [] ring;

  /** The number of the byte after the last one that is kept. */
  private long end;

  private int length;

  /**
   * Where bytes differ.
   *
   * @param first the number of the first byte that differs
   * @param count how many bytes differ
   */
  record Difference(long first, int count) {}

  SentBytes(HeldTotal total) {
    this.total = total;
  }

  /** Keeps bytes; those before them, too, if none is missing. */
  void add(long number, ByteBuffer bytes) {
    if (number != end) {
      length = 0;
    }
    end = number + bytes.remaining();
    byte[] array = ring(length + bytes.remaining());
    if (array == null) {
      return;
    }
    int count = Math.min(bytes.remaining(), array.length);
    int from = bytes.limit() - count;
    int at = index(end - count, array);
    int most = Math.min(count, array.length - at);
    bytes.get(from, array, at, most);
    bytes.get(from + most, array, 0, count - most);
    length = Math.min(array.length, length + bytes.remaining());
  }

  /** Compares bytes of a retransmission with those that are kept; null if none of them differs. */
  @Nullable Difference compare(long number, ByteBuffer bytes, int count) {
    byte[] array = ring;
    long from = Math.max(number, end - length);
    long to = Math.min(number + count, end);
    long first = -1;
    int differing = 0;
    for (long i = from; array != null && i < to; i++) {
      if (array[index(i, array)] != bytes.get(bytes.position() + (int) (i - number))) {
        first = differing == 0 ? i : first;
        differing++;
      }
    }
    return differing == 0 ? null : new Difference(first, differing);
  }

  /** Keeps nothing any longer. */
  void clear() {
    if (ring != null) {
      total.forget(ring.length);
      ring = null;
      length = 0;
    }
  }

  /** The ring, larger if there is memory for it; null if there is none at all. */
  private byte @Nullable [] ring(int needed) {
    byte[] old = ring;
    int size = old == null ? FEWEST : old.length;
    while (size < Math.min(needed, MOST)) {
      size *= 2;
    }
    int more = size - (old == null ? 0 : old.length);
    if (more == 0 || !total.remembers(more)) {
      return old;
    }
    byte[] larger = new byte[size];
    long start = end - needed;
    for (int i = 0; old != null && i < length; i++) {
      larger[index(start + i, larger)] = old[index(start + i, old)];
    }
    ring = larger;
    return larger;
  }

  private static int index(long number, byte[] array) {
    return (int) number & (array.length - 1);
  }
}
