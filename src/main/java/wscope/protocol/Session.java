package wscope.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.message.PayloadBuffer;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * One endpoint of a connection (RFC 6455 §4 to §7), without I/O: an {@link Exchange} seen from one
 * side. It reads the bytes of the peer, writes bytes for the peer to a {@link TransportWriter}, and
 * reports both to a listener. A session is strict: the first error of the peer fails the connection
 * (§7.1.7).
 *
 * <p>Not safe for use by several threads.
 */
public final class Session {
  /** The states of a connection (§4.1, §7.1). */
  public enum State {
    /** The opening handshake is under way. */
    CONNECTING,
    /** Messages go both ways. */
    OPEN,
    /** We have sent a Close and wait for the peer's Close. */
    CLOSING,
    /** We send nothing more and ignore all input. */
    CLOSED
  }

  private final Endpoint self;
  private final BufferPool pool;
  private final SessionHandler handler;
  private final ExchangeListener listener;
  private final TransportWriter transport;
  private final IntSupplier maskingKeys;
  private final Exchange exchange;
  private final @Nullable ServerOpeningHandshake server;
  private final DirectionCount received = new DirectionCount();
  private @Nullable FrameWriter writer;
  private State state = State.CONNECTING;
  private boolean opened;
  private boolean peerEnded;
  private boolean transportEnded;
  private boolean abandoned;

  /** The number of remaining bytes in the body of a response that opens no WebSocket. */
  private long bodyLeft;

  private @Nullable Endpoint closeInitiator;
  private @Nullable CloseBody closeReceived;
  private @Nullable CloseBody closeSent;
  private @Nullable Rule failure;

  private Session(
      Endpoint self,
      Limits limits,
      BufferPool pool,
      @Nullable ServerOpeningHandshake server,
      IntSupplier maskingKeys,
      SessionHandler handler,
      ExchangeListener listener,
      TransportWriter transport) {
    this.self = self;
    this.pool = pool;
    this.server = server;
    this.maskingKeys = maskingKeys;
    this.handler = handler;
    this.listener = listener;
    this.transport = transport;
    exchange =
        Exchange.ofEndpoint(
            self,
            limits,
            pool,
            new Observer(),
            server == null ? UnaryOperator.identity() : server::decide);
  }

  /**
   * Creates the server's end.
   *
   * @param limits the limits for the client's input
   * @param pool the buffer pool of the thread that serves the connection
   * @param upgrades decides about requests
   */
  public static Session ofServer(
      Limits limits,
      BufferPool pool,
      UpgradeHandler upgrades,
      SessionHandler handler,
      ExchangeListener listener,
      TransportWriter transport) {
    // A server masks only to commit a fault. This key makes the masking easy to follow.
    return new Session(
        Endpoint.SERVER,
        limits,
        pool,
        new ServerOpeningHandshake(upgrades),
        () -> FrameFault.MASKING_KEY,
        handler,
        listener,
        transport);
  }

  /**
   * Creates the client's end. {@link #connect} sends the request.
   *
   * @param limits the limits for the server's input
   * @param pool the buffer pool of the thread that serves the connection
   * @param maskingKeys supplies a key for each frame; it must use a strong source to be
   *     unpredictable (§5.3)
   */
  public static Session ofClient(
      Limits limits,
      BufferPool pool,
      IntSupplier maskingKeys,
      SessionHandler handler,
      ExchangeListener listener,
      TransportWriter transport) {
    return new Session(
        Endpoint.CLIENT, limits, pool, null, maskingKeys, handler, listener, transport);
  }

  /** The endpoint that this session plays. */
  public Endpoint self() {
    return self;
  }

  /**
   * Sends the request of a client. Call it once, before anything else.
   *
   * @param request a WebSocket request, correct or not
   */
  public void connect(HttpRequest request) {
    if (self != Endpoint.CLIENT) {
      throw new IllegalStateException("a server sends no request");
    }
    exchange.feed(self, request.bytes());
    transport.write(request.bytes());
  }

  /**
   * Reads the next bytes from the peer, except those after a {@link #pause}. It unmasks payloads in
   * place: do not use the bytes again.
   */
  public void feed(ByteBuffer in) {
    if (state != State.CLOSED || opened || bodyLeft > 0) {
      exchange.feed(self.peer(), in);
      if (exchange.isPaused(self.peer()) && state != State.CLOSED) {
        return;
      }
    }
    in.position(in.limit());
  }

  /** Stops reading after the current message. Feed the remaining bytes again. */
  public void pause() {
    exchange.pause(self.peer());
  }

  /** Ends the input: the peer has ended TCP, with or without a Close. */
  public void end() {
    if (!peerEnded) {
      peerEnded = true;
      if (writer == null) {
        exchange.stop(self);
      }
      exchange.end(self.peer());
      // The link may have broken while a reply to these bytes was written.
      exchange.stop(self.peer());
      if (writer != null) {
        exchange.end(self);
      }
    }
    finish();
    endTransport();
  }

  /**
   * Checks whether this frame or message could be sent now.
   *
   * @return {@link SendResult#SENT}, or the reason why not
   */
  public SendResult check(Opcode opcode) {
    return switch (state) {
      case CONNECTING -> SendResult.NOT_OPEN;
      case CLOSING -> SendResult.CLOSING;
      case CLOSED -> SendResult.CLOSED;
      case OPEN -> writer == null ? SendResult.NOT_OPEN : writer.check(opcode);
    };
  }

  /**
   * Sends a message in one frame, compressed if negotiated, or sends a ping or pong.
   *
   * @param payload the payload, from position to limit; the position moves, the bytes do not change
   */
  public SendResult send(Opcode opcode, ByteBuffer payload) {
    SendResult result = check(opcode);
    if (writer != null && result.isSent()) {
      writer.write(opcode, payload);
    }
    return result;
  }

  /** Sends a message in its own framing, compressed if negotiated. */
  public SendResult send(OutgoingMessage message) {
    SendResult result = check(message.opcode());
    if (writer != null && result.isSent()) {
      writer.send(message);
    }
    return result;
  }

  /**
   * Whether an open connection allows a fault, given its negotiated permessage-deflate parameters.
   * If not, the listener gets an event.
   */
  public boolean allows(FrameFault fault) {
    boolean allowed = fault.isOf(self) && fault.deflate().isMet(exchange.agreed(), self);
    if (!allowed) {
      listener.event(new Event.FaultImpossible(fault.id()));
    }
    return allowed;
  }

  /** Commits a fault instead of sending a correct message or Close. */
  public SendResult commit(FrameFault fault, OutgoingMessage correct) {
    SendResult result = check(correct.opcode());
    if (writer == null || !result.isSent()) {
      return result;
    }
    if (!fault.deflate().isMet(exchange.agreed(), self)) {
      return SendResult.NOT_NEGOTIATED;
    }
    for (OutgoingMessage part : fault.commit(correct)) {
      writer.commit(part);
      if (part.opcode() == Opcode.CLOSE && state == State.OPEN) {
        closeSent = CloseBody.read(part.payload(), 0, 0, new ArrayList<>(1));
        closeInitiator = initiator();
        enter(State.CLOSING);
        closing();
      }
    }
    return result;
  }

  /**
   * Sends bytes unchanged, even if they are not valid frames. The session must be open or closing.
   */
  public SendResult sendRaw(ByteBuffer bytes) {
    if (state == State.CLOSED) {
      return SendResult.CLOSED;
    }
    if (writer == null) {
      return SendResult.NOT_OPEN;
    }
    writer.writeRaw(bytes);
    return SendResult.SENT;
  }

  /**
   * Starts the closing handshake (§7.1.2), or drops a connection that is not open yet.
   *
   * @param reason the reason, which is cut to 123 bytes of UTF-8
   */
  public void close(int code, String reason) {
    if (state == State.CONNECTING) {
      finish();
      endTransport();
    } else if (state == State.OPEN) {
      // Change the state first, because the link may break during the send.
      enter(State.CLOSING);
      sendClose(CloseBody.of(code, reason));
      closing();
    }
  }

  /** Stops sending and reading: TCP is aborted now. */
  public void abandon() {
    exchange.stop(self.peer());
    transportEnded = true;
    abandoned = true;
    stop();
  }

  public State state() {
    return state;
  }

  /** Whether the opening handshake has succeeded. */
  public boolean hasOpened() {
    return opened;
  }

  /** Whether the peer still has to send the rest of a frame or a message, or its Close. */
  public boolean isAwaiting() {
    return state == State.CLOSING
        || (state == State.OPEN && exchange.isInside(self.peer()))
        || (state == State.CLOSED && awaitsEndOfTransport());
  }

  /** The input that the peer is expected to send next. */
  public AwaitedInput awaited() {
    if (state == State.CLOSED && opened) {
      return AwaitedInput.of(
          awaitsEndOfTransport() ? AwaitedInput.Kind.TCP_END : AwaitedInput.Kind.NOTHING);
    }
    AwaitedInput awaited = exchange.awaited(self.peer());
    boolean betweenFrames = awaited.frame() == null && awaited.open().isEmpty();
    return state == State.CLOSING && betweenFrames
        ? AwaitedInput.of(AwaitedInput.Kind.CLOSE)
        : awaited;
  }

  /** Whether a closed WebSocket waits for the peer to end TCP. */
  private boolean awaitsEndOfTransport() {
    return opened && !peerEnded && !abandoned;
  }

  /** The negotiated parameters of permessage-deflate; null if the extension is not in use. */
  public @Nullable DeflateParameters agreed() {
    return exchange.agreed();
  }

  /** The closing of the connection so far. */
  public ConnectionClosure closure() {
    return new ConnectionClosure(closeInitiator, closeReceived, closeSent, failure);
  }

  /** The totals of the input so far. */
  public DirectionTotals totalsReceived() {
    return received.totals();
  }

  /** The totals of the output so far. */
  public DirectionTotals totalsSent() {
    return writer == null ? DirectionTotals.NONE : writer.totals();
  }

  /** Sends the server's response to a request. The listener has received the request. */
  private void respond(ServerOpeningHandshake handshake) {
    if (state != State.CONNECTING) {
      // The listener has closed the session.
      return;
    }
    exchange.agree(handshake.agreed());
    exchange.feed(self, StandardCharsets.UTF_8.encode(handshake.response().head()));
    listener.event(new Event.Responded(handshake.result(), handshake.response()));
    handshake.impossible().forEach(id -> listener.event(new Event.FaultImpossible(id)));
    if (state == State.CONNECTING) {
      transport.write(handshake.response().bytes());
      if (handshake.opens()) {
        exchange.open();
        open();
      } else {
        finish();
      }
    }
  }

  /** Handles the server's response. The listener has received the response. */
  private void handleResponse(Event.Response response) {
    if (state != State.CONNECTING) {
      return;
    }
    ResponseHead head = response.head();
    if (response.opens()) {
      exchange.open();
      open();
    } else if (head == null || head.status() == 101) {
      // Sends no Close, because no WebSocket is open (§4.1).
      failure = response.firstError();
      stopReading();
      finish();
    } else {
      bodyLeft = head.bodyLength();
      finish();
    }
  }

  private void open() {
    DeflateParameters sendParameters = exchange.compressionOf(self);
    Compression compression = sendParameters == null ? null : new Compression(sendParameters, pool);
    writer =
        new FrameWriter(
            self,
            transport,
            compression,
            pool,
            maskingKeys,
            exchange.hasListener(self) ? bytes -> exchange.feed(self, bytes) : null);
    opened = true;
    enter(State.OPEN);
    handler.opened(this);
  }

  /** Fails the connection (§7.1.7): sends a Close with the close code of the rule, then stops. */
  private void fail(Violation violation) {
    failure = violation.rule();
    // Stop reading first, because the link may break during the send.
    exchange.stop(self.peer());
    if (state == State.OPEN) {
      sendClose(CloseBody.of(failure.closeCode(), failure.title()));
    }
    finish();
  }

  private void closeReceived(CloseBody body) {
    closeReceived = body;
    if (state == State.OPEN) {
      if (!handler.repliesToClose()) {
        return;
      }
      // Echo the code (§5.5.1), and the reason to show that it arrived.
      sendClose(body);
    }
    finish();
  }

  /** Continues after our Close was sent, possibly long after the peer's Close. */
  private void closing() {
    if (closeReceived != null) {
      finish();
    }
  }

  private void pong(ByteBuffer payload) {
    if (writer != null && writer.check(Opcode.PONG).isSent()) {
      writer.write(Opcode.PONG, payload);
    }
  }

  /** Sends a Close, unless a fault prevents it. */
  private void sendClose(CloseBody body) {
    closeInitiator = initiator();
    if (writer != null && writer.check(Opcode.CLOSE).isSent()) {
      closeSent = body;
      writer.write(Opcode.CLOSE, body.bytes());
    }
  }

  /** The endpoint that sent a Close first, determined while we send ours. */
  private Endpoint initiator() {
    return closeReceived == null ? self : self.peer();
  }

  /**
   * Stops sending. A server then ends TCP. A client waits for the server to end TCP if the
   * WebSocket opened (§7.1.1) or while the body of a rejection is still arriving.
   */
  private void finish() {
    if (stop() && (self == Endpoint.SERVER || (!opened && bodyLeft == 0))) {
      endTransport();
    }
  }

  /** Stops reading after the heads, because no WebSocket opens. */
  private void stopReading() {
    exchange.stop(self);
    exchange.stop(self.peer());
  }

  /** Ends TCP on our side, once. */
  private void endTransport() {
    if (!transportEnded) {
      transportEnded = true;
      transport.end();
    }
  }

  /**
   * Releases everything.
   *
   * @return false if everything had already been released
   */
  private boolean stop() {
    if (state == State.CLOSED) {
      return false;
    }
    enter(State.CLOSED);
    exchange.close();
    if (writer != null) {
      writer.close();
    }
    return true;
  }

  private void enter(State next) {
    state = next;
    handler.stateChanged(next);
  }

  /** Passes every event to the listener, then reacts as the protocol requires. */
  private final class Observer implements ExchangeListener {
    @Override
    public void event(Event event) {
      listener.event(event);
      if (event instanceof Event.Request && server != null) {
        respond(server);
      } else if (event instanceof Event.Response response && self == Endpoint.CLIENT) {
        handleResponse(response);
      } else if (event instanceof Event.Body body && self == Endpoint.CLIENT) {
        bodyLeft -= Math.min(bodyLeft, body.bytes().remaining());
        if (bodyLeft == 0) {
          endTransport();
        }
      }
    }

    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint sender) {
      FrameListener shown = listener.frames(sender);
      if (sender == self) {
        return shown;
      }
      Received received = new Received(shown);
      return shown == null ? received : TeeListener.both(shown, received);
    }
  }

  /** Reacts to the frames of the peer. */
  private final class Received implements FrameListener {
    private final @Nullable FrameListener shown;
    private final PayloadBuffer collected = new PayloadBuffer(pool);

    /** The only slice of a message; null if it arrived in several. */
    private @Nullable ByteBuffer whole;

    Received(@Nullable FrameListener shown) {
      this.shown = shown;
    }

    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      received.frame();
      for (int i = 0; i < violations.size(); i++) {
        failIfError(violations.get(i));
      }
    }

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      if (state != State.OPEN) {
        collected.clear();
      } else if (last && collected.isEmpty()) {
        whole = data;
      } else {
        collected.add(data);
      }
    }

    @Override
    public void messageEnded(Message message) {
      received.message(message.length(), message.wireLength());
      if (state == State.OPEN) {
        ByteBuffer payload = whole == null ? collected.content() : whole;
        handler.message(Session.this, message.type(), payload);
      }
      whole = null;
      collected.clear();
    }

    @Override
    public void control(Opcode opcode, ByteBuffer payload) {
      // Reply even between our Close and the peer's Close (§5.5.2).
      if (opcode == Opcode.PING && state != State.CLOSED && handler.repliesToPing()) {
        pong(payload);
      } else if (opcode == Opcode.PONG) {
        handler.pong(payload);
      }
    }

    @Override
    public void close(@Nullable CloseBody body) {
      if (body != null && state != State.CLOSED) {
        closeReceived(body);
      }
    }

    @Override
    public void violation(Violation violation) {
      failIfError(violation);
    }

    private void failIfError(Violation violation) {
      if (!violation.rule().isError()) {
        return;
      }
      if (shown != null) {
        shown.failed();
      }
      if (state == State.CLOSED) {
        exchange.stop(self.peer());
      } else {
        fail(violation);
      }
    }
  }
}
