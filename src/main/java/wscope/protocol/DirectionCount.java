package wscope.protocol;

import wscope.protocol.event.DirectionTotals;

/** Counts what goes in one direction of a connection. */
final class DirectionCount {
  private long frames;
  private long messages;
  private long bytes;
  private long wireBytes;

  /** A frame begins. */
  void frame() {
    frames++;
  }

  /**
   * A message is complete.
   *
   * @param length in bytes, inflated
   * @param wireLength what it took in the payloads of its frames
   */
  void message(long length, long wireLength) {
    messages++;
    bytes += length;
    wireBytes += wireLength;
  }

  /** What was counted so far. */
  DirectionTotals totals() {
    return new DirectionTotals(frames, messages, bytes, wireBytes);
  }
}
