package wscope.protocol;

import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.handshake.RequestFaults;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** A fault of the request for a WebSocket, which only a client commits. */
public record RequestFault(Rule rule) implements Fault {
  @Override
  public String id() {
    return rule.id();
  }

  @Override
  public String title() {
    return rule.title();
  }

  @Override
  public DeflateNeed deflate() {
    return DeflateNeed.NONE;
  }

  @Override
  public boolean isOf(Endpoint sender) {
    return sender == Endpoint.CLIENT;
  }

  /**
   * The request that breaks this rule, and no other than before.
   *
   * @param before may break other rules already
   * @return null if one of them is in the way
   */
  public @Nullable HttpRequest commit(HttpRequest before) {
    return RequestFaults.commit(rule, before);
  }
}
