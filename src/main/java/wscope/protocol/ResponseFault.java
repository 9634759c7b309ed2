package wscope.protocol;

import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseFaults;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** A fault in the response that opens a WebSocket. Only a server commits such a fault. */
public record ResponseFault(Rule rule, DeflateRequirement deflate) implements Fault {
  @Override
  public String id() {
    return rule.id();
  }

  @Override
  public String title() {
    return rule.title();
  }

  @Override
  public boolean isOf(Endpoint sender) {
    return sender == Endpoint.SERVER;
  }

  /** The condition under which a response can commit this fault; null for none. */
  public @Nullable String condition() {
    return ResponseFaults.condition(rule);
  }

  /**
   * Changes a response so that it breaks this rule and no other.
   *
   * @param before the 101 response, which may already break other rules
   * @return the changed response; null if the {@link #condition} is not met or another broken rule
   *     prevents the change
   */
  public @Nullable HttpResponse commit(RequestHead request, HttpResponse before) {
    return ResponseFaults.commit(rule, request, before);
  }
}
