package wscope.serve;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Closure;
import wscope.protocol.Traffic;

/**
 * A connection has ended.
 *
 * @param number of the connection
 * @param opened whether the opening handshake had succeeded
 * @param closure how the WebSocket ended
 * @param timeout which deadline the client missed; null if none
 * @param cause what broke the connection; null if nothing did
 * @param traffic all that went over it
 * @param lasted from the connection to its end
 */
public record Disconnected(
    long number,
    boolean opened,
    Closure closure,
    @Nullable Timeout timeout,
    @Nullable Exception cause,
    Traffic traffic,
    Duration lasted) {
  /** A deadline that a client can miss. */
  public enum Timeout {
    HANDSHAKE,
    CLOSE
  }
}
