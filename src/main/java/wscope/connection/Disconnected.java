package wscope.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.TransportEnd;

/**
 * A connection has ended.
 *
 * @param number the number of the connection
 * @param opened whether the opening handshake succeeded
 * @param closure the closing of the WebSocket
 * @param end the endpoint that ended TCP, and the manner
 * @param dropped the trigger that made the server reset TCP; null if the server did not
 * @param timeout the deadline that the client missed; null if there is none
 * @param cause the failure that ended the connection; null if there is none
 * @param totals the totals of the connection
 * @param lasted the duration of the connection
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
    CLOSE,
    /** The server withheld something on purpose, for as long as it may. */
    WITHHELD
  }
}
