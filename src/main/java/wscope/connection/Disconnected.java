package wscope.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.TransportEnd;

/**
 * A connection has ended.
 *
 * @param number of the connection
 * @param opened whether the opening handshake succeeded
 * @param closure how the WebSocket ended
 * @param end who ended TCP, and how
 * @param dropped the trigger that made the server reset TCP; null if it did not
 * @param timeout which deadline the client missed; null if none
 * @param cause the failure that ended the connection; null if none
 * @param totals of the connection
 * @param lasted from connect to end
 */
public record Disconnected(
    long number,
    boolean opened,
    ConnectionClosure closure,
    TransportEnd end,
    Behaviour.@Nullable Trigger dropped,
    @Nullable Timeout timeout,
    @Nullable Exception cause,
    ConnectionTotals totals,
    Duration lasted) {
  /** A deadline that a client can miss. */
  public enum Timeout {
    HANDSHAKE,
    CLOSE
  }
}
