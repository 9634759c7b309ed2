package wscope.report.text;

import java.time.Duration;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.PingRoundTrips;

/** Shows the totals of a connection in rows. */
final class ConnectionTotalsReport {
  private static final int NAME = 9;
  private static final int VALUE = 17;

  private ConnectionTotalsReport() {}

  /** Shows a row for each direction, and one for the pings if any was sent. */
  static void rows(Screen screen, ConnectionTotals totals) {
    direction(screen, "in", totals.received(), " inflated from ");
    direction(screen, "out", totals.sent(), " compressed to ");
    if (totals.skipped() > 0) {
      screen.pad(NAME).text("skipped").words(VALUE).pad(VALUE).number(totals.skipped());
      screen.text(totals.skipped() == 1 ? " message" : " messages");
      screen.text(" from others were not sent, because the client read too slowly").endLine();
    }
    if (totals.roundTrips().sent() > 0) {
      pings(screen, "pings", totals.roundTrips());
    }
  }

  /** Shows a row with the duration of the connection. */
  static void lasted(Screen screen, long nanos) {
    screen.pad(NAME).text("lasted").pad(VALUE);
    Durations.show(screen, Duration.ofNanos(nanos));
    screen.endLine();
  }

  /** Shows a row for pings of which at least one was sent. */
  static void pings(Screen screen, String name, PingRoundTrips trips) {
    screen.pad(NAME).text(name).words(VALUE).pad(VALUE).number(trips.sent()).text(" sent, ");
    if (trips.count() == 0) {
      screen.text("none answered");
    } else {
      times(screen, trips);
    }
    count(screen, trips.otherPongs(), " pong has", " pongs have", " another payload");
    count(screen, trips.messages(), " message has", " messages have", " the payload of a ping");
    screen.endLine();
  }

  private static void times(Screen screen, PingRoundTrips trips) {
    screen.number(trips.count()).text(" answered, in ");
    Durations.millis(screen, trips.least());
    if (trips.count() > 1) {
      screen.text(" to ");
      Durations.millis(screen, trips.most());
      screen.text(" ms, ");
      Durations.millis(screen, trips.mean());
      screen.text(" ms on average");
    } else {
      screen.text(" ms");
    }
  }

  private static void count(Screen screen, long count, String one, String many, String what) {
    if (count > 0) {
      screen.text("; ").number(count).text(count == 1 ? one : many).text(what);
    }
  }

  private static void direction(
      Screen screen, String name, DirectionTotals direction, String compression) {
    screen.pad(NAME).text(name).words(VALUE).pad(VALUE).number(direction.frames());
    screen.text(direction.frames() == 1 ? " frame, " : " frames, ").number(direction.messages());
    screen.text(direction.messages() == 1 ? " message" : " messages");
    if (direction.messages() > 0) {
      screen.text(", ");
      Payloads.count(screen, direction.bytes());
    }
    if (direction.wireBytes() != direction.bytes()) {
      screen.text(compression).number(direction.wireBytes());
      if (direction.bytes() > 0) {
        screen.text(" (").number(100 * direction.wireBytes() / direction.bytes()).text(" %)");
      }
    }
    screen.endLine();
  }
}
