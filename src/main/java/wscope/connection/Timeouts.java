package wscope.connection;

import java.time.Duration;

/**
 * How long a client may take, in all.
 *
 * @param handshake from the connection to the end of its request
 * @param close from our last frame to the client's end of the connection; it begins anew while the
 *     client takes what was to be sent before that frame
 */
public record Timeouts(Duration handshake, Duration close) {
  /** What the server promises by default: 10 s and 5 s. */
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(5));
}
