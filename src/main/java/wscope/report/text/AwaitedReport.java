package wscope.report.text;

import wscope.protocol.Awaited;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.message.Message;

/** Tells in one line what a stream would go on with. */
public final class AwaitedReport {
  private AwaitedReport() {}

  /** Writes the line. */
  public static void line(Screen screen, Awaited awaited) {
    screen.prefix("");
    screen.style(Style.ASIDE).text("= ").words(2);
    Incomplete frame = awaited.frame();
    if (frame != null) {
      screen.text("awaiting ");
      Payloads.count(screen, frame.missing()).text(" of the ").text(frame.field().label());
      screen.text(" of frame ").number(frame.frame());
    } else {
      screen.text(words(awaited.what()));
    }
    for (Message message : awaited.open()) {
      screen.text("; message ").number(message.number()).text(" open (");
      Payloads.count(screen, message.length()).text(")");
    }
    screen.plain().endLine();
  }

  private static String words(Awaited.What what) {
    return switch (what) {
      case START -> "awaiting the first byte of a stream";
      case UNCLEAR -> "awaiting more bytes: this may begin a handshake or a frame";
      case REQUEST_HEAD -> "awaiting the blank line that ends the head of the request";
      case CHALLENGE -> "awaiting the rest of the eight bytes behind the head";
      case RESPONSE -> "awaiting the response to the request";
      case RESPONSE_HEAD -> "awaiting the blank line that ends the head of the response";
      case FRAME, REST_OF_FRAME -> "awaiting the next frame";
      case BODY -> "awaiting the rest of the body; /reset begins a new stream";
      case NOTHING -> "no frame can be found behind the last header; /reset begins a new stream";
    };
  }
}
