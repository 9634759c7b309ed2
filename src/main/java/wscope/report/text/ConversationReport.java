package wscope.report.text;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.ConversationListener;
import wscope.protocol.ForwardingListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.handshake.AcceptKey;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.Hixie76;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.report.Detail;
import wscope.report.Preview;
import wscope.report.Totals;
import wscope.report.Viewing;

/** A stream of bytes as text: the handshake, if it begins with one, and the frames. */
public final class ConversationReport extends ForwardingListener implements ConversationListener {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int RANGE = 60;
  private static final int VALUE = 13;

  private final Screen screen;
  private final Preview body;
  private final Totals totals = new Totals();
  private final Viewing viewing;

  /** What the end of the input tears of a handshake; null if nothing. */
  private @Nullable String torn;

  public ConversationReport(Screen screen, Viewing viewing) {
    super(new FrameReport(screen, viewing, "", null));
    this.screen = screen;
    this.viewing = viewing;
    body = new Preview(viewing.kept() == Detail.NONE ? 0 : viewing.preview());
  }

  @Override
  public void request(long offset, String received, @Nullable RequestHead head, Handshake judged) {
    totals.violations(judged.violations());
    if (viewing.detail() == Detail.NONE) {
      return;
    }
    head("request", offset, received);
    judged.violations().forEach(violation -> Violations.show(screen, violation));
    if (viewing.detail() == Detail.BITS && judged instanceof Handshake.Accepted accepted) {
      AcceptKeyReport.steps(screen, accepted.key());
    }
    if (head != null) {
      LegacyReport.show(screen, head);
    }
  }

  @Override
  public void challenge(RequestHead request, ByteBuffer bytes) {
    Hixie76 challenge = viewing.detail() == Detail.NONE ? null : Hixie76.of(request, bytes);
    if (challenge == null) {
      return;
    }
    challenge(bytes, "   the eight bytes behind the head");
    number("number 1", challenge.first());
    number("number 2", challenge.second());
    if (challenge.isValid()) {
      byte[] answer = challenge.answer();
      screen.text("MD5").pad(VALUE).text(HEX.formatHex(answer)).endLine();
      screen.pad(VALUE);
      SafeText.quoted(screen, ByteBuffer.wrap(answer));
      screen.text(", the 16 bytes that answer it").endLine();
    }
  }

  @Override
  public void response(
      long offset,
      String received,
      @Nullable RequestHead request,
      @Nullable ResponseHead head,
      List<Violation> violations) {
    totals.violations(violations);
    if (viewing.detail() == Detail.NONE) {
      return;
    }
    head("response", offset, received);
    violations.forEach(violation -> Violations.show(screen, violation));
    if (head == null) {
      return;
    }
    if (head.status() != 101) {
      screen.text("refused", Style.ERROR).words(9).text("  no WebSocket opens with HTTP ");
      screen.number(head.status()).endLine();
      return;
    }
    if (violations.stream().noneMatch(violation -> isAboutAccept(violation.rule()))) {
      accepted(request);
    }
    if (violations.stream().anyMatch(violation -> violation.rule().isError())) {
      screen.text("failed", Style.ERROR).words(9).text("   a client must fail the connection");
    } else {
      screen.text("open", Style.HEADING).words(9).text("     extensions: ");
      fields(head, "Sec-WebSocket-Extensions");
      screen.text("   subprotocol: ");
      fields(head, "Sec-WebSocket-Protocol");
    }
    screen.endLine();
  }

  @Override
  public void body(ByteBuffer bytes) {
    body.add(bytes);
  }

  @Override
  public void headTorn(long offset, String received) {
    torn = "head";
    if (viewing.detail() != Detail.NONE) {
      head("torn", offset, received);
      screen.text("✗ incomplete", Style.ERROR);
      screen.text("   the head has no blank line that ends it").endLine();
    }
  }

  @Override
  public void challengeTorn(long offset, ByteBuffer bytes) {
    torn = "challenge";
    if (viewing.detail() == Detail.NONE) {
      return;
    }
    if (bytes.hasRemaining()) {
      challenge(bytes, "   of the eight bytes behind the head");
    }
    int missing = Hixie76.BODY_BYTES - bytes.remaining();
    screen.text("✗ incomplete", Style.ERROR).words(6).text("   at byte ");
    screen.number(offset + bytes.remaining()).text(": ").number(missing);
    screen.text(missing == 1 ? " byte" : " bytes").text(" of the eight behind the head");
    screen.text(missing == 1 ? " is missing" : " are missing").endLine();
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    totals.frame(violations);
    super.frameStarted(header, sender, violations);
  }

  @Override
  public void messageEnded(Message message) {
    totals.message();
    super.messageEnded(message);
  }

  @Override
  public void violation(Violation violation) {
    totals.violation(violation);
    super.violation(violation);
  }

  @Override
  public void ended(@Nullable Incomplete incomplete) {
    ByteBuffer shown = body.content();
    boolean any = shown.hasRemaining() || body.omitted() > 0;
    if (any && viewing.detail() != Detail.NONE) {
      screen.text("body", Style.HEADING).text("     ");
      Payloads.inLine(screen, shown, true, body.omitted());
      screen.endLine();
    }
    super.ended(incomplete);
    if (viewing.detail() == Detail.NONE) {
      verdict(incomplete != null);
    }
  }

  /** The verdict so far, of a stream that may go on. */
  public void verdict() {
    screen.prefix("");
    verdict(false);
  }

  private void verdict(boolean frameTorn) {
    boolean fine = totals.errors() == 0 && torn == null && !frameTorn;
    screen.text(fine ? "fine   " : "broken   ").words(9).number(totals.frames());
    screen.text(totals.frames() == 1 ? " frame, " : " frames, ").number(totals.messages());
    screen.text(totals.messages() == 1 ? " message, " : " messages, ").number(totals.errors());
    screen.text(totals.errors() == 1 ? " violation" : " violations");
    if (torn != null) {
      screen.text(", the ").text(torn).text(" is incomplete");
    } else if (frameTorn) {
      screen.text(", the last frame is incomplete");
    }
    screen.endLine();
  }

  private void head(String name, long offset, String received) {
    screen
        .text(name, Style.HEADING)
        .words(VALUE)
        .text("  ")
        .pad(RANGE)
        .style(Style.ASIDE)
        .text("bytes ");
    screen.number(offset).text("-").number(offset + received.length() - 1).plain().endLine();
    HeadLines.show(screen, "    ", received);
  }

  private void challenge(ByteBuffer bytes, String words) {
    screen.text("challenge", Style.HEADING).pad(VALUE);
    Payloads.hex(screen, bytes, bytes.position(), bytes.remaining());
    screen.text(words).endLine();
  }

  private static boolean isAboutAccept(Rule rule) {
    return rule == Rule.ACCEPT_MISSING || rule == Rule.ACCEPT_WRONG;
  }

  /** The accept value that the request asks for. */
  private void accepted(@Nullable RequestHead request) {
    if (request != null && request.first("Sec-WebSocket-Key") != null) {
      AcceptKey key = AcceptKey.of(request.all("Sec-WebSocket-Key").get(0).value());
      screen.text("accept").pad(VALUE).text(key.value()).text("   fits the key").endLine();
    }
  }

  private void fields(ResponseHead head, String name) {
    if (head.first(name) == null) {
      screen.text("none");
    }
    String separator = "";
    for (HeaderField field : head.all(name)) {
      screen.text(separator);
      SafeText.line(screen, field.value());
      separator = ", ";
    }
  }

  private void number(String name, long number) {
    screen.text(name).pad(VALUE);
    if (number < 0) {
      screen.text("none: its digits must be divisible by the count of its spaces").endLine();
    } else {
      screen.number(number).text("   its digits, divided by the count of its spaces").endLine();
    }
  }
}
