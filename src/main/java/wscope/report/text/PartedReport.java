package wscope.report.text;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.Crossings;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.LegEnd;
import wscope.protocol.event.LegTotals;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;

/** Shows the end of a proxied connection: who ended what first, and the totals. */
final class PartedReport {
  private static final int NAME = 9;
  private static final int VALUE = 17;

  /** The silence in nanoseconds from which on it is worth a remark. */
  private static final long LONG_SILENCE = 1_000_000_000;

  private PartedReport() {}

  /** Shows the end, and rows with the totals. The line is open. */
  static void show(Screen screen, Event.Parted event, Detail detail) {
    if (event.opened()) {
      websocket(screen, event.closure());
    } else {
      screen.text("no WebSocket was opened; ");
    }
    tcp(screen, event.end());
    ConnectionClosure closure = event.closure();
    boolean abrupt = event.opened() && closure.sent() == null && closure.received() == null;
    screen.text(abrupt ? "; an API reports 1006" : "");
    if (event.trouble() != null) {
      screen.text("; ");
      SafeText.words(screen, event.trouble());
    }
    screen.endLine();
    if (detail != Detail.NONE) {
      rows(screen, event);
    }
  }

  private static void websocket(Screen screen, ConnectionClosure closure) {
    Endpoint first = closure.initiator();
    if (first == null && closure.sent() == null && closure.received() == null) {
      screen.text("without a Close frame: ");
      return;
    }
    if (first == null) {
      screen.text("by wscope on purpose");
      answer(screen, Endpoint.CLIENT, closure.sent());
      answer(screen, Endpoint.SERVER, closure.received());
      screen.text("; ");
      return;
    }
    boolean client = first == Endpoint.CLIENT;
    screen.text("by the ").text(first.id()).text(": ");
    code(screen, client ? closure.sent() : closure.received());
    CloseBody answer = client ? closure.received() : closure.sent();
    answer(screen, first.peer(), answer);
    screen.text("; ");
  }

  private static void answer(Screen screen, Endpoint by, @Nullable CloseBody answer) {
    if (answer == null) {
      screen.text(", not answered by the ").text(by.id());
    } else {
      screen.text(", answered by the ").text(by.id()).text(": ");
      code(screen, answer);
    }
  }

  private static void code(Screen screen, @Nullable CloseBody body) {
    if (body == null || !body.hasCode()) {
      screen.text("no code (1005)");
    } else {
      screen.number(body.code()).text(" ").text(CloseCode.label(body.code()));
    }
  }

  private static void tcp(Screen screen, LegEnd end) {
    Endpoint by = end.by();
    screen.text(by == null ? "wscope" : "the " + by.id()).text(" ");
    screen.text(
        switch (end.manner()) {
          case FIN -> "ended TCP first (FIN)";
          case RESET -> "reset TCP (RST)";
          case DEADLINE -> "closed TCP at the deadline";
          case DROP -> "reset TCP (RST)";
          case ABORT -> "closed TCP";
        });
    if (end.silence() >= LONG_SILENCE) {
      screen.text(" after ");
      Durations.show(screen, Duration.ofNanos(end.silence()));
      screen.text(" of silence");
    }
    if (by != null) {
      screen.text(end.passedOn() ? ", passed on to the " : ", not passed on to the ");
      screen.text(by.peer().id());
    }
  }

  private static void rows(Screen screen, Event.Parted event) {
    if (event.opened()) {
      leg(screen, "client", event.client());
      leg(screen, "server", event.server());
      pings(screen, event);
    }
    crossings(screen, event);
    if (event.longestGap() >= LONG_SILENCE) {
      screen.pad(NAME).text("silence").words(VALUE).pad(VALUE).text("at most ");
      Durations.show(screen, Duration.ofNanos(event.longestGap()));
      screen.text(" without a byte in either direction").endLine();
    }
    screen.pad(NAME).text("lasted").pad(VALUE);
    Durations.show(screen, Duration.ofNanos(event.nanos()));
    screen.endLine();
  }

  private static void leg(Screen screen, String name, LegTotals leg) {
    DirectionTotals frames = leg.frames();
    screen.pad(NAME).text(name).words(VALUE).pad(VALUE).number(frames.frames());
    screen.text(frames.frames() == 1 ? " frame, " : " frames, ").number(frames.messages());
    screen.text(frames.messages() == 1 ? " message" : " messages");
    if (frames.messages() > 0) {
      screen.text(" of ");
      Payloads.count(screen, frames.bytes());
    }
    if (frames.wireBytes() != frames.bytes()) {
      screen.text(" inflated from ").number(frames.wireBytes());
      if (frames.bytes() > 0) {
        screen.text(" (").number(100 * frames.wireBytes() / frames.bytes()).text(" %)");
      }
    }
    screen.text("; ");
    Payloads.count(screen, leg.bytes());
    screen.text(" in all").endLine();
  }

  private static void pings(Screen screen, Event.Parted event) {
    if (event.client().pings().sent() > 0) {
      ConnectionTotalsReport.pings(screen, "by client", event.client().pings());
    }
    if (event.server().pings().sent() > 0) {
      ConnectionTotalsReport.pings(screen, "by server", event.server().pings());
    }
  }

  private static void crossings(Screen screen, Event.Parted event) {
    Crossings client = event.client().crossings();
    Crossings server = event.server().crossings();
    if (client.count() + server.count() == 0) {
      return;
    }
    screen.pad(NAME).text("across").words(VALUE).pad(VALUE);
    crossing(screen, "client to server", client);
    screen.text(client.count() > 0 && server.count() > 0 ? "; " : "");
    crossing(screen, "server to client", server);
    long queued = client.queued() + server.queued();
    if (queued > 0) {
      screen.text("; ").number(queued).text(queued == 1 ? " read" : " reads").text(" queued");
    }
    screen.endLine();
  }

  private static void crossing(Screen screen, String way, Crossings crossings) {
    if (crossings.count() > 0) {
      screen.text(way).text(" ");
      Durations.millis(screen, crossings.least());
      screen.text(" to ");
      Durations.millis(screen, crossings.most());
      screen.text(" ms, ");
      Durations.millis(screen, crossings.mean());
      screen.text(" ms on average");
    }
  }

  /** Shows the line for a plain HTTP request and its response. The line is open. */
  static void page(Screen screen, Event.Page event) {
    screen.text(event.method()).text(" ");
    SafeText.line(screen, event.target());
    if (event.sent() > 0) {
      screen.text(" with ");
      Payloads.count(screen, event.sent());
    }
    screen.text(": ");
    if (event.status() > 0) {
      screen.number(event.status()).text(", ");
      Payloads.count(screen, event.received());
    }
    if (event.trouble() != null) {
      screen.text(event.status() > 0 ? "; " : "");
      SafeText.words(screen, event.trouble());
    }
    screen.text(", in ");
    Durations.millis(screen, event.nanos());
    screen.text(" ms").endLine();
  }
}
