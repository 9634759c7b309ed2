package wscope.report;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Closure;
import wscope.protocol.InspectionListener;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.rule.Violation;

/**
 * A connection to a server as text. Each line bears its number and its direction: {@code <} from
 * the client, {@code >} to the client, {@code =} a state.
 */
final class SessionReport implements ConnectionReport {
  private final Screen screen;
  private final Detail detail;
  private final View view;
  private final String name;
  private final FrameReport received;

  /**
   * @param number of the connection
   */
  SessionReport(Screen screen, View view, long number) {
    this.screen = screen;
    this.view = view;
    detail = view.detail();
    name = "#" + number;
    received = new FrameReport(screen, view, name + " < ", null);
  }

  @Override
  public void handshake(String head, Handshake handshake, HttpResponse response) {
    if (detail == Detail.NONE) {
      return;
    }
    if (detail.atLeast(Detail.FRAMES)) {
      lines(" < ", head);
    }
    screen.prefix(name + " < ");
    for (Violation violation : handshake.violations()) {
      Violations.show(screen, violation);
    }
    if (detail == Detail.BITS && handshake instanceof Handshake.Accepted accepted) {
      screen.prefix(name + " = ");
      AcceptKeyReport.steps(screen, accepted.key());
    }
    if (detail.atLeast(Detail.FRAMES)) {
      lines(" > ", response.head());
    }
    screen.prefix(name + " = ");
    outcome(handshake, response);
  }

  @Override
  public InspectionListener received() {
    return received;
  }

  @Override
  public @Nullable InspectionListener sent() {
    return detail == Detail.NONE ? null : new FrameReport(screen, view, name + " > ", received);
  }

  @Override
  public void disconnected(
      boolean opened,
      Closure closure,
      @Nullable String trouble,
      long framesReceived,
      long framesSent,
      Duration lasted) {
    if (detail == Detail.NONE) {
      return;
    }
    screen.prefix(name + " = ");
    screen.text("closed", Style.HEADING).text("   ");
    if (opened) {
      Closures.show(screen, closure);
    } else {
      screen.text("no WebSocket was opened");
    }
    if (trouble != null) {
      screen.text("; ");
      SafeText.words(screen, trouble);
    }
    screen.endLine();
    screen.text("         ");
    if (opened) {
      screen.number(framesReceived).text(framesReceived == 1 ? " frame in, " : " frames in, ");
      screen.number(framesSent).text(" out, ");
    }
    Durations.show(screen, lasted);
    screen.endLine();
  }

  private void outcome(Handshake handshake, HttpResponse response) {
    if (handshake instanceof Handshake.Accepted accepted) {
      screen.text("open", Style.HEADING).text("     ");
      SafeText.line(screen, accepted.request().target());
      screen.text("   extensions: none   subprotocol: none").endLine();
    } else if (handshake instanceof Handshake.Refused) {
      screen.text("refused", Style.ERROR).text("  with HTTP ").number(response.status());
      screen.text(" ").text(response.reason()).endLine();
    } else if (handshake instanceof Handshake.PlainRequest plain) {
      screen.text("page", Style.HEADING).text("     a plain HTTP request for ");
      SafeText.line(screen, plain.request().target());
      screen.text(", answered with a page").endLine();
    }
  }

  private void lines(String direction, String head) {
    screen.prefix(name + direction);
    Heads.lines(screen, "", head);
  }
}
