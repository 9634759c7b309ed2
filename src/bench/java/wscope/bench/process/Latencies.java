package wscope.bench.process;

/**
 * Durations in nanoseconds: counts in buckets, 32 for each power of two, so that a percentile is
 * exact to 3 %, whatever their number.
 */
final class Latencies {
  private static final int SUB_BITS = 5;

  private final long[] counts = new long[64 << SUB_BITS];
  private long total;

  void record(long nanos) {
    counts[bucket(Math.max(0, nanos))]++;
    total++;
  }

  void add(Latencies others) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += others.counts[i];
    }
    total += others.total;
  }

  long total() {
    return total;
  }

  /** The duration that this share of all durations does not exceed; 0 if there are none. */
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

  /** The longest duration in a bucket. */
  private static long longest(int bucket) {
    int shift = Math.max(0, (bucket >>> SUB_BITS) - 1);
    return ((bucket - ((long) shift << SUB_BITS) + 1) << shift) - 1;
  }
}
