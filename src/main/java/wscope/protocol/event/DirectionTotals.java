package wscope.protocol.event;

/**
 * The totals of one direction of a connection. Only complete messages are counted, and only their
 * bytes.
 *
 * @param frames the number of frames that have begun
 * @param messages the number of complete messages
 * @param bytes the number of bytes in the complete messages, inflated
 * @param wireBytes the number of bytes in their frame payloads on the wire: usually fewer than
 *     {@code bytes} if they are compressed, otherwise the same number
 */
public record DirectionTotals(long frames, long messages, long bytes, long wireBytes) {
  /** The totals of a direction in which nothing was sent. */
  public static final DirectionTotals NONE = new DirectionTotals(0, 0, 0, 0);
}
