package wscope.report;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Closure;
import wscope.protocol.Fault;
import wscope.protocol.InspectionListener;
import wscope.protocol.TcpEnd;
import wscope.protocol.Traffic;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;

/** Two reports of one server: each event is shown by the first, then by the second. */
public record BothReports(ServeReport first, ServeReport second) implements ServeReport {
  @Override
  public void listening(Listening server) {
    first.listening(server);
    second.listening(server);
  }

  @Override
  public ConnectionReport connected(long number, InetSocketAddress remote) {
    return of(first.connected(number, remote), second.connected(number, remote));
  }

  /** Two reports of one connection. */
  public static ConnectionReport of(ConnectionReport first, ConnectionReport second) {
    return new BothConnections(first, second);
  }

  @Override
  public void turnedAway(InetSocketAddress remote) {
    first.turnedAway(remote);
    second.turnedAway(remote);
  }

  @Override
  public void acceptFailed(String cause) {
    first.acceptFailed(cause);
    second.acceptFailed(cause);
  }

  @Override
  public void recordingStopped(String cause) {
    first.recordingStopped(cause);
    second.recordingStopped(cause);
  }

  @Override
  public void stopped(long connections) {
    first.stopped(connections);
    second.stopped(connections);
  }

  @Override
  public void flush() {
    first.flush();
    second.flush();
  }

  private record BothConnections(ConnectionReport first, ConnectionReport second)
      implements ConnectionReport {
    @Override
    public void handshake(String received, Handshake handshake, HttpResponse response) {
      first.handshake(received, handshake, response);
      second.handshake(received, handshake, response);
    }

    @Override
    public void requestTorn(String received) {
      first.requestTorn(received);
      second.requestTorn(received);
    }

    @Override
    public InspectionListener received() {
      return new BothListeners(first.received(), second.received());
    }

    @Override
    public @Nullable InspectionListener sent() {
      InspectionListener one = first.sent();
      InspectionListener other = second.sent();
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      return new BothListeners(one, other);
    }

    @Override
    public void unable(Fault fault) {
      first.unable(fault);
      second.unable(fault);
    }

    @Override
    public void watches() {
      first.watches();
      second.watches();
    }

    @Override
    public void watched(long watcher) {
      first.watched(watcher);
      second.watched(watcher);
    }

    @Override
    public void lagging() {
      first.lagging();
      second.lagging();
    }

    @Override
    public void disconnected(
        boolean opened,
        Closure closure,
        TcpEnd tcpEnd,
        @Nullable String trouble,
        Traffic traffic,
        Duration lasted) {
      first.disconnected(opened, closure, tcpEnd, trouble, traffic, lasted);
      second.disconnected(opened, closure, tcpEnd, trouble, traffic, lasted);
    }
  }
}
