package wscope.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import wscope.net.Misfit;
import wscope.protocol.SessionListener;
import wscope.report.ConnectionReport;
import wscope.report.ServeReport;
import wscope.serve.Disconnected;
import wscope.serve.Quantities;
import wscope.serve.ServeListener;
import wscope.serve.Timeouts;

/** Hands the events of a server to its report. */
final class ServeEvents implements ServeListener {
  private final ServeReport report;
  private final Timeouts timeouts;
  private final NavigableMap<Long, ConnectionReport> connections = new ConcurrentSkipListMap<>();

  /**
   * Makes one for a server.
   *
   * @param timeouts that its clients may miss
   */
  ServeEvents(ServeReport report, Timeouts timeouts) {
    this.report = report;
    this.timeouts = timeouts;
  }

  /** The numbers of the connections that are there; may be asked by any thread. */
  Set<Long> numbers() {
    return connections.keySet();
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
          event.opened(), event.closure(), trouble(event), event.traffic(), event.lasted());
    }
  }

  @Override
  public void lagging(long number) {
    ConnectionReport connection = connections.get(number);
    if (connection != null) {
      connection.lagging();
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

  private @Nullable String trouble(Disconnected event) {
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
      case HANDSHAKE -> "no complete request within " + Quantities.show(timeouts.handshake());
      case CLOSE -> "the client did not end within " + Quantities.show(timeouts.close());
    };
  }
}
