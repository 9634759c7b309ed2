package wscope.connection;

import java.time.Duration;

/**
 * The times that a client may take.
 *
 * @param handshake the time from the connection to the end of the client's request
 * @param close the time from our last frame until the client ends the connection; it restarts up to
 *     5 times while the client reads output queued before that frame
 * @param withheld the time after which a connection ends on which the server withholds something
 *     for ever
 */
public record Timeouts(Duration handshake, Duration close, Duration withheld) {
  /** The defaults: 10 s and 5 s. */
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(5));

  /** Creates the times, with 10 minutes for what is withheld. */
  public Timeouts(Duration handshake, Duration close) {
    this(handshake, close, Duration.ofMinutes(10));
  }
}
