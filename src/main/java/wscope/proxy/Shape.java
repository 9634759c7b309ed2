package wscope.proxy;

import java.time.Duration;

/**
 * How the bytes of one endpoint are passed on, on purpose. The bytes stay the same.
 *
 * @param delay the time after which they are passed on; zero for none
 * @param rate the number of bytes to pass on in a second; 0 for no limit
 * @param coalesce the time for which they are collected, to be passed on at once; zero for none
 * @param split the number of bytes in each piece; 0 to pass on what has arrived together
 */
public record Shape(Duration delay, long rate, Duration coalesce, int split) {
  /** The usual way: at once. */
  public static final Shape NONE = new Shape(Duration.ZERO, 0, Duration.ZERO, 0);
}
