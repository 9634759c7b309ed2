package wscope.cli.serve;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Fault;
import wscope.protocol.InspectionListener;
import wscope.protocol.SessionListener;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;
import wscope.report.BothReports;
import wscope.report.ConnectionReport;
import wscope.report.WatcherReport;

/** A connection and what shows it, which its request may still change. */
final class ShownConnection implements SessionListener {
  private final InetSocketAddress remote;
  private ConnectionReport report;

  ShownConnection(InetSocketAddress remote, ConnectionReport report) {
    this.remote = remote;
    this.report = report;
  }

  InetSocketAddress remote() {
    return remote;
  }

  /** What shows it. */
  ConnectionReport report() {
    return report;
  }

  /** It is told what happens on others. */
  void watches() {
    report.watches();
    report = new WatcherReport(report);
  }

  /** It is shown by one more. */
  void add(ConnectionReport another) {
    report = BothReports.of(report, another);
  }

  @Override
  public void handshake(String received, Handshake handshake, HttpResponse response) {
    report.handshake(received, handshake, response);
  }

  @Override
  public void requestTorn(String received) {
    report.requestTorn(received);
  }

  @Override
  public InspectionListener received() {
    return report.received();
  }

  @Override
  public @Nullable InspectionListener sent() {
    return report.sent();
  }

  @Override
  public void unable(Fault fault) {
    report.unable(fault);
  }
}
