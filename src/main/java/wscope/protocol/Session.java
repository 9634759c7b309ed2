package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
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
    /** Nothing more is sent, and whatever comes is ignored. */
    CLOSED
  }

  private final SessionHandler handler;
  private final SessionListener listener;
  private final Outlet outlet;
  private final Inspector received;
  private final @Nullable Inspector sent;
  private final ByteBuffer headerBytes = ByteBuffer.allocate(FrameEncoder.LONGEST_HEADER);
  private @Nullable RequestDecoder request;
  private State state = State.CONNECTING;
  private boolean opened;
  private boolean ended;
  private final FlowCount flowReceived = new FlowCount();
  private final FlowCount flowSent = new FlowCount();
  private @Nullable Endpoint closeInitiator;
  private @Nullable CloseBody closeReceived;
  private @Nullable CloseBody closeSent;
  private @Nullable Rule failure;

  public Session(Limits limits, SessionHandler handler, SessionListener listener, Outlet outlet) {
    this.handler = handler;
    this.listener = listener;
    this.outlet = outlet;
    request = new RequestDecoder(limits.longestHead(), limits.mostHeaderFields());
    received = new Inspector(Endpoint.CLIENT, limits, null, 0, new Received(listener.received()));
    InspectionListener sentListener = listener.sent();
    sent =
        sentListener == null
            ? null
            : new Inspector(Endpoint.SERVER, Limits.NONE, null, 0, sentListener);
  }

  /**
   * Takes the next bytes from the client. The content of the buffer is used up: payloads are
   * unmasked in place.
   */
  public void feed(ByteBuffer in) {
    if (state == State.CONNECTING && request != null && request.feed(in)) {
      answer(request);
      request = null;
    }
    if (state == State.OPEN || state == State.CLOSING) {
      received.feed(in);
    }
    in.position(in.limit());
  }

  /** The client sends no more: TCP has ended, with a Close before it or without. */
  public void end() {
    if (opened && !ended) {
      ended = true;
      received.end();
      if (sent != null) {
        sent.end();
      }
    }
    finish();
  }

  /**
   * Sends a message in one frame, or a ping or pong.
   *
   * @param payload from position to limit; the position moves, its bytes stay as they are
   * @return false, and nothing is sent, unless the connection is open
   */
  public boolean send(Opcode opcode, ByteBuffer payload) {
    if (state != State.OPEN) {
      return false;
    }
    write(opcode, payload);
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
      sendClose(Endpoint.SERVER, CloseBody.of(code, reason));
      state = State.CLOSING;
    }
  }

  public State state() {
    return state;
  }

  /** Whether the opening handshake has succeeded, at this time or before. */
  public boolean hasOpened() {
    return opened;
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
    return flowSent.flow();
  }

  private void answer(RequestDecoder decoder) {
    Handshake handshake = ServerHandshake.judge(decoder.head(), decoder.violations());
    HttpResponse response = null;
    if (handshake instanceof Handshake.Accepted accepted) {
      response = accepted.response();
    } else if (handshake instanceof Handshake.Refused refused) {
      response = refused.response();
    } else if (handshake instanceof Handshake.PlainRequest plain) {
      response = handler.page(plain.request());
    }
    if (response == null) {
      throw new IllegalStateException("no answer to " + handshake);
    }
    listener.handshake(decoder.received(), handshake, response);
    outlet.write(response.bytes());
    if (handshake instanceof Handshake.Accepted) {
      state = State.OPEN;
      opened = true;
    } else {
      finish();
    }
  }

  /** Fails the connection (§7.1.7): Close with the rule's code, then nothing more in or out. */
  private void fail(Violation violation) {
    failure = violation.rule();
    if (state == State.OPEN) {
      sendClose(Endpoint.SERVER, CloseBody.of(failure.answer(), failure.title()));
    }
    finish();
  }

  private void closeReceived(CloseBody body) {
    closeReceived = body;
    if (state == State.OPEN) {
      // The answer bears the same code (§5.5.1), and the reason so that the client sees it came.
      sendClose(Endpoint.CLIENT, body);
    }
    finish();
  }

  private void sendClose(Endpoint initiator, CloseBody body) {
    closeInitiator = initiator;
    closeSent = body;
    write(Opcode.CLOSE, body.bytes());
  }

  private void finish() {
    if (state != State.CLOSED) {
      state = State.CLOSED;
      received.stop();
      outlet.end();
    }
  }

  private void write(Opcode opcode, ByteBuffer payload) {
    flowSent.frame();
    if (!opcode.isControl()) {
      flowSent.message(payload.remaining(), payload.remaining());
    }
    headerBytes.clear();
    FrameEncoder.header(FrameHeader.of(opcode, payload.remaining()), headerBytes);
    write(headerBytes.flip());
    write(payload);
  }

  private void write(ByteBuffer bytes) {
    if (sent != null) {
      // An inspector uses its input up, so it looks at a copy.
      sent.feed(ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip());
    }
    outlet.write(bytes);
  }

  /** Shows every event to the listener first, then does what the protocol asks for. */
  private final class Received extends ForwardingListener {
    private final PayloadBuffer collected = new PayloadBuffer();

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
      super.control(opcode, payload.duplicate());
      // Also between our Close and the client's (§5.5.2).
      if (opcode == Opcode.PING && state != State.CLOSED) {
        write(Opcode.PONG, payload);
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
      if (violation.rule().isError() && state != State.CLOSED) {
        fail(violation);
      }
    }
  }
}
