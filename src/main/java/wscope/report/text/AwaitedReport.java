package wscope.report.text;

import java.time.Duration;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.Event;
import wscope.protocol.frame.IncompleteFrame;

/** Shows the input that a stream expects next, in one line. */
public final class AwaitedReport {
  private AwaitedReport() {}

  /** Writes the line. */
  public static void line(Screen screen, AwaitedInput awaited) {
    screen.prefix("");
    screen.style(Style.ASIDE).text("= ").words(2);
    screen.text(awaited.kind() == AwaitedInput.Kind.NOTHING ? "" : "awaiting ");
    what(screen, awaited);
    screen.plain().endLine();
  }

  /**
   * Shows the input that a stalled peer still has to send.
   *
   * @param tcp whether the connection is one through TCP, not through a Unix domain socket
   */
  static void waiting(Screen screen, Event.Waiting event, boolean tcp) {
    screen.text("waiting", Style.HEADING).words(9).text("  for ");
    if (event.awaited().kind() == AwaitedInput.Kind.TCP_END && !tcp) {
      screen.text("the end of the stream of the socket");
    } else {
      what(screen, event.awaited());
    }
    screen.text("; nothing was received for ");
    Durations.show(screen, Duration.ofNanos(event.nanos()));
    screen.endLine();
  }

  private static void what(Screen screen, AwaitedInput awaited) {
    IncompleteFrame frame = awaited.frame();
    if (frame != null) {
      Payloads.count(screen, frame.missing()).text(" of the ").text(frame.field().label());
      screen.text(" of frame ").number(frame.frame());
    } else {
      screen.text(describe(awaited.kind()));
    }
    for (AwaitedInput.OpenMessage message : awaited.open()) {
      screen.text("; message ").number(message.number()).text(" open (");
      Payloads.count(screen, message.length()).text(")");
    }
  }

  private static String describe(AwaitedInput.Kind kind) {
    return switch (kind) {
      case START -> "the first byte of a stream";
      case UNCLEAR -> "more bytes: a handshake or a frame may start here";
      case REQUEST_HEAD -> "the empty line that ends the head of the request";
      case CHALLENGE -> "the rest of the eight bytes after the head";
      case RESPONSE -> "the response to the request";
      case RESPONSE_HEAD -> "the empty line that ends the head of the response";
      case FRAME, REST_OF_FRAME -> "the next frame";
      case BODY -> "the rest of the body; /reset starts a new stream";
      case CLOSE -> "the Close that completes the closing handshake";
      case TCP_END -> "the end of TCP";
      case NOTHING -> "no frame can be found after the last header; /reset starts a new stream";
    };
  }
}
