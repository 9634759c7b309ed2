package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** The closing handshake of a {@link Session}, and the end of TCP after it (RFC 6455 §7). */
final class ClosingHandshake {
  private final Session session;
  private final SessionHandler handler;
  private final TransportWriter transport;
  private @Nullable Endpoint initiator;
  private @Nullable CloseBody received;
  private @Nullable CloseBody sent;
  private @Nullable Rule failure;
  private boolean peerEnded;
  private boolean transportEnded;
  private boolean abandoned;

  ClosingHandshake(Session session, SessionHandler handler, TransportWriter transport) {
    this.session = session;
    this.handler = handler;
    this.transport = transport;
  }

  /** The closing of the connection so far. */
  ConnectionClosure closure() {
    return new ConnectionClosure(initiator, received, sent, failure);
  }

  /** Starts the closing handshake of an open connection (§7.1.2). */
  void start(CloseBody body) {
    // Change the state first, because the link may break during the send.
    session.enter(Session.State.CLOSING);
    send(body);
    finishIfReceived();
  }

  /** Starts like {@link #start}, after a fault has sent a Close with this body. */
  void started(ByteBuffer body) {
    sent = CloseBody.read(body, session.self(), 0, 0, new ArrayList<>(1));
    initiator = initiator();
    session.enter(Session.State.CLOSING);
    finishIfReceived();
  }

  /** Handles the Close of the peer. */
  void received(CloseBody body) {
    received = body;
    if (session.state() == Session.State.OPEN) {
      if (!handler.repliesToClose()) {
        return;
      }
      // Echo the code (§5.5.1), and the reason to show that it arrived.
      send(body);
    }
    finish();
  }

  /** Fails the connection (§7.1.7): sends a Close with the close code of the rule, then stops. */
  void fail(Rule rule) {
    failure = rule;
    // Stop reading first, because the link may break during the send.
    session.stopReading();
    if (session.state() == Session.State.OPEN) {
      send(CloseBody.of(rule.closeCode(), rule.title()));
    }
    finish();
  }

  /** Fails the connection before it has opened: no Close is sent (§4.1). */
  void failHandshake(@Nullable Rule rule) {
    failure = rule;
  }

  /**
   * Stops sending. A server then ends TCP. A client waits for the server to end TCP if the
   * WebSocket opened (§7.1.1) or while the body of a rejection is still arriving.
   */
  void finish() {
    if (session.stop() && (session.self() == Endpoint.SERVER || !session.waitsForServerToEnd())) {
      endTransport();
    }
  }

  /** Ends TCP on our side, once. */
  void endTransport() {
    if (!transportEnded) {
      transportEnded = true;
      transport.end();
    }
  }

  /** TCP is aborted: its end is neither sent nor awaited. */
  void abandon() {
    transportEnded = true;
    abandoned = true;
  }

  /**
   * The peer has ended TCP.
   *
   * @return whether this is the first time
   */
  boolean peerEnded() {
    boolean first = !peerEnded;
    peerEnded = true;
    return first;
  }

  /** Whether the peer of a closed WebSocket still has to end TCP. */
  boolean awaitsPeerEnd() {
    return !peerEnded && !abandoned;
  }

  /** Sends a Close, unless a fault prevents it. */
  private void send(CloseBody body) {
    initiator = initiator();
    if (session.canSendClose()) {
      sent = body;
      session.sendClose(body);
    }
  }

  /** The endpoint that sent a Close first, determined while we send ours. */
  private Endpoint initiator() {
    return received == null ? session.self() : session.self().peer();
  }

  /** Continues after our Close was sent, possibly long after the peer's Close. */
  private void finishIfReceived() {
    if (received != null) {
      finish();
    }
  }
}
