package wscope.connection;

import java.time.Duration;

/**
 * The times that a client may take.
 *
 * @param handshake the time from the connection to the end of the client's request
 * @param close the time from our last frame until the client ends the connection; it restarts while
 *     the client reads output queued before that frame
 */
public record Timeouts(Duration handshake, Duration close) {
  /** The defaults: 10 s and 5 s. */
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(5));
}
