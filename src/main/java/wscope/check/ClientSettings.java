package wscope.check;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the client that is checked arrives.
 *
 * @param arrival who opens the connections
 * @param port the port on which the checker listens; 0 for a free one
 * @param starter starts the client, or the browser; null for none
 * @param connectTime the time that a client has to connect, except for the first connection of one
 *     that wscope does not start
 * @param listening receives the URL that a client has to open, or the page's, when the checker
 *     listens
 */
public record ClientSettings(
    Arrival arrival,
    int port,
    @Nullable ClientStarter starter,
    Duration connectTime,
    Consumer<String> listening) {

  /** Who opens the connections. */
  public enum Arrival {
    /** A command that is started for each case. */
    COMMAND,
    /** The script of a page in a browser. */
    PAGE,
    /** A client that connects again and again by itself. */
    LOOP
  }
}
