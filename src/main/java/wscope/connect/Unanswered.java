package wscope.connect;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Compares the messages that a server has answered with the last ones that it has not, to say why
 * an expected message may be missing.
 */
final class Unanswered {
  private static final int KEPT = 64;

  private final Last sent = new Last();
  private final Last received = new Last();

  /** The first frame of the last message sent, and how it was written. */
  private long frame;

  private LengthForm form = LengthForm.BITS_7;
  private boolean fragmented;

  /** What the server has shown to understand. */
  private LengthForm answeredForm = LengthForm.BITS_7;

  private boolean answeredFragments;

  /** The number of messages sent one after the other, and of those received since. */
  private long burst;

  private long back;

  /** The number of the server's frame that is arriving; 0 for none. */
  private long incomplete;

  private long announced;
  private long arrived;

  /** Receives what the client sends. */
  FrameListener ofClient() {
    return new Client();
  }

  /** Receives what the server sends. */
  FrameListener ofServer() {
    return new Server();
  }

  /** A conspicuous difference, in words; null if there is none. */
  @Nullable String hint() {
    if (incomplete > 0) {
      return "the server's frame "
          + incomplete
          + " is incomplete: "
          + arrived
          + " of "
          + announced
          + " bytes have arrived";
    }
    if (back == 0 && burst > 0) {
      return firstOfItsKind();
    }
    if (back > 0 && received.isBeginningOf(sent)) {
      return "the last message has only the first "
          + received.length
          + " of the "
          + sent.length
          + " bytes of the client's; does the server take what one read returns for the whole"
          + " frame?";
    }
    return back > 0 && back < burst
        ? "the client sent "
            + burst
            + " messages at once, and "
            + back
            + " came back; does the server look for another frame in what one read returns?"
        : null;
  }

  private @Nullable String firstOfItsKind() {
    String what =
        form.compareTo(answeredForm) > 0
            ? "with a " + form.bits() + "-bit length; look at the line that reads the length"
            : fragmented && !answeredFragments
                ? "of a message in fragments; look at the line that reads FIN"
                : null;
    return what == null
        ? null
        : "nothing came after the client's frame " + frame + ", the first " + what;
  }

  private void answered() {
    answeredForm = form.compareTo(answeredForm) > 0 ? form : answeredForm;
    answeredFragments |= fragmented;
    back++;
  }

  /** The beginning of the last message of a direction. */
  private static final class Last implements FrameListener {
    private final ByteBuffer start = ByteBuffer.allocate(KEPT);
    private long length;

    @Override
    public void messageStarted(Message message) {
      start.clear();
      length = 0;
    }

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      int count = Math.min(start.remaining(), data.remaining());
      start.put(data.slice(data.position(), count));
      length += data.remaining();
    }

    private boolean isBeginningOf(Last longer) {
      return length > 0
          && length < longer.length
          && start
              .duplicate()
              .flip()
              .equals(longer.start.duplicate().flip().limit(start.position()));
    }
  }

  private final class Client implements FrameListener {
    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      if (header.opcode() == Opcode.TEXT || header.opcode() == Opcode.BINARY) {
        form = header.lengthForm();
        fragmented = !header.fin();
        frame = header.number();
      }
    }

    @Override
    public void messageStarted(Message message) {
      sent.messageStarted(message);
      burst = back > 0 ? 1 : burst + 1;
      back = 0;
    }

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      sent.messageData(message, data, last);
    }
  }

  private final class Server implements FrameListener {
    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      incomplete = header.number();
      announced = header.payloadLength();
      arrived = 0;
    }

    @Override
    public void framePayload(FrameHeader header, ByteBuffer payload, long index) {
      arrived = index + payload.remaining();
    }

    @Override
    public void frameEnded(FrameHeader header) {
      incomplete = 0;
    }

    @Override
    public void messageStarted(Message message) {
      received.messageStarted(message);
    }

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      received.messageData(message, data, last);
    }

    @Override
    public void messageEnded(Message message) {
      answered();
    }
  }
}
