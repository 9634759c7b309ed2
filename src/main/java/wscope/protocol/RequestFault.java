package wscope.protocol;

import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.handshake.RequestFaults;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** A fault in a WebSocket request. Only a client commits such a fault. */
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
  public DeflateRequirement deflate() {
    return DeflateRequirement.NONE;
  }

  @Override
  public boolean isOf(Endpoint sender) {
    return sender == Endpoint.CLIENT;
  }

  /**
   * Changes a request so that it breaks this rule and no other.
   *
   * @param before the request, which may already break other rules
   * @return the changed request; null if another broken rule prevents the change
   */
  public @Nullable HttpRequest commit(HttpRequest before) {
    return RequestFaults.commit(rule, before);
  }
}
