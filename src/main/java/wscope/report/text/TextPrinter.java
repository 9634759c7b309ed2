package wscope.report.text;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Cause;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.report.Detail;
import wscope.report.FrameEntry;
import wscope.report.LiveView;
import wscope.report.MessageEntry;
import wscope.report.Printer;
import wscope.report.StreamEnd;

/** Prints frames, messages, closes and violations as text. Subclasses set the prefix of lines. */
abstract class TextPrinter implements Printer {
  private static final int FRAME_LINE_TEXT = 24;
  private static final int FRAME_LINE_BYTES = 8;

  final Screen screen;
  final LiveView view;
  private final FrameLines lines;
  private final FrameBits bits;
  private final FrameForms forms;

  TextPrinter(Screen screen, LiveView view) {
    this.screen = screen;
    this.view = view;
    lines = new FrameLines(screen, view);
    bits = new FrameBits(screen, view);
    forms = new FrameForms(screen);
  }

  /**
   * Sets the prefix of the next lines to that of a direction.
   *
   * @param sender the sender; null for a stream with the frames of both endpoints
   */
  abstract void prefix(@Nullable Endpoint sender);

  /** Whether the sender is the endpoint that prints the connection. */
  abstract boolean isSelf(Endpoint sender);

  @Override
  public boolean frameStarted(FrameEntry frame) {
    boolean allBits = view.detail() == Detail.BITS && !frame.header().isLogged();
    if (!allBits && frame.headerViolations().isEmpty()) {
      return false;
    }
    prefix(frame.sender());
    if (allBits) {
      bits(frame);
    } else {
      // The frame may never end, so its line is printed now, without its payload.
      headLine(frame);
      Violations.show(screen, view.advice(), frame.headerViolations(), frame.fault());
    }
    return !allBits;
  }

  private void bits(FrameEntry frame) {
    boolean plain = frame.headerViolations().isEmpty() && !view.explains();
    if (!forms.show(frame, plain)) {
      headLine(frame);
      bits.firstBytes(frame);
      forms.end(frame);
    }
    bits.furtherBytes(frame);
  }

  private void headLine(FrameEntry frame) {
    lines.head(frame.header());
    lines.crossing(frame);
    screen.endLine();
  }

  @Override
  public void headerIncomplete(
      IncompleteFrame incomplete, FrameHeader known, Endpoint sender, List<Violation> violations) {
    boolean allBits = view.detail() == Detail.BITS;
    if (!allBits && violations.isEmpty()) {
      return;
    }
    prefix(sender);
    lines.head(incomplete, known);
    if (allBits) {
      bits.header(incomplete, known, sender, violations);
    } else {
      Violations.show(screen, view.advice(), violations);
    }
  }

  @Override
  public void frameEnded(FrameEntry frame) {
    prefix(frame.sender());
    Detail detail = view.detail();
    boolean logged = frame.header().isLogged();
    if (detail == Detail.BITS && !logged) {
      bits.payload(frame.header(), frame.payload(), frame.isText(), frame.omitted());
    } else if (detail.atLeast(Detail.FRAMES) && !frame.isPrinted()) {
      frameLine(frame);
    } else if (detail == Detail.MESSAGES && !frame.payloadViolations().isEmpty()) {
      screen.stamp();
    }
    Violations.show(screen, view.advice(), frame.payloadViolations(), frame.fault());
  }

  private void frameLine(FrameEntry frame) {
    FrameHeader header = frame.header();
    lines.head(header);
    lines.crossing(frame);
    ByteBuffer payload = frame.payload();
    // The line of a Close frame shows its body.
    if (payload.hasRemaining() && header.opcode() != Opcode.CLOSE) {
      screen.text("   ");
      int most = frame.isText() ? FRAME_LINE_TEXT : FRAME_LINE_BYTES;
      Payloads.cut(screen, payload, frame.isText(), frame.omitted(), most);
    }
    screen.endLine();
  }

  @Override
  public void message(FrameEntry last, MessageEntry entry, MessageEntry.Fate fate) {
    Message message = entry.message();
    prefix(message.sender());
    if (fate == MessageEntry.Fate.COMPLETE) {
      complete(last, entry, message);
    } else if (fate != MessageEntry.Fate.DISCARDED) {
      boolean interrupted = fate == MessageEntry.Fate.INTERRUPTED;
      lines.message(message, last.hasBothSenders(), isSelf(message.sender()));
      screen.text(interrupted ? "   never finished" : "   unfinished").endLine();
    }
  }

  private void complete(FrameEntry last, MessageEntry entry, Message message) {
    DeflateParameters agreed = message.compression();
    // For a message of one frame, the line of the frame has already shown the payload, unless the
    // line came before the payload or shows it compressed.
    if (view.detail() == Detail.FRAMES
        && message.frames() == 1
        && !last.isPrinted()
        && agreed == null) {
      pretty(entry);
      return;
    }
    lines.message(message, last.hasBothSenders(), isSelf(message.sender()));
    if (entry.isText() || message.length() > 0) {
      screen.text("   ");
      Payloads.inLine(screen, entry.content(), entry.isText(), entry.omitted());
    }
    screen.endLine();
    if (view.detail() == Detail.BITS && agreed != null) {
      lines.compression(message, agreed);
    }
    pretty(entry);
  }

  /** Indents a message that is JSON, if all of it is known. */
  private void pretty(MessageEntry entry) {
    if (view.isPretty() && entry.isText() && entry.omitted() == 0) {
      PrettyJson.show(screen, entry.content());
    }
  }

  @Override
  public void control(FrameEntry frame, Opcode opcode, ByteBuffer payload) {
    // Without frames, no line of a frame shows the payload.
    if (view.detail() == Detail.MESSAGES || !frame.isKnown()) {
      prefix(frame.sender());
      lines.control(opcode, payload);
    }
  }

  @Override
  public void close(FrameEntry frame, @Nullable CloseBody body) {
    if (body == null) {
      return;
    }
    prefix(frame.sender());
    lines.close(body, frame.hasBothSenders() ? frame.sender() : null);
    if (view.explains()) {
      Derivation.close(screen, body);
    }
  }

  @Override
  public void cause(Endpoint sender, Cause cause) {
    prefix(sender);
    screen.stamp().text("cause", Style.HEADING).words(10).text("     frame ");
    screen.number(cause.frame()).text(": ");
    SafeText.words(screen, cause.found());
    screen.endLine();
  }

  @Override
  public void violation(Endpoint sender, Violation violation) {
    prefix(sender);
    screen.stamp();
    Violations.show(screen, view.advice(), violation, null);
  }

  @Override
  public void ended(StreamEnd end) {
    if (end.frame() != null && view.detail() != Detail.NONE) {
      prefix(end.sender());
      lines.incomplete(end.frame());
    }
  }
}
