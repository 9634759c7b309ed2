package wscope.bench.process;

/**
 * How long things took, in nanoseconds: counts in buckets, 32 for each power of two, so that a
 * percentile is right to 3 % however many there are.
 */
final class Latencies {
  private static final int SUB_BITS = 5;

  private final long[] counts = new long[64 << SUB_BITS];
  private long total;

  void record(long nanos) {
    counts[bucket(Math.max(0, nanos))]++;
    total++;
  }

  long total() {
    return total;
  }

  /**
   * The time within which this share of all things was done, in nanoseconds; 0 if there were none.
   */
  long percentile(double share) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (counts[i] > 0 && seen >= wanted) {
        return longest(i);
      }
    }
    return 0;
  }

  private static int bucket(long nanos) {
    int shift = Math.max(0, 64 - Long.numberOfLeadingZeros(nanos) - SUB_BITS - 1);
    return (shift << SUB_BITS) + (int) (nanos >>> shift);
  }

  /** The longest time that goes into a bucket. */
  private static long longest(int bucket) {
    int shift = Math.max(0, (bucket >>> SUB_BITS) - 1);
    return ((bucket - ((long) shift << SUB_BITS) + 1) << shift) - 1;
  }
}
