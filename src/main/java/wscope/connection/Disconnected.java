package wscope.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Closure;
import wscope.protocol.event.Traffic;
import wscope.protocol.event.TransportEnd;

/**
 * A connection has ended.
 *
 * @param number of the connection
 * @param opened whether the opening handshake had succeeded
 * @param closure how the WebSocket ended
 * @param end who ended TCP, and how
 * @param dropped the moment at which the server was asked to reset TCP, and did; null if it did not
 * @param timeout which deadline the client missed; null if none
 * @param cause what broke the connection; null if nothing did
 * @param traffic that went over it
 * @param lasted from the connection to its end
 */
public record Disconnected(
    long number,
    boolean opened,
    Closure closure,
    TransportEnd end,
    Behaviour.@Nullable Trigger dropped,
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
