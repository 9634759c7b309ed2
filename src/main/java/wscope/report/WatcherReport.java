package wscope.report;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Closure;
import wscope.protocol.Fault;
import wscope.protocol.InspectionListener;
import wscope.protocol.TcpEnd;
import wscope.protocol.Traffic;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;

/**
 * Shows a connection that only tells what happens on others: that it does so and how it ended, but
 * neither its handshake nor its frames, which would show everything twice.
 */
public record WatcherReport(ConnectionReport shown) implements ConnectionReport {
  @Override
  public void watches() {
    shown.watches();
  }

  @Override
  public void watched(long watcher) {
    shown.watched(watcher);
  }

  @Override
  public void handshake(String received, Handshake handshake, HttpResponse response) {}

  @Override
  public void requestTorn(String received) {}

  @Override
  public InspectionListener received() {
    return new InspectionListener() {};
  }

  @Override
  public @Nullable InspectionListener sent() {
    return null;
  }

  @Override
  public void unable(Fault fault) {}

  @Override
  public void lagging() {
    shown.lagging();
  }

  @Override
  public void disconnected(
      boolean opened,
      Closure closure,
      TcpEnd tcpEnd,
      @Nullable String trouble,
      Traffic traffic,
      Duration lasted) {
    shown.disconnected(opened, closure, tcpEnd, trouble, traffic, lasted);
  }
}
