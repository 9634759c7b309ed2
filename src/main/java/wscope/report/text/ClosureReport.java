package wscope.report.text;

import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.Event;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * Shows the end of a connection: the endpoint that closed it first, both close codes, and the
 * meaning of a missing code.
 */
final class ClosureReport {
  private final Screen screen;
  private final Endpoint self;
  private final ConnectionClosure closure;
  private final TransportEnd end;

  private ClosureReport(Screen screen, Event.Disconnected event) {
    this.screen = screen;
    self = event.self();
    closure = event.closure();
    end = event.end();
  }

  /** Shows the end of a connection. The line stays open. */
  static void show(Screen screen, Event.Disconnected event) {
    String trouble = event.trouble();
    if (event.end().manner() == TransportEnd.Manner.DROP && trouble != null) {
      SafeText.words(screen, trouble);
      return;
    }
    new ClosureReport(screen, event).show(event.opened());
    if (trouble != null) {
      screen.text("; ");
      SafeText.words(screen, trouble);
    }
  }

  private void show(boolean opened) {
    if (!opened) {
      screen.text("no WebSocket was opened");
      byPeer();
    } else if (closure.initiator() == null && closure.received() == null) {
      screen.text("without a Close frame: ");
      tcpEnd();
      screen.text(", which an API reports as 1006");
    } else {
      if (closure.initiator() == self) {
        bySelf();
      } else {
        screen.text("by the ").text(peer()).text(": ");
        code(closure.received());
        screen.text(closure.sent() == null ? ", not answered by us" : ", answered by us");
      }
      if (end.manner() == TransportEnd.Manner.RESET || !isFinished()) {
        byPeer();
      }
    }
  }

  /** Whether the endpoint that ends TCP need not wait for the peer. */
  private boolean isFinished() {
    return closure.isClean() || closure.failure() != null;
  }

  private void bySelf() {
    screen.text("by us: ");
    code(closure.sent());
    Rule failure = closure.failure();
    if (failure != null) {
      screen.text(", for ").text(failure.id());
    } else if (closure.received() == null) {
      screen.text(", not answered by the ").text(peer());
    } else {
      screen.text(", answered by the ").text(peer()).text(": ");
      code(closure.received());
    }
  }

  /** Reports the end of TCP if the peer caused it. */
  private void byPeer() {
    if (end.by() != self) {
      screen.text("; ");
      tcpEnd();
    }
  }

  private void tcpEnd() {
    screen.text(end.by() == self ? "we " : "the " + peer() + " ");
    screen.text(
        switch (end.manner()) {
          case FIN -> "ended TCP (FIN)";
          case RESET -> "reset TCP (RST)";
          case DEADLINE -> "closed TCP at the deadline";
          case DROP -> "reset TCP (RST)";
          case ABORT -> "closed TCP";
        });
  }

  private String peer() {
    return self.peer().id();
  }

  private void code(@Nullable CloseBody body) {
    if (body == null || !body.hasCode()) {
      screen.text("no code (1005)");
    } else {
      screen.number(body.code()).text(" ").text(CloseCode.label(body.code()));
    }
  }
}
