package wscope.report.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;

/**
 * Prints a connection as text, as seen from one of its ends. On a server, each line begins with the
 * number of the connection. Then follows a mark: {@code <} for received, {@code >} for sent, {@code
 * =} for a state.
 */
final class ConnectionPrinter extends LivePrinter {
  /** The number of bytes of a response body that are shown. The body begins with the reason. */
  private static final int BODY = 256;

  private final Endpoint self;
  private final String name;
  private final byte[] received;
  private final byte[] sent;

  /** Whether the connection is one through TCP, not through a Unix domain socket. */
  private boolean tcp = true;

  /**
   * Creates a printer.
   *
   * @param self the end that prints the connection
   * @param number the number of the connection
   */
  ConnectionPrinter(Screen screen, LiveView view, Endpoint self, long number) {
    // A client has one connection at a time.
    super(screen, view, self == Endpoint.CLIENT ? "" : "#" + number + " ");
    this.self = self;
    name = "#" + number;
    received = Screen.encoded(start + "< ");
    sent = Screen.encoded(start + "> ");
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
      tcp = connected.peer() instanceof Event.Address.Tcp;
      connected(connected);
    } else if (event instanceof Event.Secured secured) {
      state("secured", "   by ");
      TlsReport.show(screen, secured);
    } else if (event instanceof Event.Interim interim) {
      interim(interim.response());
    } else if (event instanceof Event.Response response) {
      response(response, self == Endpoint.SERVER);
    } else if (event instanceof Event.Responded responded) {
      responded(responded);
    } else if (event instanceof Event.HeadIncomplete head) {
      headIncomplete(head);
    } else if (event instanceof Event.FaultImpossible fault) {
      SafeText.words(state("unable", "   to commit "), fault.id());
      screen.text(": the handshake of this connection does not allow this fault").endLine();
    } else if (event instanceof Event.Withheld withheld) {
      withheld(withheld);
    } else if (event instanceof Event.Coalesced coalesced) {
      coalesced(coalesced);
    } else if (event instanceof Event.QueryLeft left) {
      left(left);
    } else if (event instanceof Event.Reply reply) {
      reply(reply);
    } else if (event instanceof Event.Waiting waiting) {
      screen.prefix(start + "= ");
      screen.stamp();
      AwaitedReport.waiting(screen, waiting, tcp);
    } else if (event instanceof Event.Silence silence) {
      silence(silence);
    } else if (event instanceof Event.Expectation expectation) {
      expectation(expectation);
    } else if (event instanceof Event.Watching watching) {
      String watched =
          watching.all() ? "all connections" : "connections opened with the same token";
      state("watches", "  " + watched + "; frames of " + name + " are not shown").endLine();
    } else if (event instanceof Event.Watched watched) {
      screen.prefix(start + "= ");
      screen.stamp().text("watched", Style.HEADING).text("  by #").number(watched.watcher());
      screen.endLine();
    } else if (event instanceof Event.Lagging) {
      state("lagging", "  the client reads too slowly; the server drops broadcasts to it")
          .endLine();
    }
  }

  private void withheld(Event.Withheld event) {
    String words =
        switch (event.what()) {
          case RESPONSE_FOR_NOW -> "the response follows in ";
          case RESPONSE -> "no response follows; the server disconnects in ";
          case REST_OF_RESPONSE ->
              "half of the response was sent, and no more follows; the server disconnects in ";
          case READING -> "the server reads nothing more, and disconnects in ";
        };
    state("withheld", " on purpose: ").text(words);
    Durations.show(screen, Duration.ofNanos(event.nanos()));
    screen.endLine();
  }

  private void coalesced(Event.Coalesced event) {
    boolean one = event.messages() == 1;
    if (event.fate() == Event.Coalesced.Fate.SENT) {
      state("coalesced", " on purpose: ").number(event.messages());
      screen.text(one ? " message in " : " messages in ").number(event.bytes());
      screen.text(one ? " bytes follows" : " bytes follow");
      screen.text(" the request at once; a client must wait for the response (RFC 6455 §4.1)");
      screen.endLine();
      return;
    }
    state("coalesced", one ? " message: " : " messages: ");
    screen.text(
        switch (event.fate()) {
          case OPENED -> "the WebSocket is open, so the server can read ";
          case UNCOMPRESSED ->
              "sent before compression was agreed on, and not compressed, as RSV1 0 says (RFC 7692"
                  + " §6); the server can read ";
          default ->
              "no WebSocket opens; the server discards these bytes, or takes them for a body or"
                  + " another request";
        });
    boolean opens = event.fate() != Event.Coalesced.Fate.REJECTED;
    screen.text(opens ? (one ? "it" : "them") : "").endLine();
  }

  private void left(Event.QueryLeft event) {
    screen.prefix(start + "! ");
    SafeText.sentence(screen.stamp().words(COLUMN), String.join(", ", event.names()));
    if (event.more() > 0) {
      screen.text(" and ").number(event.more()).text(" more");
    }
    boolean one = event.names().size() == 1;
    screen.text(one ? " is not a parameter" : " are not parameters");
    screen.text(" of wscope; left to the client").endLine();
  }

  /** Shows which rule replies, or what it does not do. */
  private void reply(Event.Reply event) {
    String trouble = event.trouble();
    screen.prefix(start + (trouble == null ? "= " : "! "));
    screen.stamp().text("reply", Style.HEADING).words(COLUMN).text("    ");
    if (event.rule() > 0) {
      screen.text("rule ").number(event.rule()).text(" (line ").number(event.line());
      screen.text(" of ");
    }
    SafeText.words(screen, event.script());
    screen.text(event.rule() > 0 ? ")" : "");
    if (trouble != null) {
      screen.text(": ");
      SafeText.sentence(screen, trouble);
    }
    screen.endLine();
  }

  private void silence(Event.Silence event) {
    state(
        event.ping() ? "waiting" : "silent", event.ping() ? "  for the pong of the ping " : "   ");
    screen.text(event.ping() ? "" : "nothing received for ");
    Durations.show(screen, Duration.ofNanos(event.nanos()));
    screen.text(event.ping() ? " ago" : "").endLine();
  }

  private void expectation(Event.Expectation event) {
    screen.prefix(start + "= ");
    screen
        .stamp()
        .text(event.met() ? "matched" : "missed", event.met() ? Style.HEADING : Style.ERROR);
    screen.words(COLUMN).pad(COLUMN + 1);
    SafeText.sentence(screen, event.expected());
    screen.text(event.met() ? " after " : ": no message matched within ");
    Durations.show(screen, Duration.ofNanos(event.nanos()));
    if (event.doubt() != null) {
      screen.text("; ");
      SafeText.sentence(screen, event.doubt());
    }
    screen.endLine();
  }

  private void responded(Event.Responded event) {
    String body = event.response().body();
    if (view.detail().atLeast(Detail.FRAMES)
        && event.result() instanceof HandshakeResult.Rejected
        && !body.isEmpty()) {
      body(body);
    }
    screen.prefix(start + "= ");
    HandshakeOutcome.show(screen, view.advice(), event.result(), event.response());
  }

  private void disconnected(Event.Disconnected event) {
    boolean rows = view.detail() != Detail.NONE;
    state("closed", "   ");
    ClosureReport.show(screen, event, tcp);
    screen.endLine();
    if (rows && event.opened()) {
      ConnectionTotalsReport.rows(screen, event.totals());
    }
    if (rows) {
      ConnectionTotalsReport.lasted(screen, event.nanos());
    }
  }

  private void body(String body) {
    ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
    int most = (int) Math.min(Math.min(bytes.remaining(), BODY), view.preview());
    screen.text("body", Style.HEADING).text("     ");
    Payloads.cut(screen, bytes, true, 0, most);
    screen.endLine();
  }
}
