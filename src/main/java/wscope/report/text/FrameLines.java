package wscope.report.text;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;

/** Writes the lines for frames and messages. The caller decides which lines are shown. */
final class FrameLines {
  private static final int COLUMN = 10;
  private static final int RANGE = 60;

  private final Screen screen;
  private final LiveView view;

  FrameLines(Screen screen, LiveView view) {
    this.screen = screen;
    this.view = view;
  }

  /** Shows the header of a frame. The line stays open. */
  void head(FrameHeader header) {
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
    if (view.detail() == Detail.BITS) {
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

  /** Shows a control frame in its own line, for a report without frames. */
  void control(Opcode opcode, ByteBuffer payload) {
    screen.stamp().text(opcode.label(), Style.HEADING).text(", ");
    Payloads.count(screen, payload.remaining());
    boolean text = !opcode.isReserved();
    if (text || payload.hasRemaining()) {
      screen.text("   ");
      Payloads.inLine(screen, payload, text, 0);
    }
    screen.endLine();
  }

  /**
   * Shows the body of a Close frame.
   *
   * @param sender the sender; null if the stream has only one
   */
  void close(CloseBody body, @Nullable Endpoint sender) {
    screen.stamp().text("close", Style.HEADING).text("     ");
    if (sender != null) {
      screen.text(from(sender)).text(", ");
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
  }

  /**
   * Shows the type and size of a message. The line stays open.
   *
   * @param sent whether the reporting endpoint has sent the message
   */
  void message(Message shown, boolean bothEnds, boolean sent) {
    screen.stamp().style(Style.HEADING).text("message ").number(shown.number()).plain().text("   ");
    screen.text(shown.type().label()).text(", ");
    Payloads.count(screen, shown.length()).text(" in ").number(shown.frames());
    screen.text(shown.frames() == 1 ? " frame" : " frames");
    if (bothEnds) {
      screen.text(", ").text(from(shown.sender()));
    }
    if (shown.compression() != null) {
      screen.text(sent ? ", compressed to " : ", inflated from ");
      Payloads.count(screen, shown.wireLength());
    }
  }

  /** Shows the compression ratio and the negotiated window (RFC 7692 §7.1). */
  void compression(Message shown, DeflateParameters agreed) {
    screen.style(Style.ASIDE).text("            ").words(COLUMN + 2);
    if (shown.length() > 0) {
      screen.number(100 * shown.wireLength() / shown.length()).text(" % of its size, ");
    }
    screen.text("window ");
    Payloads.count(screen, 1L << agreed.maxWindowBits(shown.sender()));
    boolean takesOver = agreed.takesContextOver(shown.sender());
    screen.text(takesOver ? ", kept for the next message" : ", reset for each message");
    screen.plain().endLine();
  }

  /** Shows the missing part of a frame at the end of the stream. */
  void incomplete(IncompleteFrame incomplete) {
    screen.stamp().text("✗ incomplete", Style.ERROR).words(6).text("   frame ");
    screen.number(incomplete.frame()).text(", at byte ").number(incomplete.offset()).text(": ");
    screen.number(incomplete.missing()).text(incomplete.missing() == 1 ? " byte" : " bytes");
    screen.text(" of its ").text(incomplete.field().label());
    screen.text(incomplete.missing() == 1 ? " is missing" : " are missing").endLine();
  }

  private static String from(Endpoint sender) {
    return sender == Endpoint.CLIENT ? "from the client" : "from the server";
  }
}
