package wscope.report.text;

import java.time.Duration;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.PingRoundTrips;

/** Shows the traffic of a connection in rows. */
final class TrafficReport {
  private static final int NAME = 9;
  private static final int VALUE = 17;

  private TrafficReport() {}

  /** A row for each direction, and one for the pings if any was sent. */
  static void rows(Screen screen, ConnectionTotals traffic) {
    flow(screen, "in", traffic.received(), " inflated from ");
    flow(screen, "out", traffic.sent(), " compressed to ");
    if (traffic.skipped() > 0) {
      screen.pad(NAME).text("skipped").pad(VALUE).number(traffic.skipped());
      screen.text(traffic.skipped() == 1 ? " message" : " messages");
      screen.text(" from others, not sent: the client read too slowly").endLine();
    }
    if (traffic.roundTrips().sent() > 0) {
      pings(screen, traffic.roundTrips());
    }
  }

  /** How long the connection lasted. */
  static void lasted(Screen screen, long nanos) {
    screen.pad(NAME).text("lasted").pad(VALUE);
    Durations.show(screen, Duration.ofNanos(nanos));
    screen.endLine();
  }

  private static void pings(Screen screen, PingRoundTrips trips) {
    screen.pad(NAME).text("pings").pad(VALUE).number(trips.sent()).text(" sent, ");
    if (trips.count() == 0) {
      screen.text("none answered").endLine();
      return;
    }
    screen.number(trips.count()).text(" answered, in ");
    Durations.millis(screen, trips.least());
    if (trips.count() > 1) {
      screen.text(" to ");
      Durations.millis(screen, trips.most());
      screen.text(" ms, ");
      Durations.millis(screen, trips.mean());
      screen.text(" ms on average").endLine();
    } else {
      screen.text(" ms").endLine();
    }
  }

  private static void flow(Screen screen, String name, DirectionTotals flow, String compression) {
    screen.pad(NAME).text(name).pad(VALUE).number(flow.frames());
    screen.text(flow.frames() == 1 ? " frame, " : " frames, ").number(flow.messages());
    screen.text(flow.messages() == 1 ? " message" : " messages");
    if (flow.messages() > 0) {
      screen.text(", ");
      Payloads.count(screen, flow.bytes());
    }
    if (flow.wireBytes() != flow.bytes()) {
      screen.text(compression).number(flow.wireBytes());
      if (flow.bytes() > 0) {
        screen.text(" (").number(100 * flow.wireBytes() / flow.bytes()).text(" %)");
      }
    }
    screen.endLine();
  }
}
