package wscope.report.text;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.report.Detail;
import wscope.report.JoinedMessage;
import wscope.report.LiveView;
import wscope.report.Preview;

/**
 * One direction of a connection as text: frames, messages, closes and broken rules, in the order of
 * the bytes and however these were cut.
 */
public final class FrameReport implements FrameListener {
  private static final int FRAME_LINE_TEXT = 24;
  private static final int FRAME_LINE_BYTES = 8;

  private final Screen screen;
  private final LiveView view;
  private final byte[] prefix;
  private final @Nullable FrameReport before;
  private final FrameLines lines;
  private final FrameBits bits;
  private final Preview framePreview;
  private final JoinedMessage fromClient;
  private final JoinedMessage fromServer;
  private final List<Violation> payloadViolations = new ArrayList<>(0);
  private @Nullable FrameHeader frame;
  private boolean frameShown;

  /** The message that the payload of the frame at hand belongs to. */
  private @Nullable Message frameMessage;

  /** A message that the frame at hand has put an end to. */
  private @Nullable Message interrupted;

  private @Nullable Endpoint lastSender;
  private boolean bothEnds;
  private boolean failed;

  /**
   * @param prefix of every line, such as {@code "#1 < "}
   * @param before the report of the other direction, if it has one: a broken frame there is what a
   *     frame here answers, and is shown first
   */
  public FrameReport(Screen screen, LiveView view, String prefix, @Nullable FrameReport before) {
    this.screen = screen;
    this.view = view;
    this.prefix = Screen.encoded(prefix);
    this.before = before;
    lines = new FrameLines(screen, view);
    bits = new FrameBits(screen, view);
    Detail kept = view.kept();
    framePreview = new Preview(kept.atLeast(Detail.FRAMES) ? view.preview() : 0);
    long ofMessage = kept == Detail.NONE ? 0 : view.preview();
    fromClient = new JoinedMessage(ofMessage);
    fromServer = new JoinedMessage(ofMessage);
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    if (before != null) {
      before.showBrokenFrame();
    }
    bothEnds |= lastSender != null && lastSender != sender;
    lastSender = sender;
    frame = header;
    frameMessage = null;
    frameShown = false;
    if (view.detail() == Detail.NONE) {
      return;
    }
    screen.prefix(prefix);
    if (view.detail() == Detail.BITS) {
      lines.head(header);
      screen.endLine();
      bits.header(header, violations);
    } else if (!violations.isEmpty()) {
      // The frame may never end, so it is shown now, without its payload.
      lines.head(header);
      screen.endLine();
      frameShown = true;
      Violations.show(screen, view.advice(), violations);
    }
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer payload, long index) {
    framePreview.add(payload);
  }

  @Override
  public void frameEnded(FrameHeader header) {
    endFrame();
  }

  /** A frame whose payload breaks a rule may never end: shows what has come of it. */
  private void showBrokenFrame() {
    if (!payloadViolations.isEmpty()) {
      endFrame();
    }
  }

  @Override
  public void messageStarted(Message started) {
    joined(started.sender()).start(started);
  }

  @Override
  public void messageData(Message current, ByteBuffer data, boolean last) {
    frameMessage = current;
    joined(current.sender()).add(data);
  }

  @Override
  public void messageEnded(Message ended) {
    JoinedMessage joined = joined(ended.sender());
    // The line of its only frame has shown a message already, unless that came before the payload
    // or shows it compressed.
    boolean shown =
        view.detail() == Detail.FRAMES
            && ended.frames() == 1
            && !frameShown
            && ended.compression() == null;
    if (view.detail() != Detail.NONE && !shown) {
      screen.prefix(prefix);
      lines.message(ended, bothEnds);
      boolean text = joined.isText();
      if (text || ended.length() > 0) {
        screen.text("   ");
        Payloads.inLine(screen, joined.content(), text, joined.omitted());
      }
      screen.endLine();
      DeflateParameters agreed = ended.compression();
      if (view.detail() == Detail.BITS && agreed != null) {
        lines.compression(ended, agreed);
      }
    }
    joined.clear();
  }

  @Override
  public void messageAbandoned(Message abandoned) {
    // Shown behind the frame that interrupts it.
    interrupted = abandoned.copy();
    joined(abandoned.sender()).clear();
  }

  @Override
  public void control(Opcode opcode, ByteBuffer payload) {
    if (view.detail() == Detail.MESSAGES) {
      screen.prefix(prefix);
      lines.control(opcode, payload);
    }
  }

  @Override
  public void close(@Nullable CloseBody body) {
    if (view.detail() == Detail.NONE || body == null) {
      return;
    }
    screen.prefix(prefix);
    lines.close(body, bothEnds ? lastSender : null);
    if (view.explains()) {
      Derivation.close(screen, body);
    }
  }

  @Override
  public void violation(Violation violation) {
    if (view.detail() == Detail.NONE) {
      return;
    }
    if (frame == null) {
      screen.prefix(prefix);
      screen.stamp();
      Violations.show(screen, view.advice(), violation);
    } else {
      // Shown under the payload, which is shown when the frame ends.
      payloadViolations.add(violation);
    }
  }

  @Override
  public void failed() {
    failed = true;
  }

  @Override
  public void ended(@Nullable Incomplete incomplete) {
    endFrame();
    if (view.detail() == Detail.NONE) {
      return;
    }
    screen.prefix(prefix);
    if (!failed) {
      unfinished(fromClient);
      unfinished(fromServer);
    }
    if (incomplete != null) {
      lines.incomplete(incomplete);
    }
  }

  private void endFrame() {
    FrameHeader header = frame;
    if (header != null && view.detail() != Detail.NONE) {
      screen.prefix(prefix);
      if (view.detail() == Detail.BITS) {
        bits.payload(header, framePreview.content(), isText(header), framePreview.omitted());
      } else if (view.detail() == Detail.FRAMES && !frameShown) {
        frameLine(header);
      } else if (view.detail() == Detail.MESSAGES && !payloadViolations.isEmpty()) {
        screen.stamp();
      }
      Violations.show(screen, view.advice(), payloadViolations);
      if (interrupted != null) {
        lines.message(interrupted, bothEnds);
        screen.text("   never finished").endLine();
      }
    }
    interrupted = null;
    payloadViolations.clear();
    framePreview.clear();
    frame = null;
  }

  private void frameLine(FrameHeader header) {
    lines.head(header);
    ByteBuffer payload = framePreview.content();
    // The line of a close tells what it says.
    if (payload.hasRemaining() && header.opcode() != Opcode.CLOSE) {
      screen.text("   ");
      boolean text = isText(header);
      int most = text ? FRAME_LINE_TEXT : FRAME_LINE_BYTES;
      Payloads.cut(screen, payload, text, framePreview.omitted(), most);
    }
    screen.endLine();
  }

  private boolean isText(FrameHeader header) {
    Opcode opcode = header.opcode();
    boolean compressed = frameMessage != null && frameMessage.compression() != null;
    return opcode == Opcode.PING || opcode == Opcode.PONG || (isText(frameMessage) && !compressed);
  }

  private static boolean isText(@Nullable Message message) {
    return message != null && message.type() == Opcode.TEXT && !message.isOpaque();
  }

  private JoinedMessage joined(Endpoint sender) {
    return sender == Endpoint.CLIENT ? fromClient : fromServer;
  }

  private void unfinished(JoinedMessage joined) {
    Message message = joined.message();
    if (message != null) {
      lines.message(message, bothEnds);
      screen.text("   unfinished").endLine();
    }
  }
}
