package wscope.protocol.event;

/**
 * The times that bytes took from one link of a proxy to the other, in nanoseconds.
 *
 * @param count the number of reads whose bytes were passed on at once
 * @param queued the number of reads whose bytes had to wait in a queue
 * @param least the shortest time; 0 if there is none
 * @param most the longest time; 0 if there is none
 * @param total the sum of the times
 */
public record Crossings(long count, long queued, long least, long most, long total) {
  /** The value before anything has crossed. */
  public static final Crossings NONE = new Crossings(0, 0, 0, 0, 0);

  /** The mean time; 0 if there is none. */
  public long mean() {
    return count == 0 ? 0 : total / count;
  }
}
