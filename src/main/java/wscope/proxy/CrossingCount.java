package wscope.proxy;

import wscope.protocol.event.Crossings;

/** Counts how long bytes took from the read of one link to the write of the other. */
final class CrossingCount {
  private long crossed;
  private long queued;
  private long least;
  private long most;
  private long total;

  /**
   * Counts one read.
   *
   * @param nanos the time until its bytes were written; negative if they were queued
   */
  void add(long nanos) {
    if (nanos < 0) {
      queued++;
    } else {
      least = crossed == 0 ? nanos : Math.min(least, nanos);
      most = Math.max(most, nanos);
      total += nanos;
      crossed++;
    }
  }

  Crossings result() {
    return new Crossings(crossed, queued, least, most, total);
  }
}
