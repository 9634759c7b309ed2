package wscope.protocol;

/**
 * The limits of an endpoint for its input (RFC 6455 §10.4). All of them are inclusive.
 *
 * @param maxMessage the maximum size of a message, and of a single frame, in bytes
 * @param maxFragments the maximum number of frames in a message
 * @param maxHead the maximum size of the request head in bytes, with its line ends
 * @param maxHeaderFields the maximum number of fields in the request head
 */
public record Limits(long maxMessage, long maxFragments, int maxHead, int maxHeaderFields) {
  /** The default limits of a server: 16 MiB, 131 072 fragments, 32 KiB, 128 fields. */
  public static final Limits SERVER = new Limits(16 << 20, 131_072, 32 << 10, 128);

  /** No limits on messages, for a reader that stores none. */
  public static final Limits NONE =
      new Limits(Long.MAX_VALUE, Long.MAX_VALUE, SERVER.maxHead, SERVER.maxHeaderFields);

  /** The limits for everything that an endpoint itself sends. */
  static final Limits OWN =
      new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
}
