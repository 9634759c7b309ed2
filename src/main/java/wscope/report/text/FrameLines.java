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
import wscope.report.FrameEntry;
import wscope.report.LiveView;

/** Writes the lines for frames and messages. The caller decides which lines are shown. */
final class FrameLines {
  private static final int COLUMN = 10;
  private static final int RANGE = 60;

  // The columns of a line for each frame. Each has room for its longest usual value.
  private static final int FIN_COLUMN = 11;
  private static final int RSV_COLUMN = 18;
  private static final int OPCODE_COLUMN = 27;
  private static final int MASK_COLUMN = 52;
  private static final int KEY_COLUMN = 77;
  private static final int RANGE_COLUMN = 91;

  private static final String[] RSV = {
    "RSV 000", "RSV 001", "RSV 010", "RSV 011", "RSV 100", "RSV 101", "RSV 110", "RSV 111"
  };

  /** From the number of the frame to its length, before its bits. */
  private static final HeaderWords BITS_WORDS = new BitsWords();

  /** From the column of the opcode to the length. */
  private static final HeaderWords COLUMN_WORDS = new ColumnWords();

  private final Screen screen;
  private final LiveView view;

  FrameLines(Screen screen, LiveView view) {
    this.screen = screen;
    this.view = view;
  }

  /** Shows the header of a frame: in columns, or in words before its bits. The line stays open. */
  void head(FrameHeader header) {
    if (view.detail() == Detail.BITS) {
      number(header).words(COLUMN).text(BITS_WORDS.of(header));
      Payloads.count(screen, header.payloadLength());
      if (header.isLogged()) {
        return;
      }
      beginRange(header.offset());
    } else {
      number(header).table(FIN_COLUMN);
      columns(header);
      if (header.isLogged()) {
        return;
      }
      screen
          .column(RANGE_COLUMN)
          .style(Style.ASIDE)
          .text("bytes ")
          .number(header.offset())
          .text("-");
    }
    long end = header.payloadOffset() + header.payloadLength();
    if (header.payloadLength() >= 0 && end > 0) {
      screen.number(end - 1);
    }
    screen.plain();
  }

  /** Shows the time that a frame took through a proxy. */
  void crossing(FrameEntry frame) {
    if (frame.hasCrossed() && frame.crossing() < 0) {
      screen.style(Style.ASIDE).text("  queued").plain();
    } else if (frame.hasCrossed()) {
      screen.style(Style.ASIDE).text("  +");
      Durations.millis(screen, frame.crossing());
      screen.text(" ms").plain();
    }
  }

  private Screen number(FrameHeader header) {
    return screen.stamp().style(Style.HEADING).text("frame ").number(header.number()).plain();
  }

  private void columns(FrameHeader header) {
    screen.column(FIN_COLUMN).text(header.fin() ? "FIN 1" : "FIN 0");
    screen.column(RSV_COLUMN).text(RSV[header.byte0() >> 4 & 7]).column(OPCODE_COLUMN);
    screen.text(COLUMN_WORDS.of(header)).number(header.payloadLength());
    if (header.masked() && !header.isLogged()) {
      screen.column(KEY_COLUMN).text("key ");
      screen.hexInt(header.maskingKey());
    }
  }

  /** Shows the known fields of an incomplete header. */
  void head(IncompleteFrame incomplete, FrameHeader known) {
    number(known).words(COLUMN).text(firstByte(known));
    screen.text(known.masked() ? ", masked" : "");
    if (incomplete.hasLength()) {
      Payloads.count(screen.text(", "), known.payloadLength());
    }
    screen.text(", header incomplete");
    beginRange(known.offset());
    screen.number(known.offset() + incomplete.header().remaining() - 1).plain().endLine();
  }

  /** What follows the number of a frame, up to the rest of its first byte. */
  private static String firstByte(FrameHeader header) {
    Opcode opcode = header.opcode();
    return "   "
        + opcode.label()
        + (opcode.isReserved() ? " opcode 0x" + Integer.toHexString(opcode.code()) : "")
        + (header.fin() ? ", FIN" : ", FIN 0")
        + (header.rsv1() ? ", RSV1" : "")
        + (header.rsv2() ? ", RSV2" : "")
        + (header.rsv3() ? ", RSV3" : "");
  }

  private void beginRange(long offset) {
    if (view.detail() == Detail.BITS) {
      screen.text("  ").pad(RANGE);
    } else {
      screen.text("   ");
    }
    screen.style(Style.ASIDE).text("bytes ").number(offset).text("-");
  }

  /** Shows a control frame in its own line, for a report without frames. */
  void control(Opcode opcode, ByteBuffer payload) {
    screen.stamp().text(opcode.label(), Style.HEADING).words(COLUMN).text(", ");
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
    screen.stamp().text("close", Style.HEADING).words(COLUMN).text("     ");
    if (sender != null) {
      screen.text(from(sender)).text(", ");
    }
    if (body.hasCode()) {
      screen.number(body.code()).text(" ").text(CloseCode.label(body.code()));
    } else {
      screen.text("no code, which a WebSocket API reports as 1005");
    }
    if (body.reason().hasRemaining()) {
      screen.text("   reason ").whole().style(Style.TEXT);
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
    screen.stamp().style(Style.HEADING).text("message ").number(shown.number()).plain();
    screen.words(COLUMN).text("   ");
    screen.text(shown.type().label()).text(", ");
    Payloads.count(screen, shown.length());
    if (shown.frames() == 1) {
      screen.text(" in 1 frame");
    } else if (shown.frames() > 1) {
      screen.text(" in ").number(shown.frames()).text(" frames");
    }
    if (bothEnds) {
      screen.text(", ").text(from(shown.sender()));
    }
    if (shown.compression() != null) {
      screen.text(sent ? ", compressed to " : ", inflated from ");
      Payloads.count(screen, shown.wireLength());
      screen.text(shown.isCompressionAssumed() ? " (permessage-deflate assumed)" : "");
    }
    if (shown.isContextUnknown()) {
      screen.text("; the rest refers to data that is not known");
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

  private static final class BitsWords extends HeaderWords {
    @Override
    String words(FrameHeader header) {
      return firstByte(header) + (header.masked() ? ", masked, " : ", ");
    }
  }

  private static final class ColumnWords extends HeaderWords {
    @Override
    String words(FrameHeader header) {
      Opcode opcode = header.opcode();
      String shown = "opcode 0x" + Integer.toHexString(opcode.code()) + " " + opcode.label();
      String padded = shown + " ".repeat(MASK_COLUMN - OPCODE_COLUMN - shown.length());
      return padded + (header.masked() ? "MASK 1" : "MASK 0") + "  length ";
    }
  }
}
