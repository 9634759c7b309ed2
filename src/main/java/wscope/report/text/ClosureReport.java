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

  /** Whether the connection is one through TCP. */
  private final boolean tcp;

  private ClosureReport(Screen screen, Event.Disconnected event, boolean tcp) {
    this.screen = screen;
    self = event.self();
    closure = event.closure();
    end = event.end();
    this.tcp = tcp;
  }

  /**
   * Shows the end of a connection. The line stays open.
   *
   * @param tcp whether the connection is one through TCP, not through a Unix domain socket
   */
  static void show(Screen screen, Event.Disconnected event, boolean tcp) {
    String trouble = event.trouble();
    if (event.end().manner() == TransportEnd.Manner.DROP && trouble != null) {
      SafeText.words(screen, trouble);
      return;
    }
    new ClosureReport(screen, event, tcp).show(event.opened());
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
      transportEnd();
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

  /** Reports the end of the transport if the peer caused it. */
  private void byPeer() {
    if (end.by() != self) {
      screen.text("; ");
      transportEnd();
    }
  }

  private void transportEnd() {
    screen.text(end.by() == self ? "we " : "the " + peer() + " ");
    screen.text(
        switch (end.manner()) {
          case FIN -> tcp ? "ended TCP (FIN)" : "ended the stream of the socket";
          case RESET, DROP -> tcp ? "reset TCP (RST)" : "reset the socket";
          case DEADLINE -> tcp ? "closed TCP at the deadline" : "closed the socket at the deadline";
          case ABORT -> tcp ? "closed TCP" : "closed the socket";
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
