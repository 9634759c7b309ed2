package wscope.protocol;

import wscope.protocol.event.DirectionTotals;

/** Counts the frames, messages and bytes of one direction of a connection. */
final class DirectionCount {
  private long frames;
  private long messages;
  private long bytes;
  private long wireBytes;

  /** Counts a frame that has begun. */
  void frame() {
    frames++;
  }

  /**
   * Counts a complete message.
   *
   * @param length the inflated length in bytes
   * @param wireLength the length of the frame payloads on the wire in bytes
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
