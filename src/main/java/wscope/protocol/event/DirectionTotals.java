package wscope.protocol.event;

/**
 * What has gone in one direction of a connection. Only messages that came to their end count as
 * such and with their bytes.
 *
 * @param frames that have begun
 * @param messages that are complete
 * @param bytes of these messages, inflated
 * @param wireBytes that these messages took in the payloads of their frames: fewer than {@code
 *     bytes} as a rule if they are compressed, as many if they are not
 */
public record DirectionTotals(long frames, long messages, long bytes, long wireBytes) {
  /** Nothing. */
  public static final DirectionTotals NONE = new DirectionTotals(0, 0, 0, 0);
}
