package wscope.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.protocol.SessionListener;
import wscope.report.Detail;
import wscope.report.SafeText;
import wscope.report.Screen;
import wscope.report.SessionReport;
import wscope.serve.Disconnected;
import wscope.serve.ServeListener;
import wscope.serve.Timeouts;

/** Hands the events of a server to its report. */
final class ServeScreen implements ServeListener {
  private final Screen screen;
  private final Detail detail;
  private final long preview;
  private final Map<Long, SessionReport> reports = new HashMap<>();

  ServeScreen(Screen screen, Detail detail, long preview) {
    this.screen = screen;
    this.detail = detail;
    this.preview = preview;
  }

  @Override
  public SessionListener connected(long number, InetSocketAddress remote) {
    SessionReport report = new SessionReport(screen, detail, preview, number);
    reports.put(number, report);
    report.connected(remote);
    return report;
  }

  @Override
  public void disconnected(Disconnected event) {
    SessionReport report = reports.remove(event.number());
    if (report != null) {
      report.disconnected(
          event.opened(),
          event.closure(),
          trouble(event),
          event.framesReceived(),
          event.framesSent(),
          event.lasted());
    }
  }

  @Override
  public void turnedAway(InetSocketAddress remote) {
    screen.prefix("");
    screen.text("✗ no room for ").text(SessionReport.address(remote));
    screen.text(": as many connections as are allowed; answered with HTTP 503").endLine();
  }

  @Override
  public void acceptFailed(IOException cause) {
    screen.prefix("");
    screen.text("✗ a client could not be accepted: ");
    SafeText.words(screen, String.valueOf(cause.getMessage()));
    screen.endLine();
  }

  @Override
  public void roundEnded() {
    screen.flush();
  }

  private static @Nullable String trouble(Disconnected event) {
    Exception cause = event.cause();
    if (cause instanceof IOException) {
      return String.valueOf(cause.getMessage());
    }
    if (cause != null) {
      return "a bug of wscope: " + cause;
    }
    Disconnected.Timeout timeout = event.timeout();
    if (timeout == null) {
      return null;
    }
    return switch (timeout) {
      case HANDSHAKE ->
          "no complete request within " + Timeouts.DEFAULT.handshake().toSeconds() + " s";
      case CLOSE -> "the client did not end within " + Timeouts.DEFAULT.close().toSeconds() + " s";
    };
  }
}
