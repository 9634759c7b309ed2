package wscope.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** What a server decides about a request, and its response (RFC 6455 §4.2.2). */
final class ServerDecision {
  private final UpgradeHandler upgrades;
  private final List<String> impossible = new ArrayList<>(0);
  private @Nullable HandshakeResult result;
  private @Nullable HttpResponse response;

  ServerDecision(UpgradeHandler upgrades) {
    this.upgrades = upgrades;
  }

  /** Decides about a checked request and creates the response. */
  HandshakeResult decide(HandshakeResult checked) {
    HandshakeResult decided = checked;
    if (checked instanceof HandshakeResult.Accepted accepted) {
      decided = upgrade(accepted);
    } else if (checked instanceof HandshakeResult.PlainRequest plain) {
      decided = page(plain);
    } else if (checked instanceof HandshakeResult.Invalid invalid) {
      response = invalid.response();
    }
    result = decided;
    return decided;
  }

  /** Whether the request has arrived. */
  boolean isDecided() {
    return response != null;
  }

  /** The decision, after the request has arrived. */
  HandshakeResult result() {
    return known(result);
  }

  /** The response with its faults, after the request has arrived. */
  HttpResponse response() {
    return known(response);
  }

  /** The IDs of the faults that the response cannot commit. */
  List<String> impossible() {
    return impossible;
  }

  /** Whether the WebSocket opens. */
  boolean opens() {
    return result instanceof HandshakeResult.Accepted;
  }

  /** The negotiated parameters of permessage-deflate; null if the extension is not in use. */
  @Nullable DeflateParameters agreed() {
    return result instanceof HandshakeResult.Accepted accepted ? accepted.deflate().agreed() : null;
  }

  private HandshakeResult upgrade(HandshakeResult.Accepted checked) {
    UpgradeDecision decision = upgrades.upgrade(checked.request());
    if (decision instanceof UpgradeDecision.Accept accept) {
      HandshakeResult.Accepted accepted =
          ServerHandshake.accept(
              checked, accept.subprotocol(), accept.compression(), accept.fields());
      response = withFaults(accepted, accept.faults());
      return accepted;
    }
    return reject(checked.request(), checked.violations(), (UpgradeDecision.Reject) decision);
  }

  private HandshakeResult page(HandshakeResult.PlainRequest plain) {
    PageDecision decision = upgrades.page(plain.request());
    if (decision instanceof PageDecision.Page page) {
      response = page.response();
      return plain;
    }
    return reject(plain.request(), plain.violations(), (UpgradeDecision.Reject) decision);
  }

  private HandshakeResult reject(
      RequestHead head, List<Violation> violations, UpgradeDecision.Reject reject) {
    response = reject.response();
    return new HandshakeResult.Rejected(head, violations, reject.response(), reject.why());
  }

  private HttpResponse withFaults(HandshakeResult.Accepted accepted, List<ResponseFault> faults) {
    HttpResponse correct = accepted.response();
    for (ResponseFault fault : faults) {
      boolean possible = fault.deflate().isMet(accepted.deflate().agreed(), Endpoint.SERVER);
      HttpResponse broken = possible ? fault.commit(accepted.request(), correct) : null;
      if (broken == null) {
        impossible.add(fault.id());
      } else {
        correct = broken;
      }
    }
    return correct;
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("no request has arrived");
    }
    return value;
  }
}
