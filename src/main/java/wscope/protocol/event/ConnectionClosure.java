package wscope.protocol.event;

import org.jspecify.annotations.Nullable;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * The closing of a connection (RFC 6455 §7.1).
 *
 * @param initiator the endpoint that sent a Close first; null if neither did
 * @param received the body of the peer's Close; null if the peer sent none
 * @param sent the body of our Close; null if we sent none
 * @param failure the rule for which we failed the connection; null if there is none
 */
public record ConnectionClosure(
    @Nullable Endpoint initiator,
    @Nullable CloseBody received,
    @Nullable CloseBody sent,
    @Nullable Rule failure) {
  /** Whether the closing handshake was completed, because both endpoints sent a Close (§7.1.4). */
  public boolean isClean() {
    return received != null && sent != null;
  }
}
