package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.MessagePool;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.message.Outgoing;
import wscope.protocol.message.PayloadBuffer;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * The server end of one connection (RFC 6455 §4.2, §5 to §7), without I/O: bytes are fed in, bytes
 * come out at an {@link Outlet}, and a listener sees everything. It is strict: the first error in
 * what the client sends fails the connection (§7.1.7).
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
    /** We sent Close and wait for the client's. */
    CLOSING,
    /** Nothing more is sent or answered. */
    CLOSED
  }

  private final Limits limits;
  private final MessagePool pool;
  private final SessionHandler handler;
  private final SessionListener listener;
  private final Outlet outlet;
  private @Nullable Opening opening;
  private @Nullable Inspector received;
  private @Nullable FrameWriter writer;
  private State state = State.CONNECTING;
  private @Nullable DeflateParameters agreed;
  private boolean ended;
  private final FlowCount flowReceived = new FlowCount();
  private @Nullable Endpoint closeInitiator;
  private @Nullable CloseBody closeReceived;
  private @Nullable CloseBody closeSent;
  private @Nullable Rule failure;

  /**
   * @param pool of the thread that serves the connection
   */
  public Session(
      Limits limits,
      MessagePool pool,
      SessionHandler handler,
      SessionListener listener,
      Outlet outlet) {
    this.limits = limits;
    this.pool = pool;
    this.handler = handler;
    this.listener = listener;
    this.outlet = outlet;
    opening = new Opening(limits, handler, listener);
  }

  /**
   * Takes the next bytes from the client, all but those behind a {@link #pause}. What was taken of
   * the buffer is used up: payloads are unmasked in place.
   */
  public void feed(ByteBuffer in) {
    if (state == State.CONNECTING && opening != null) {
      Opening.Answer answer = opening.feed(in);
      if (answer != null) {
        answer(answer);
      }
    }
    if (received != null) {
      received.feed(in);
      if (received.isPaused() && state != State.CLOSED) {
        return;
      }
    }
    in.position(in.limit());
  }

  /** Takes nothing behind the message at hand; the rest of what is fed is left to be fed again. */
  public void pause() {
    if (received != null) {
      received.pause();
    }
  }

  /** The client sends no more: TCP has ended, with a Close before it or without. */
  public void end() {
    if (opening != null) {
      opening.end();
      opening = null;
    }
    if (received != null && writer != null && !ended) {
      ended = true;
      received.end();
      // The link may have broken at an answer to what is being fed.
      ignoreRest();
      writer.end();
    }
    finish();
  }

  /** Whether it can be sent: the connection is open and no fault stands against it. */
  public boolean takes(Opcode opcode) {
    return state == State.OPEN && writer != null && writer.takes(opcode);
  }

  /**
   * Sends a message in one frame, compressed if that was agreed on, or a ping or pong.
   *
   * @param payload from position to limit; the position moves, its bytes stay as they are
   * @return false, and nothing is sent, unless the connection is open and no fault stands against
   *     it
   */
  public boolean send(Opcode opcode, ByteBuffer payload) {
    if (writer == null || !takes(opcode)) {
      return false;
    }
    writer.write(opcode, payload);
    return true;
  }

  /**
   * Sends a message, compressed if that was agreed on, in the framing that it asks for.
   *
   * @return false, and nothing is sent, unless the connection is open and no fault stands against
   *     it
   */
  public boolean send(Outgoing message) {
    if (writer == null || !takes(message.opcode())) {
      return false;
    }
    writer.send(message);
    return true;
  }

  /**
   * Whether what was agreed on permessage-deflate allows a fault; the listener is told if it does
   * not. For an open connection.
   */
  public boolean allows(FrameFault fault) {
    boolean allowed = fault.deflate().isMet(agreed, Endpoint.SERVER);
    if (!allowed) {
      listener.unable(fault);
    }
    return allowed;
  }

  /**
   * Commits a fault in place of sending a message, or a Close, that breaks no rule.
   *
   * @return false, and nothing is sent, unless the connection is open, no other fault stands
   *     against it, and it is one that the connection {@link #allows}
   */
  public boolean commit(FrameFault fault, Outgoing correct) {
    if (writer == null
        || !takes(correct.opcode())
        || !fault.deflate().isMet(agreed, Endpoint.SERVER)) {
      return false;
    }
    for (Outgoing part : fault.commit(correct)) {
      writer.commit(part);
      if (part.opcode() == Opcode.CLOSE && state == State.OPEN) {
        closeSent = CloseBody.read(part.payload(), 0, 0, new ArrayList<>(1));
        closeInitiator = initiator();
        state = State.CLOSING;
        closing();
      }
    }
    return true;
  }

  /**
   * Sends bytes as they are, whatever they mean to the client.
   *
   * @return false, and nothing is sent, unless the connection is open or closing
   */
  public boolean sendRaw(ByteBuffer bytes) {
    if (writer == null || state == State.CLOSED) {
      return false;
    }
    writer.writeRaw(bytes);
    return true;
  }

  /**
   * Starts the closing handshake (§7.1.2), or drops a connection that has not opened.
   *
   * @param reason is cut to 123 bytes of UTF-8
   */
  public void close(int code, String reason) {
    if (state == State.CONNECTING) {
      finish();
    } else if (state == State.OPEN) {
      // First, for the link may break at what is sent.
      state = State.CLOSING;
      sendClose(CloseBody.of(code, reason));
      closing();
    }
  }

  /** Nothing more is sent, read or answered, for TCP is broken off now. */
  public void abandon() {
    ignoreRest();
    stop();
  }

  public State state() {
    return state;
  }

  /** Whether the opening handshake has succeeded, at this time or before. */
  public boolean hasOpened() {
    return received != null;
  }

  /** How the connection ended, or stands now. */
  public Closure closure() {
    return new Closure(closeInitiator, closeReceived, closeSent, failure);
  }

  /** What has come from the client so far. */
  public Flow flowReceived() {
    return flowReceived.flow();
  }

  /** What has gone to the client so far. */
  public Flow flowSent() {
    return writer == null ? Flow.NONE : writer.flow();
  }

  private void answer(Opening.Answer answer) {
    opening = null;
    // Unless the listener has closed it.
    if (state == State.CONNECTING) {
      outlet.write(answer.response().bytes());
      if (answer.opened() == null) {
        finish();
      } else {
        open(answer.opened());
      }
    }
  }

  private void open(Handshake.Accepted handshake) {
    agreed = handshake.deflate().agreed();
    Compression compression = agreed == null ? null : new Compression(agreed, pool);
    received =
        new Inspector(Endpoint.CLIENT, limits, compression, 0, new Received(listener.received()));
    writer = new FrameWriter(outlet, compression, pool, listener.sent());
    state = State.OPEN;
    handler.opened(this);
  }

  /** Fails the connection (§7.1.7): Close with the rule's code, then nothing more in or out. */
  private void fail(Violation violation) {
    failure = violation.rule();
    // First, for the link may break at what is sent.
    ignoreRest();
    if (state == State.OPEN) {
      sendClose(CloseBody.of(failure.closeCode(), failure.title()));
    }
    finish();
  }

  private void closeReceived(CloseBody body) {
    closeReceived = body;
    if (state == State.OPEN) {
      if (!handler.answersClose()) {
        return;
      }
      // The answer bears the same code (§5.5.1), and the reason so that the client sees it came.
      sendClose(body);
    }
    finish();
  }

  /** Our Close is out, and may be a late answer to the client's. */
  private void closing() {
    if (closeReceived != null) {
      finish();
    }
  }

  private void pong(ByteBuffer payload) {
    if (writer != null && writer.takes(Opcode.PONG)) {
      writer.write(Opcode.PONG, payload);
    }
  }

  /** Sends Close, unless a fault stands against it. */
  private void sendClose(CloseBody body) {
    closeInitiator = initiator();
    if (writer != null && writer.takes(Opcode.CLOSE)) {
      closeSent = body;
      writer.write(Opcode.CLOSE, body.bytes());
    }
  }

  /** Who began to close, now that our Close goes out. */
  private Endpoint initiator() {
    return closeReceived == null ? Endpoint.SERVER : Endpoint.CLIENT;
  }

  private void finish() {
    if (stop()) {
      outlet.end();
    }
  }

  /** Lets go of everything; false if that was done before. */
  private boolean stop() {
    if (state == State.CLOSED) {
      return false;
    }
    state = State.CLOSED;
    if (received != null && writer != null) {
      received.close();
      writer.close();
    }
    return true;
  }

  /** Whatever still comes is not looked at. */
  private void ignoreRest() {
    if (received != null) {
      received.stop();
    }
  }

  /** Shows every event to the listener first, then does what the protocol asks for. */
  private final class Received extends ForwardingListener {
    private final PayloadBuffer collected = new PayloadBuffer(pool);

    /** The only slice of a message that came in one; null otherwise. */
    private @Nullable ByteBuffer whole;

    Received(InspectionListener shown) {
      super(shown);
    }

    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      flowReceived.frame();
      super.frameStarted(header, sender, violations);
      for (int i = 0; i < violations.size(); i++) {
        failIfError(violations.get(i));
      }
    }

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      int start = data.position();
      super.messageData(message, data, last);
      data.position(start);
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
      flowReceived.message(message.length(), message.wireLength());
      super.messageEnded(message);
      if (state == State.OPEN) {
        ByteBuffer payload = whole == null ? collected.content() : whole;
        handler.message(Session.this, message.type(), payload);
      }
      whole = null;
      collected.clear();
    }

    @Override
    public void control(Opcode opcode, ByteBuffer payload) {
      int start = payload.position();
      super.control(opcode, payload);
      payload.position(start);
      // Also between our Close and the client's (§5.5.2).
      if (opcode == Opcode.PING && state != State.CLOSED && handler.answersPing()) {
        pong(payload);
      } else if (opcode == Opcode.PONG) {
        handler.pong(payload);
      }
    }

    @Override
    public void close(@Nullable CloseBody body) {
      super.close(body);
      if (body != null && state != State.CLOSED) {
        closeReceived(body);
      }
    }

    @Override
    public void violation(Violation violation) {
      super.violation(violation);
      failIfError(violation);
    }

    private void failIfError(Violation violation) {
      if (!violation.rule().isError()) {
        return;
      }
      super.failed();
      if (state == State.CLOSED) {
        ignoreRest();
      } else {
        fail(violation);
      }
    }
  }
}
