package wscope.report.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.report.Detail;
import wscope.report.LiveView;

/**
 * Prints a connection as text, as seen from one of its ends. Each line begins with the number of
 * the connection and a mark: {@code <} for received, {@code >} for sent, {@code =} for a state.
 */
final class ConnectionPrinter extends TextPrinter {
  private static final int COLUMN = 9;

  /** The number of bytes of a response body that are shown. The body begins with the reason. */
  private static final int BODY = 256;

  private final Endpoint self;
  private final String name;
  private final byte[] received;
  private final byte[] sent;

  /**
   * Creates a printer.
   *
   * @param self the end that prints the connection
   * @param number the number of the connection
   */
  ConnectionPrinter(Screen screen, LiveView view, Endpoint self, long number) {
    super(screen, view);
    this.self = self;
    name = "#" + number;
    received = Screen.encoded(name + " < ");
    sent = Screen.encoded(name + " > ");
  }

  @Override
  void prefix(@Nullable Endpoint sender) {
    screen.prefix(sender == self ? sent : received);
  }

  @Override
  boolean isSelf(Endpoint sender) {
    return sender == self;
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Request request) {
      request(request);
    } else if (event instanceof Event.Disconnected disconnected) {
      disconnected(disconnected);
    } else if (event instanceof Event.Connected connected) {
      state("connected", " from ").text(AddressText.authority(connected.peer())).endLine();
    } else if (event instanceof Event.Response response) {
      response(response);
    } else if (event instanceof Event.Responded responded) {
      responded(responded);
    } else if (event instanceof Event.HeadIncomplete head) {
      lines(head.sender(), head.raw());
      screen.text("✗ incomplete", Style.ERROR);
      screen.text("   the head does not end with an empty line").endLine();
    } else if (event instanceof Event.FaultImpossible fault) {
      state("unable", "   to commit ").text(fault.id());
      screen.text(": the handshake of this connection does not allow this fault").endLine();
    } else if (event instanceof Event.Waiting waiting) {
      screen.prefix(name + " = ");
      screen.stamp();
      AwaitedReport.waiting(screen, waiting);
    } else if (event instanceof Event.Watching) {
      state(
              "watches",
              "  connections opened with the same token; frames of " + name + " are not shown")
          .endLine();
    } else if (event instanceof Event.Watched watched) {
      screen.prefix(name + " = ");
      screen.stamp().text("watched", Style.HEADING).text("  by #").number(watched.watcher());
      screen.endLine();
    } else if (event instanceof Event.Lagging) {
      state("lagging", "  the client reads too slowly; the server drops broadcasts to it")
          .endLine();
    }
  }

  /** Begins a line about the state of the connection. */
  private Screen state(String word, String rest) {
    screen.prefix(name + " = ");
    return screen.stamp().text(word, Style.HEADING).words(COLUMN).text(rest);
  }

  private void request(Event.Request event) {
    if (view.detail().atLeast(Detail.FRAMES)) {
      lines(Endpoint.CLIENT, event.raw());
    }
    violations(Endpoint.CLIENT, event.result().violations());
    if (event.result() instanceof HandshakeResult.Invalid) {
      RequestHead request = event.head();
      if (request != null) {
        LegacyReport.show(screen, request);
      }
    }
    if (view.detail() == Detail.BITS
        && event.result() instanceof HandshakeResult.Accepted accepted) {
      screen.prefix(name + " = ");
      AcceptKeyReport.steps(screen, accepted.key());
    }
  }

  private void response(Event.Response event) {
    if (view.detail().atLeast(Detail.FRAMES)) {
      lines(Endpoint.SERVER, event.raw());
      Violations.show(screen, view.advice(), event.violations());
    }
  }

  private void responded(Event.Responded event) {
    String body = event.response().body();
    if (view.detail().atLeast(Detail.FRAMES)
        && event.result() instanceof HandshakeResult.Rejected
        && !body.isEmpty()) {
      body(body);
    }
    screen.prefix(name + " = ");
    HandshakeOutcome.show(screen, view.advice(), event.result(), event.response());
  }

  private void disconnected(Event.Disconnected event) {
    boolean rows = view.detail() != Detail.NONE;
    state("closed", "   ");
    ClosureReport.show(screen, event);
    screen.endLine();
    if (rows && event.opened()) {
      ConnectionTotalsReport.rows(screen, event.totals());
    }
    if (rows) {
      ConnectionTotalsReport.lasted(screen, event.nanos());
    }
  }

  /** Shows the violations in a head. If the head is shown, they follow it. */
  private void violations(Endpoint sender, List<Violation> violations) {
    prefix(sender);
    if (!view.detail().atLeast(Detail.FRAMES) && !violations.isEmpty()) {
      screen.stamp();
    }
    Violations.show(screen, view.advice(), violations);
  }

  private void lines(Endpoint sender, String head) {
    prefix(sender);
    screen.stamp();
    HeadLines.show(screen, "", head);
  }

  private void body(String body) {
    ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
    int most = (int) Math.min(Math.min(bytes.remaining(), BODY), view.preview());
    screen.text("body", Style.HEADING).text("     ");
    Payloads.cut(screen, bytes, true, 0, most);
    screen.endLine();
  }
}
