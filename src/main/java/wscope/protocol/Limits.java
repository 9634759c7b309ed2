package wscope.protocol;

/**
 * How much an endpoint accepts (RFC 6455 §10.4). All limits are inclusive.
 *
 * @param maxMessage bytes of a whole message, and of a single frame
 * @param maxFragments frames of one message
 * @param maxHead bytes of the request head, with its line ends
 * @param maxHeaderFields fields in the request head
 */
public record Limits(long maxMessage, long maxFragments, int maxHead, int maxHeaderFields) {
  /** The default of a server: 16 MiB, 131 072 fragments, 32 KiB, 128 fields. */
  public static final Limits SERVER = new Limits(16 << 20, 131_072, 32 << 10, 128);

  /** No limits, for reading without keeping anything. */
  public static final Limits NONE =
      new Limits(Long.MAX_VALUE, Long.MAX_VALUE, SERVER.maxHead, SERVER.maxHeaderFields);

  /** For everything that an endpoint sends itself. */
  static final Limits OWN =
      new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
}
