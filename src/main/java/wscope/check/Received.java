package wscope.check;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Notes the frames of the other endpoint in an observation. */
final class Received implements FrameListener {
  /** Messages are kept up to the wanted number of bytes and this. */
  private static final long MOST_MORE = 1 << 20;

  private static final int MOST_VIOLATIONS = 100;

  private static final int MOST_KEYS = 100;

  /** More messages than any case asks for. */
  private static final int MOST_MESSAGES = 1000;

  private final Observation seen;
  private final Controls controls;
  private final long mostBytes;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  /** Receives pings and pongs. */
  interface Controls {
    /** A ping whose payload is valid during the call. */
    void ping(ByteBuffer payload);

    void pong(String payload);
  }

  /**
   * Creates a listener.
   *
   * @param wanted the number of bytes of the messages that the server has to return
   */
  Received(Observation seen, long wanted, Controls controls) {
    this.seen = seen;
    this.controls = controls;
    mostBytes = wanted + MOST_MORE;
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    seen.frames++;
    if (header.opcode() != Opcode.CLOSE) {
      seen.lastFrameAt = System.nanoTime();
    }
    if (header.masked() && seen.maskingKeys.size() < MOST_KEYS) {
      seen.maskingKeys.add(header.maskingKey());
    }
    for (int i = 0; i < violations.size(); i++) {
      violation(violations.get(i));
    }
  }

  @Override
  public void headerIncomplete(
      IncompleteFrame incomplete, FrameHeader known, Endpoint sender, List<Violation> violations) {
    for (int i = 0; i < violations.size(); i++) {
      violation(violations.get(i));
    }
  }

  @Override
  public void violation(Violation violation) {
    if (seen.ofFrames.size() < MOST_VIOLATIONS) {
      seen.ofFrames.add(violation);
    }
  }

  @Override
  public void messageStarted(Message message) {
    content.reset();
  }

  @Override
  public void messageData(Message message, ByteBuffer data, boolean last) {
    seen.messageBytes += data.remaining();
    if (seen.messageBytes <= mostBytes) {
      byte[] bytes = new byte[data.remaining()];
      data.duplicate().get(bytes);
      content.writeBytes(bytes);
    }
  }

  @Override
  public void messageEnded(Message message) {
    if (seen.messageBytes <= mostBytes && seen.messages.size() < MOST_MESSAGES) {
      seen.messages.add(
          new Payload(message.type() == Opcode.TEXT, ByteBuffer.wrap(content.toByteArray())));
    } else {
      seen.lacksMessages = true;
    }
    content.reset();
  }

  @Override
  public void control(Opcode opcode, ByteBuffer payload) {
    if (opcode == Opcode.PONG) {
      controls.pong(StandardCharsets.ISO_8859_1.decode(payload.duplicate()).toString());
    } else if (opcode == Opcode.PING) {
      seen.pings++;
      controls.ping(payload);
    }
  }

  @Override
  public void close(@Nullable CloseBody body) {
    // Some servers send a second Close before they end TCP: the first one counts.
    if (seen.close == Observation.NO_CLOSE) {
      seen.close = body == null ? CloseBody.NO_CODE : body.code();
      seen.closeReason =
          body == null ? "" : StandardCharsets.UTF_8.decode(body.reason().duplicate()).toString();
    }
  }
}
