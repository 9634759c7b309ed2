package wscope.report.text;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.AcceptKey;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.Hixie76Challenge;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.report.Detail;
import wscope.report.IncompleteHandshake;
import wscope.report.LiveView;
import wscope.report.StreamEnd;
import wscope.report.Totals;

/** Prints a decoded stream as text: the handshake, if it begins with one, and the frames. */
final class StreamPrinter extends TextPrinter {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final byte[] NO_PREFIX = {};
  private static final int RANGE = 60;
  private static final int VALUE = 13;

  StreamPrinter(Screen screen, LiveView view) {
    super(screen, view);
  }

  @Override
  void prefix(@Nullable Endpoint sender) {
    screen.prefix(NO_PREFIX);
  }

  @Override
  boolean isSelf(Endpoint sender) {
    return false;
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Request request) {
      request(request);
    } else if (event instanceof Event.Challenge challenge) {
      challenge(challenge);
    } else if (event instanceof Event.Response response) {
      response(response);
    } else if (event instanceof Event.HeadIncomplete head) {
      headIncomplete(head);
    } else if (event instanceof Event.ChallengeIncomplete challenge) {
      challengeIncomplete(challenge);
    } else if (event instanceof Event.SurplusLineEnd surplus) {
      surplusLineEnd(surplus.offset());
    }
  }

  private void surplusLineEnd(long offset) {
    screen.text("✗ surplus line end   bytes ").number(offset).text("-").number(offset + 1);
    screen.text(": 0d 0a after the empty line of the head; skipped").endLine();
    screen.text("      hint: end the head with one empty line; a client reads the second one as");
    screen.text(" reserved opcode 0xd").endLine();
  }

  private void request(Event.Request event) {
    head("request", event.offset(), event.raw());
    Violations.show(screen, view.advice(), event.result().violations());
    if (view.detail() == Detail.BITS
        && event.result() instanceof HandshakeResult.Accepted accepted) {
      AcceptKeyReport.steps(screen, accepted.key());
    }
    if (event.head() != null) {
      LegacyReport.show(screen, event.head());
    }
  }

  private void challenge(Event.Challenge event) {
    ByteBuffer bytes = event.body();
    Hixie76Challenge challenge = Hixie76Challenge.of(event.request(), bytes);
    if (challenge == null) {
      return;
    }
    challenge(bytes, "   the eight bytes after the head");
    number("number 1", challenge.first());
    number("number 2", challenge.second());
    if (challenge.isValid()) {
      byte[] response = challenge.response();
      screen.text("MD5").pad(VALUE).text(HEX.formatHex(response)).endLine();
      screen.pad(VALUE);
      SafeText.quoted(screen, ByteBuffer.wrap(response));
      screen.text(", the 16 bytes of the response").endLine();
    }
  }

  private void response(Event.Response event) {
    head("response", event.offset(), event.raw());
    Violations.show(screen, view.advice(), event.violations());
    ResponseHead head = event.head();
    if (head == null) {
      return;
    }
    if (head.status() != 101) {
      screen.text("rejected", Style.ERROR).words(9).text(" with HTTP ").number(head.status());
      screen.text("; no WebSocket opens").endLine();
      return;
    }
    if (event.violations().stream().noneMatch(violation -> isAboutAccept(violation.rule()))) {
      accepted(event.request());
    }
    if (!event.opens()) {
      screen.text("failed", Style.ERROR).words(9).text("   a client must fail the connection");
    } else {
      screen.text("open", Style.HEADING).words(9).text("     extensions: ");
      fields(head, "Sec-WebSocket-Extensions");
      screen.text("   subprotocol: ");
      fields(head, "Sec-WebSocket-Protocol");
    }
    screen.endLine();
  }

  private void headIncomplete(Event.HeadIncomplete event) {
    head("head", event.offset(), event.raw());
    screen.text("✗ incomplete", Style.ERROR);
    screen.text("   the head does not end with an empty line").endLine();
  }

  private void challengeIncomplete(Event.ChallengeIncomplete event) {
    ByteBuffer bytes = event.body();
    long offset = event.offset();
    if (bytes.hasRemaining()) {
      challenge(bytes, "   of the eight bytes after the head");
    }
    int missing = Hixie76Challenge.BODY_BYTES - bytes.remaining();
    screen.text("✗ incomplete", Style.ERROR).words(6).text("   at byte ");
    screen.number(offset + bytes.remaining()).text(": ").number(missing);
    screen.text(" of the eight bytes after the head");
    screen.text(missing == 1 ? " is missing" : " are missing").endLine();
  }

  @Override
  public void body(Endpoint sender, ByteBuffer content, long omitted) {
    screen.text("body", Style.HEADING).text("     ");
    Payloads.inLine(screen, content, true, omitted);
    screen.endLine();
  }

  @Override
  public void ended(StreamEnd end) {
    super.ended(end);
    if (view.detail() == Detail.NONE && !end.totals().isEmpty()) {
      IncompleteHandshake handshake = end.handshake();
      String incomplete = end.frame() == null ? null : "last frame";
      verdict(screen, end.totals(), handshake == null ? incomplete : handshake.field());
    }
  }

  /**
   * Shows the verdict on a stream that may continue.
   *
   * @param incomplete the incomplete part at the end of the stream; null if there is none
   */
  static void verdict(Screen screen, Totals totals, @Nullable String incomplete) {
    screen.prefix("");
    screen.text(totals.isFine() ? "fine   " : "broken   ").words(9).number(totals.frames());
    screen.text(totals.frames() == 1 ? " frame, " : " frames, ").number(totals.messages());
    screen.text(totals.messages() == 1 ? " message, " : " messages, ").number(totals.errors());
    screen.text(totals.errors() == 1 ? " violation" : " violations");
    if (incomplete != null) {
      screen.text(", the ").text(incomplete).text(" is incomplete");
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

  /** Shows the accept value for the key of the request. */
  private void accepted(@Nullable RequestHead request) {
    if (request != null && request.first("Sec-WebSocket-Key") != null) {
      AcceptKey key = AcceptKey.of(request.all("Sec-WebSocket-Key").get(0).value());
      screen.text("accept").pad(VALUE).text(key.value()).text("   matches the key").endLine();
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
      screen
          .text("none: the digits of the key must be divisible by the number of its spaces")
          .endLine();
    } else {
      screen
          .number(number)
          .text("   the digits of the key, divided by the number of its spaces")
          .endLine();
    }
  }
}
