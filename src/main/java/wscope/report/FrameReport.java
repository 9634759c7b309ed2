package wscope.report;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.InspectionListener;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * One direction of a connection as text: frames, messages, closes and broken rules, in the order of
 * the bytes and however these were cut.
 */
public final class FrameReport implements InspectionListener {
  private static final int COLUMN = 10;
  private static final int RANGE = 60;
  private static final int FRAME_LINE_TEXT = 24;
  private static final int FRAME_LINE_BYTES = 8;

  private final Screen screen;
  private final Viewing viewing;
  private final byte[] prefix;
  private final @Nullable FrameReport before;
  private final FrameBits bits;
  private final Preview framePreview;
  private final Joined fromClient;
  private final Joined fromServer;
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
  public FrameReport(Screen screen, Viewing viewing, String prefix, @Nullable FrameReport before) {
    this.screen = screen;
    this.viewing = viewing;
    this.prefix = Screen.encoded(prefix);
    this.before = before;
    bits = new FrameBits(screen, viewing);
    Detail kept = viewing.kept();
    framePreview = new Preview(kept.atLeast(Detail.FRAMES) ? viewing.preview() : 0);
    long ofMessage = kept == Detail.NONE ? 0 : viewing.preview();
    fromClient = new Joined(ofMessage);
    fromServer = new Joined(ofMessage);
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
    if (viewing.detail() == Detail.NONE) {
      return;
    }
    screen.prefix(prefix);
    if (viewing.detail() == Detail.BITS) {
      headLine(header);
      screen.endLine();
      bits.header(header, violations);
    } else if (!violations.isEmpty()) {
      // The frame may never end, so it is shown now, without its payload.
      headLine(header);
      screen.endLine();
      frameShown = true;
      Violations.show(screen, violations);
    }
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
    framePreview.add(wire);
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
    joined(started.sender()).message = started;
  }

  @Override
  public void messageData(Message current, ByteBuffer data, boolean last) {
    frameMessage = current;
    joined(current.sender()).preview.add(data);
  }

  @Override
  public void messageEnded(Message ended) {
    Joined joined = joined(ended.sender());
    // The line of its only frame has shown a message already, unless that came before the payload
    // or shows it compressed.
    boolean shown =
        viewing.detail() == Detail.FRAMES
            && ended.frames() == 1
            && !frameShown
            && ended.compression() == null;
    if (viewing.detail() != Detail.NONE && !shown) {
      messageLine(ended);
      boolean text = isText(ended);
      if (text || ended.length() > 0) {
        screen.text("   ");
        Payloads.inLine(screen, joined.preview.content(), text, joined.preview.omitted());
      }
      screen.endLine();
      DeflateParameters agreed = ended.compression();
      if (viewing.detail() == Detail.BITS && agreed != null) {
        compressionLine(ended, agreed);
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
    if (viewing.detail() == Detail.MESSAGES) {
      screen.prefix(prefix);
      screen.stamp().text(opcode.label(), Style.HEADING).text(", ");
      Payloads.count(screen, payload.remaining()).text("   ");
      Payloads.inLine(screen, payload, true, 0);
      screen.endLine();
    }
  }

  @Override
  public void close(@Nullable CloseBody body) {
    if (viewing.detail() == Detail.NONE || body == null) {
      return;
    }
    screen.prefix(prefix);
    screen.stamp().text("close", Style.HEADING).text("     ");
    if (bothEnds && lastSender != null) {
      screen.text(from(lastSender)).text(", ");
    }
    if (body.hasCode()) {
      screen.number(body.code()).text(" ").text(CloseCode.label(body.code()));
    } else {
      screen.text("no code, which a WebSocket API reports as 1005");
    }
    if (body.reason().hasRemaining()) {
      screen.text("   reason ").style(Style.TEXT);
      SafeText.quoted(screen, body.reason());
      screen.plain();
    }
    screen.endLine();
    if (viewing.explains()) {
      Working.close(screen, body);
    }
  }

  @Override
  public void violation(Violation violation) {
    if (viewing.detail() == Detail.NONE) {
      return;
    }
    if (frame == null) {
      screen.prefix(prefix);
      screen.stamp();
      Violations.show(screen, violation);
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
    if (viewing.detail() == Detail.NONE) {
      return;
    }
    screen.prefix(prefix);
    if (!failed) {
      unfinished(fromClient);
      unfinished(fromServer);
    }
    if (incomplete != null) {
      incompleteLine(incomplete);
    }
  }

  private void endFrame() {
    FrameHeader header = frame;
    if (header != null && viewing.detail() != Detail.NONE) {
      screen.prefix(prefix);
      if (viewing.detail() == Detail.BITS) {
        bits.payload(header, framePreview.content(), isText(header), framePreview.omitted());
      } else if (viewing.detail() == Detail.FRAMES && !frameShown) {
        frameLine(header);
      } else if (viewing.detail() == Detail.MESSAGES && !payloadViolations.isEmpty()) {
        screen.stamp();
      }
      Violations.show(screen, payloadViolations);
      if (interrupted != null) {
        messageLine(interrupted);
        screen.text("   never finished").endLine();
      }
    }
    interrupted = null;
    payloadViolations.clear();
    framePreview.clear();
    frame = null;
  }

  private void frameLine(FrameHeader header) {
    headLine(header);
    ByteBuffer payload = framePreview.content();
    // The line of a close tells what it says.
    if (payload.hasRemaining() && header.opcode() != Opcode.CLOSE) {
      if (header.masked()) {
        Mask.apply(payload, header.maskingKey(), 0);
      }
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

  private Joined joined(Endpoint sender) {
    return sender == Endpoint.CLIENT ? fromClient : fromServer;
  }

  private void unfinished(Joined joined) {
    if (joined.message != null) {
      messageLine(joined.message);
      screen.text("   unfinished").endLine();
    }
  }

  private void headLine(FrameHeader header) {
    screen.stamp().style(Style.HEADING).text("frame ").number(header.number()).plain().text("   ");
    Opcode opcode = header.opcode();
    screen.text(opcode.label());
    if (opcode.isReserved()) {
      screen.text(" opcode 0x").text(Integer.toHexString(opcode.code()));
    }
    screen.text(header.fin() ? ", FIN" : ", FIN 0");
    screen.text(header.rsv1() ? ", RSV1" : "").text(header.rsv2() ? ", RSV2" : "");
    screen.text(header.rsv3() ? ", RSV3" : "").text(header.masked() ? ", masked, " : ", ");
    Payloads.count(screen, header.payloadLength());
    if (viewing.detail() == Detail.BITS) {
      screen.words(COLUMN).text("  ").pad(RANGE);
    } else {
      screen.text("   ");
    }
    screen.style(Style.ASIDE).text("bytes ").number(header.offset()).text("-");
    long end = header.payloadOffset() + header.payloadLength();
    if (header.payloadLength() >= 0 && end > 0) {
      screen.number(end - 1);
    }
    screen.plain();
  }

  private void messageLine(Message shown) {
    screen.prefix(prefix);
    screen.stamp().style(Style.HEADING).text("message ").number(shown.number()).plain().text("   ");
    screen.text(shown.type().label()).text(", ");
    Payloads.count(screen, shown.length()).text(" in ").number(shown.frames());
    screen.text(shown.frames() == 1 ? " frame" : " frames");
    if (bothEnds) {
      screen.text(", ").text(from(shown.sender()));
    }
    if (shown.compression() != null) {
      screen.text(", inflated from ");
      Payloads.count(screen, shown.wireLength());
    }
  }

  /** What the compression did, and under which agreement (RFC 7692 §7.1). */
  private void compressionLine(Message shown, DeflateParameters agreed) {
    long hundredths = shown.length() == 0 ? 0 : 100 * shown.wireLength() / shown.length();
    screen
        .style(Style.ASIDE)
        .text("            ")
        .words(COLUMN + 2)
        .number(hundredths)
        .text(" % of its size, window ");
    Payloads.count(screen, 1L << agreed.maxWindowBits(shown.sender()));
    boolean takesOver = agreed.takesContextOver(shown.sender());
    screen.text(takesOver ? ", kept for the next one" : ", new for each message");
    screen.plain().endLine();
  }

  private static String from(Endpoint sender) {
    return sender == Endpoint.CLIENT ? "from the client" : "from the server";
  }

  private void incompleteLine(Incomplete incomplete) {
    screen.stamp().text("✗ incomplete", Style.ERROR).words(6).text("   frame ");
    screen.number(incomplete.frame()).text(", at byte ").number(incomplete.offset()).text(": ");
    screen.number(incomplete.missing()).text(incomplete.missing() == 1 ? " byte" : " bytes");
    screen.text(" of its ").text(incomplete.field().label());
    screen.text(incomplete.missing() == 1 ? " is missing" : " are missing").endLine();
  }

  /** The message that one end is sending. */
  private static final class Joined {
    private final Preview preview;
    private @Nullable Message message;

    Joined(long preview) {
      this.preview = new Preview(preview);
    }

    void clear() {
      message = null;
      preview.clear();
    }
  }
}
