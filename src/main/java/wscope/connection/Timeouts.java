package wscope.connection;

import java.time.Duration;

/**
 * How long a client may take.
 *
 * @param handshake from the connection to the end of its request
 * @param close from our last frame to the client's end of the connection; it restarts while the
 *     client reads what was queued before that frame
 */
public record Timeouts(Duration handshake, Duration close) {
  /** The defaults: 10 s and 5 s. */
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(5));
}
