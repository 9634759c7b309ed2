package wscope.bench.process;

/** Numbers, first in, first out, without an object for each. */
final class LongQueue {
  private long[] ring = new long[16];
  private int first;
  private int size;

  void add(long number) {
    if (size == ring.length) {
      long[] wider = new long[2 * size];
      for (int i = 0; i < size; i++) {
        wider[i] = ring[first + i & size - 1];
      }
      ring = wider;
      first = 0;
    }
    ring[first + size++ & ring.length - 1] = number;
  }

  /** Removes the first number; the queue must not be empty. */
  long remove() {
    long number = ring[first];
    first = first + 1 & ring.length - 1;
    size--;
    return number;
  }

  int size() {
    return size;
  }
}
