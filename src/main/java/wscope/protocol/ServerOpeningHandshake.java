package wscope.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.rule.Endpoint;

/** The server's part of the opening handshake of a {@link Session} (RFC 6455 §4.2.2). */
final class ServerOpeningHandshake {
  private final Session session;
  private final ServerDecision decision;
  private final Exchange exchange;
  private final ExchangeListener listener;
  private final ClosingHandshake closing;
  private final TransportWriter transport;
  private boolean respondedInPart;

  ServerOpeningHandshake(
      Session session,
      ServerDecision decision,
      Exchange exchange,
      ExchangeListener listener,
      ClosingHandshake closing,
      TransportWriter transport) {
    this.session = session;
    this.decision = decision;
    this.exchange = exchange;
    this.listener = listener;
    this.closing = closing;
    this.transport = transport;
  }

  /** Whether the request has arrived, but no response was sent. */
  boolean awaitsResponse() {
    return session.state() == Session.State.CONNECTING && decision.isDecided();
  }

  /** Whether only a part of the response was sent. */
  boolean hasRespondedInPart() {
    return respondedInPart;
  }

  /** Sends the response to the request that has arrived, unless the session has ended. */
  void respond() {
    if (!awaitsResponse()) {
      return;
    }
    HttpResponse response = decision.response();
    exchange.agree(decision.agreed());
    exchange.feed(Endpoint.SERVER, StandardCharsets.UTF_8.encode(response.head()));
    listener.event(new Event.Responded(decision.result(), response));
    decision.impossible().forEach(id -> listener.event(new Event.FaultImpossible(id)));
    if (session.state() == Session.State.CONNECTING) {
      transport.write(response.bytes());
      if (decision.opens()) {
        exchange.open();
        session.open();
      } else {
        closing.finish();
      }
    }
  }

  /** Sends the first half of the head of the response. The rest never follows. */
  void respondInPart() {
    if (awaitsResponse()) {
      String head = decision.response().head();
      ByteBuffer half = StandardCharsets.UTF_8.encode(head.substring(0, head.length() / 2));
      respondedInPart = true;
      exchange.feed(Endpoint.SERVER, half.duplicate());
      transport.write(half);
    }
  }
}
