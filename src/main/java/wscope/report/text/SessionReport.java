package wscope.report.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Closure;
import wscope.protocol.Fault;
import wscope.protocol.InspectionListener;
import wscope.protocol.TcpEnd;
import wscope.protocol.Traffic;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Violation;
import wscope.report.ConnectionReport;
import wscope.report.Detail;
import wscope.report.Heads;
import wscope.report.RulesAlone;
import wscope.report.Viewing;

/**
 * A connection to a server as text. Each line bears its number and its direction: {@code <} from
 * the client, {@code >} to the client, {@code =} a state.
 */
final class SessionReport implements ConnectionReport {
  private static final int COLUMN = 9;

  /** How much of an answer is shown: it says what is wrong before it lists all that is right. */
  private static final int BODY = 256;

  private final Screen screen;
  private final Viewing viewing;
  private final String name;
  private final FrameReport received;

  /**
   * @param number of the connection
   */
  SessionReport(Screen screen, Viewing viewing, long number) {
    this.screen = screen;
    this.viewing = viewing;
    name = "#" + number;
    received = new FrameReport(screen, viewing, name + " < ", null);
  }

  @Override
  public void handshake(String head, Handshake handshake, HttpResponse response) {
    Detail detail = viewing.detail();
    if (detail.atLeast(Detail.FRAMES)) {
      lines(" < ", head);
    }
    broken(head, handshake);
    if (detail == Detail.NONE) {
      return;
    }
    if (detail == Detail.BITS && handshake instanceof Handshake.Accepted accepted) {
      screen.prefix(name + " = ");
      AcceptKeyReport.steps(screen, accepted.key());
    }
    if (detail.atLeast(Detail.FRAMES)) {
      String answer = response.head();
      lines(" > ", answer);
      Violations.show(screen, Heads.broken(handshake, answer));
      if (handshake instanceof Handshake.Denied && !response.body().isEmpty()) {
        body(response.body());
      }
    }
    screen.prefix(name + " = ");
    Outcomes.show(screen, handshake, response);
  }

  @Override
  public void requestTorn(String head) {
    if (viewing.detail() != Detail.NONE) {
      lines(" < ", head);
      screen.text("✗ incomplete", Style.ERROR);
      screen.text("   the head has no blank line that ends it").endLine();
    }
  }

  @Override
  public InspectionListener received() {
    return RulesAlone.of(received, viewing, this::broken);
  }

  @Override
  public @Nullable InspectionListener sent() {
    return viewing.kept() == Detail.NONE
        ? null
        : new FrameReport(screen, viewing, name + " > ", received);
  }

  @Override
  public void unable(Fault fault) {
    if (viewing.detail() != Detail.NONE) {
      screen.prefix(name + " = ");
      screen
          .stamp()
          .text("unable", Style.HEADING)
          .words(COLUMN)
          .text("   to commit ")
          .text(fault.id());
      screen.text(": what client and server agreed on does not allow it").endLine();
    }
  }

  @Override
  public void watches() {
    if (viewing.detail() != Detail.NONE) {
      screen.prefix(name + " = ");
      screen.stamp().text("watches", Style.HEADING).words(COLUMN);
      screen.text("  connections that bear its token; its own frames are not shown").endLine();
    }
  }

  @Override
  public void watched(long watcher) {
    if (viewing.detail() != Detail.NONE) {
      screen.prefix(name + " = ");
      screen.stamp().text("watched", Style.HEADING).text("  by #").number(watcher).endLine();
    }
  }

  @Override
  public void lagging() {
    if (viewing.detail() != Detail.NONE) {
      screen.prefix(name + " = ");
      screen.stamp().text("lagging", Style.HEADING).words(COLUMN);
      screen.text("  the client takes too little: messages of others are not sent to it").endLine();
    }
  }

  @Override
  public void disconnected(
      boolean opened,
      Closure closure,
      TcpEnd tcpEnd,
      @Nullable String trouble,
      Traffic traffic,
      Duration lasted) {
    boolean rows = viewing.detail() != Detail.NONE;
    if (!rows && trouble == null) {
      return;
    }
    screen.prefix(name + " = ");
    screen.stamp().text("closed", Style.HEADING).words(COLUMN).text("   ");
    Closures.show(screen, opened, closure, tcpEnd, trouble);
    screen.endLine();
    if (rows && opened) {
      TrafficReport.rows(screen, traffic);
    }
    if (rows) {
      TrafficReport.lasted(screen, lasted);
    }
  }

  /** A rule that a frame breaks which is not shown. */
  private void broken(Violation violation) {
    screen.prefix(name + " < ");
    screen.stamp();
    Violations.show(screen, violation);
  }

  /** The rules that the request breaks, and the old protocol that explains it. */
  private void broken(String head, Handshake handshake) {
    screen.prefix(name + " < ");
    if (!viewing.detail().atLeast(Detail.FRAMES) && !handshake.violations().isEmpty()) {
      // Else they belong to the head, which is shown before them.
      screen.stamp();
    }
    Violations.show(screen, handshake.violations());
    if (handshake instanceof Handshake.Refused) {
      RequestHead request = Heads.request(head);
      if (request != null) {
        LegacyReport.show(screen, request);
      }
    }
  }

  private void lines(String direction, String head) {
    screen.prefix(name + direction);
    screen.stamp();
    HeadLines.show(screen, "", head);
  }

  private void body(String body) {
    ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
    int most = (int) Math.min(Math.min(bytes.remaining(), BODY), viewing.preview());
    screen.text("body", Style.HEADING).text("     ");
    Payloads.cut(screen, bytes, true, 0, most);
    screen.endLine();
  }
}
