package wscope.protocol;

import wscope.protocol.event.DirectionTotals;

/** Counts the frames, messages and bytes of one direction of a connection. */
final class DirectionCount {
  private long frames;
  private long messages;
  private long bytes;
  private long wireBytes;

  /** Counts a frame that begins. */
  void frame() {
    frames++;
  }

  /**
   * Counts a complete message.
   *
   * @param length in bytes, inflated
   * @param wireLength bytes of its frame payloads on the wire
   */
  void message(long length, long wireLength) {
    messages++;
    bytes += length;
    wireBytes += wireLength;
  }

  /** The totals so far. */
  DirectionTotals totals() {
    return new DirectionTotals(frames, messages, bytes, wireBytes);
  }
}
