package wscope.protocol.event;

/**
 * The totals of one direction of a connection. Only complete messages are counted, and only their
 * bytes.
 *
 * @param frames that have begun
 * @param messages that are complete
 * @param bytes of the complete messages, inflated
 * @param wireBytes of their frame payloads on the wire: usually fewer than {@code bytes} if
 *     compressed, otherwise the same
 */
public record DirectionTotals(long frames, long messages, long bytes, long wireBytes) {
  /** Nothing sent. */
  public static final DirectionTotals NONE = new DirectionTotals(0, 0, 0, 0);
}
