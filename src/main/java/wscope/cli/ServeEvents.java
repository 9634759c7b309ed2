package wscope.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.net.Misfit;
import wscope.protocol.SessionListener;
import wscope.report.ConnectionReport;
import wscope.report.Report;
import wscope.serve.Disconnected;
import wscope.serve.ServeListener;
import wscope.serve.Timeouts;

/** Hands the events of a server to its report. */
final class ServeEvents implements ServeListener {
  private final Report report;
  private final Map<Long, ConnectionReport> connections = new HashMap<>();

  ServeEvents(Report report) {
    this.report = report;
  }

  @Override
  public SessionListener connected(long number, InetSocketAddress remote) {
    ConnectionReport connection = report.connected(number, remote);
    connections.put(number, connection);
    return connection;
  }

  @Override
  public void disconnected(Disconnected event) {
    ConnectionReport connection = connections.remove(event.number());
    if (connection != null) {
      connection.disconnected(
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
    report.turnedAway(remote);
  }

  @Override
  public void acceptFailed(IOException cause) {
    report.acceptFailed(String.valueOf(cause.getMessage()));
  }

  @Override
  public void roundEnded() {
    report.flush();
  }

  private static @Nullable String trouble(Disconnected event) {
    Exception cause = event.cause();
    if (cause instanceof Misfit misfit) {
      return TlsTrouble.words(misfit);
    }
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
