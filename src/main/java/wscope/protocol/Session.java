package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
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
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

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
  private final @Nullable ClientOpeningHandshake client;
  private final ClosingHandshake closing;
  private final FaultSender faults;
  private final HeldMessages held;
  private final DirectionCount received = new DirectionCount();
  private final DirectionCount sent = new DirectionCount();

  private @Nullable FrameWriter writer;
  private State state = State.CONNECTING;
  private boolean opened;

  private Session(
      Endpoint self,
      Limits limits,
      BufferPool pool,
      @Nullable ServerDecision decision,
      IntSupplier maskingKeys,
      SessionHandler handler,
      ExchangeListener listener,
      TransportWriter transport) {
    this.self = self;
    this.pool = pool;
    this.maskingKeys = maskingKeys;
    this.handler = handler;
    this.listener = listener;
    this.transport = transport;
    closing = new ClosingHandshake(this, handler, transport);
    held = new HeldMessages(handler, pool);
    exchange =
        Exchange.ofEndpoint(
            self,
            limits,
            pool,
            new Observer(),
            decision == null ? UnaryOperator.identity() : decision::decide);
    exchange.findCauses(self.peer());
    faults = new FaultSender(this, closing, listener);
    boolean serves = decision != null;
    client =
        serves
            ? null
            : new ClientOpeningHandshake(this, exchange, listener, closing, transport, pool);
    server =
        decision == null
            ? null
            : new ServerOpeningHandshake(this, decision, exchange, listener, closing, transport);
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
        new ServerDecision(upgrades),
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
    connect(request, List.of());
  }

  /**
   * Sends the request of a client and, without waiting for the response, messages. This is a fault
   * (§4.1) if there are messages.
   *
   * @param coalesced the messages, which are not compressed
   */
  public void connect(HttpRequest request, List<OutgoingMessage> coalesced) {
    if (client == null) {
      throw new IllegalStateException("a server sends no request");
    }
    client.send(request, coalesced);
  }

  /**
   * Reads the next bytes from the peer, except those after a {@link #pause}. It unmasks payloads in
   * place: do not use the bytes again.
   */
  public void feed(ByteBuffer in) {
    if (state != State.CLOSED || waitsForServerToEnd()) {
      exchange.feed(self.peer(), in);
      if (exchange.isPaused(self.peer()) && state != State.CLOSED) {
        return;
      }
    }
    in.position(in.limit());
  }

  /** Stops reading after the current slice or frame. Feed the remaining bytes again. */
  public void pause() {
    exchange.pause(self.peer());
  }

  /** Ends the input: the peer has ended TCP, with or without a Close. */
  public void end() {
    if (closing.peerEnded()) {
      if (server != null && server.hasRespondedInPart()) {
        exchange.stop(self.peer());
        exchange.end(self);
      } else if (writer == null) {
        exchange.stop(self);
      }
      exchange.end(self.peer());
      // The link may have broken while a reply to these bytes was written.
      exchange.stop(self.peer());
      if (writer != null) {
        exchange.end(self);
      }
    }
    if (client != null) {
      client.end();
    }
    closing.finish();
    closing.endTransport();
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
   * Sends a message like {@link #send(OutgoingMessage)}, but in steps if that takes long. While
   * {@link #isSending}, call {@link #continueSending}; no other message can be sent.
   *
   * @param message the message; its payload must not change until it is sent
   */
  public SendResult sendInSteps(OutgoingMessage message) {
    SendResult result = check(message.opcode());
    if (writer != null && result.isSent()) {
      writer.sendInSteps(message);
      countSteps(BufferPool.memory(message.payload().remaining()));
    }
    return result;
  }

  /** Whether {@link #sendInSteps} would need several steps for a message. */
  public boolean takesLong(int length, Framing framing) {
    return SteppedMessage.isLong(length, framing, exchange.compressionOf(self) != null);
  }

  /** Whether a message is being sent in steps. */
  public boolean isSending() {
    return writer != null && writer.isStepping();
  }

  /** Takes the next step of the message that is being sent in steps. */
  public void continueSending() {
    if (writer != null) {
      writer.step();
      countSteps(held.stepped());
    }
  }

  private void countSteps(long length) {
    held.stepped(isSending() ? length : 0);
  }

  /**
   * Frees what it holds of messages and starts to close, because too much memory is in use: with
   * 1009 if a message of the peer was arriving, otherwise with 1011.
   */
  public void giveUp() {
    int code = held.isEmpty() ? 1011 : 1009;
    freeMessages();
    close(code, "too much memory is in use for all connections");
  }

  /** Frees what it holds of messages. */
  public void freeMessages() {
    if (writer != null) {
      writer.endSteps();
    }
    held.free();
  }

  /**
   * Whether an open connection allows a fault, given its negotiated permessage-deflate parameters.
   * If not, the listener gets an event.
   */
  public boolean allows(FrameFault fault) {
    return faults.allows(fault);
  }

  /** Commits a fault instead of sending a correct message or Close. */
  public SendResult commit(FrameFault fault, OutgoingMessage correct) {
    SendResult result = check(correct.opcode());
    return writer == null || !result.isSent() ? result : faults.commit(fault, correct, writer);
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
      closing.finish();
      closing.endTransport();
    } else if (state == State.OPEN) {
      closing.start(CloseBody.of(code, reason));
    }
  }

  /** Stops sending and reading: TCP is aborted now. */
  public void abandon() {
    exchange.stop(self.peer());
    closing.abandon();
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
    return opened && closing.awaitsPeerEnd();
  }

  /** The negotiated parameters of permessage-deflate; null if the extension is not in use. */
  public @Nullable DeflateParameters agreed() {
    return exchange.agreed();
  }

  /** The closing of the connection so far. */
  public ConnectionClosure closure() {
    return closing.closure();
  }

  /** The totals of the input so far. */
  public DirectionTotals totalsReceived() {
    return received.totals();
  }

  /** The totals of the output so far. */
  public DirectionTotals totalsSent() {
    return sent.totals();
  }

  /** Whether a server has received a request and not responded yet. */
  public boolean awaitsOwnResponse() {
    return server != null && server.awaitsResponse();
  }

  /** Sends the server's response to the request that has arrived, unless the session has ended. */
  public void respond() {
    if (server != null) {
      server.respond();
    }
  }

  /** Sends the first half of the head of the server's response. The rest never follows. */
  public void respondInPart() {
    if (server != null) {
      server.respondInPart();
    }
  }

  /** Opens the WebSocket: from now on, frames go both ways. */
  void open() {
    DeflateParameters sendParameters = exchange.compressionOf(self);
    Compression compression = sendParameters == null ? null : new Compression(sendParameters, pool);
    writer =
        writer(
            compression, exchange.hasListener(self) ? bytes -> exchange.feed(self, bytes) : null);
    opened = true;
    enter(State.OPEN);
    handler.opened(this);
  }

  /**
   * Creates a writer.
   *
   * @param observer receives a copy of everything that is sent and may change that copy; null for
   *     none
   */
  FrameWriter writer(@Nullable Compression compression, @Nullable Consumer<ByteBuffer> observer) {
    return new FrameWriter(self, transport, compression, pool, maskingKeys, sent, observer);
  }

  /** Replies to a ping, unless a fault prevents it. */
  void pong(ByteBuffer payload) {
    if (writer != null && writer.check(Opcode.PONG).isSent()) {
      writer.write(Opcode.PONG, payload);
    }
  }

  /** Whether no fault prevents a Close. */
  boolean canSendClose() {
    return writer != null && writer.check(Opcode.CLOSE).isSent();
  }

  /** Sends a Close instead of the rest of a message that is being sent in steps. */
  void sendClose(CloseBody body) {
    if (writer != null) {
      writer.endSteps();
      countSteps(0);
      writer.write(Opcode.CLOSE, body.bytes());
    }
  }

  /** Reads nothing more from the peer. */
  void stopReading() {
    exchange.stop(self.peer());
  }

  /** Whether a client lets the server end TCP, because a WebSocket opened or a body arrives. */
  boolean waitsForServerToEnd() {
    return opened || (client != null && client.isReadingBody());
  }

  /**
   * Releases everything.
   *
   * @return false if everything had already been released
   */
  boolean stop() {
    if (state == State.CLOSED) {
      return false;
    }
    enter(State.CLOSED);
    exchange.close();
    if (writer != null) {
      writer.close();
    }
    countSteps(0);
    return true;
  }

  /** Enters a new state. */
  void enter(State next) {
    state = next;
    handler.stateChanged(next);
  }

  /** Handles a request. The listener has received the request and may have closed the session. */
  private void requested(ServerOpeningHandshake handshake) {
    if (handshake.awaitsResponse() && handler.respondsAtOnce(this)) {
      handshake.respond();
    }
  }

  /** Passes every event to the listener, then reacts as the protocol requires. */
  private final class Observer implements ExchangeListener {
    @Override
    public void event(Event event) {
      listener.event(event);
      if (event instanceof Event.Request && server != null) {
        requested(server);
      } else if (event instanceof Event.Response response && client != null) {
        client.handle(response);
      } else if (event instanceof Event.Body body && client != null) {
        client.handle(body);
      }
    }

    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint sender) {
      FrameListener shown = listener.frames(sender);
      if (sender == self) {
        if (shown != null) {
          faults.show(shown);
        }
        return shown;
      }
      PeerFrames reactions = new PeerFrames(Session.this, handler, closing, held, received, shown);
      return shown == null ? reactions : TeeListener.both(shown, reactions);
    }
  }
}
