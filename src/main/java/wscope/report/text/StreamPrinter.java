package wscope.report.text;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.Hixie76Challenge;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.IncompleteHandshake;
import wscope.report.LiveView;
import wscope.report.StreamEnd;
import wscope.report.Totals;

/** Prints a decoded stream as text: the handshake, if it begins with one, and the frames. */
final class StreamPrinter extends TextPrinter {
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
    } else if (event instanceof Event.Interim interim) {
      head("response", interim.response().offset(), interim.response().raw());
      Violations.show(screen, view.advice(), interim.response().violations());
      ResponseOutcome.interim(screen);
    } else if (event instanceof Event.Response response) {
      response(response);
    } else if (event instanceof Event.HeadIncomplete head) {
      headIncomplete(head);
    } else if (event instanceof Event.ChallengeIncomplete challenge) {
      challengeIncomplete(challenge);
    } else if (event instanceof Event.ChallengeAnswer answer) {
      HixieReport.answer(screen, answer.challenge(), answer.bytes());
    } else if (event instanceof Event.HixieFrame frame) {
      HixieReport.frame(screen, frame);
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
    Hixie76Challenge challenge = Hixie76Challenge.of(event.request(), event.body());
    if (challenge != null) {
      HixieReport.steps(screen, challenge);
    }
  }

  private void response(Event.Response event) {
    head("response", event.offset(), event.raw());
    ResponseReport.show(screen, view.advice(), event, false);
    ResponseOutcome.show(screen, event);
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
      HixieReport.challenge(screen, bytes, "   of the eight bytes after the head");
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
}
