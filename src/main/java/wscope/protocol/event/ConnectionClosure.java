package wscope.protocol.event;

import org.jspecify.annotations.Nullable;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * How a connection ended (RFC 6455 §7.1).
 *
 * @param initiator who sent Close first; null if nobody did
 * @param received body of the peer's Close; null if it sent none
 * @param sent body of our Close; null if we sent none
 * @param failure the rule that made us fail the connection; null if none did
 */
public record ConnectionClosure(
    @Nullable Endpoint initiator,
    @Nullable CloseBody received,
    @Nullable CloseBody sent,
    @Nullable Rule failure) {
  /** Whether the closing handshake was completed: both endpoints sent a Close (§7.1.4). */
  public boolean isClean() {
    return received != null && sent != null;
  }
}
