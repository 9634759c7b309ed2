package wscope.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.handshake.ChunkedBody;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/** The client's part of the opening handshake of a {@link Session} (RFC 6455 §4.1). */
final class ClientOpeningHandshake {
  private final Session session;
  private final Exchange exchange;
  private final ExchangeListener listener;
  private final ClosingHandshake closing;
  private final TransportWriter transport;
  private final BufferPool pool;

  /** The number of remaining bytes in the body of a response that opens no WebSocket. */
  private long bodyLeft;

  /** The chunks of that body; null if it has none. */
  private @Nullable ChunkedBody chunks;

  /** The messages that were sent together with the request; null if there are none. */
  private @Nullable CoalescedMessages coalesced;

  ClientOpeningHandshake(
      Session session,
      Exchange exchange,
      ExchangeListener listener,
      ClosingHandshake closing,
      TransportWriter transport,
      BufferPool pool) {
    this.session = session;
    this.exchange = exchange;
    this.listener = listener;
    this.closing = closing;
    this.transport = transport;
    this.pool = pool;
  }

  /** Sends the request, and messages without waiting for the response. */
  void send(HttpRequest request, List<OutgoingMessage> messages) {
    exchange.feed(Endpoint.CLIENT, request.bytes());
    transport.write(request.bytes());
    if (!messages.isEmpty()) {
      coalesced = new CoalescedMessages(session, messages, pool);
      listener.event(coalesced.event(Event.Coalesced.Fate.SENT));
    }
  }

  /** Handles the server's response. The listener has received the response. */
  void handle(Event.Response response) {
    if (session.state() != Session.State.CONNECTING) {
      return;
    }
    ResponseHead head = response.head();
    boolean opens = response.opens();
    if (opens) {
      exchange.open();
    }
    if (coalesced != null) {
      settle(coalesced, opens);
    }
    if (opens) {
      session.open();
    } else if (head == null || head.status() == 101) {
      // Sends no Close, because no WebSocket is open (§4.1).
      closing.failHandshake(response.firstError());
      exchange.stop(Endpoint.CLIENT);
      if (head != null) {
        exchange.stop(Endpoint.SERVER);
      }
      // Otherwise what arrived together with the head shows what the server speaks.
      closing.finish();
    } else {
      bodyLeft = head.bodyLength();
      chunks = head.isChunked() ? new ChunkedBody() : null;
      closing.finish();
    }
  }

  /** Reports what has become of the messages that were sent together with the request. */
  private void settle(CoalescedMessages early, boolean opens) {
    if (opens) {
      boolean compresses = exchange.agreed() != null;
      listener.event(
          early.event(
              compresses ? Event.Coalesced.Fate.UNCOMPRESSED : Event.Coalesced.Fate.OPENED));
      early.read(exchange);
    } else {
      listener.event(early.event(Event.Coalesced.Fate.REJECTED));
      early.discard();
    }
  }

  /** Ends the opening handshake if no response can arrive any more. */
  void end() {
    if (coalesced != null && session.state() == Session.State.CONNECTING) {
      settle(coalesced, false);
    }
  }

  /** Handles a part of the body of a response that opens no WebSocket, and ends TCP after it. */
  void handle(Event.Body body) {
    bodyLeft -= Math.min(bodyLeft, body.bytes().remaining());
    if (bodyLeft == 0 || (chunks != null && chunks.feed(body.bytes()))) {
      closing.endTransport();
    }
  }

  /** Whether the body of a response that opens no WebSocket is still arriving. */
  boolean isReadingBody() {
    return bodyLeft > 0;
  }
}
