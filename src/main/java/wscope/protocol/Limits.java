package wscope.protocol;

/**
 * How much an endpoint accepts (RFC 6455 §10.4). A limit is inclusive: what has just this size
 * passes.
 *
 * @param maxMessage bytes of a message, put together; also of a single frame
 * @param maxFragments frames of one message
 * @param maxHead bytes of the request head, with its line ends
 * @param maxHeaderFields fields in the request head
 */
public record Limits(long maxMessage, long maxFragments, int maxHead, int maxHeaderFields) {
  /** What a server promises by default: 16 MiB, 131 072 fragments, 32 KiB, 128 fields. */
  public static final Limits SERVER = new Limits(16 << 20, 131_072, 32 << 10, 128);

  /** For reading only: frames and messages of any size, for nothing is kept of them. */
  public static final Limits NONE =
      new Limits(Long.MAX_VALUE, Long.MAX_VALUE, SERVER.maxHead, SERVER.maxHeaderFields);

  /** For what an endpoint sends itself. */
  static final Limits OWN =
      new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
}
