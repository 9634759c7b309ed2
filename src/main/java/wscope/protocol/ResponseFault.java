package wscope.protocol;

import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseFaults;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** A fault of the response that opens a WebSocket, which only a server commits. */
public record ResponseFault(Rule rule, DeflateNeed deflate) implements Fault {
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

  /** What the request and the response must have so that it can be committed; null for nothing. */
  public @Nullable String condition() {
    return ResponseFaults.condition(rule);
  }

  /**
   * The response that breaks this rule, and no other than before.
   *
   * @param before the 101, which may break other rules already
   * @return null if the {@link #condition} is not met, or a rule that is broken is in the way
   */
  public @Nullable HttpResponse commit(RequestHead request, HttpResponse before) {
    return ResponseFaults.commit(rule, request, before);
  }
}
