package wscope.report.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.Tee;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.report.Detail;
import wscope.report.LiveView;

/**
 * A connection as text, from the place of one of its ends. Each line bears its number and its
 * direction: {@code <} received, {@code >} sent, {@code =} a state.
 */
final class ConnectionReport implements ExchangeListener {
  private static final int COLUMN = 9;

  /** How much of a response is shown: it says what is wrong before it lists all that is right. */
  private static final int BODY = 256;

  private final Screen screen;
  private final LiveView view;
  private final Endpoint self;
  private final String name;
  private @Nullable FrameReport received;

  /**
   * @param self the end that shows this
   * @param number of the connection
   */
  ConnectionReport(Screen screen, LiveView view, Endpoint self, long number) {
    this.screen = screen;
    this.view = view;
    this.self = self;
    name = "#" + number;
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    boolean ever = view.kept() != Detail.NONE;
    if (sender == self) {
      return ever ? new FrameReport(screen, view, name + " > ", received) : null;
    }
    FrameListener violations = new ViolationsOnly();
    if (!ever) {
      return violations;
    }
    received = new FrameReport(screen, view, name + " < ", null);
    return Tee.both(violations, received);
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Request request) {
      request(request);
    } else if (event instanceof Event.Disconnected disconnected) {
      disconnected(disconnected);
    } else if (view.detail() != Detail.NONE) {
      show(event);
    }
  }

  private void show(Event event) {
    if (event instanceof Event.Connected connected) {
      state("connected", " from ").text(AddressText.authority(connected.peer())).endLine();
    } else if (event instanceof Event.Response response) {
      response(response);
    } else if (event instanceof Event.Responded responded) {
      responded(responded);
    } else if (event instanceof Event.HeadIncomplete head) {
      lines(head.sender() == self ? " > " : " < ", head.raw());
      screen.text("✗ incomplete", Style.ERROR);
      screen.text("   the head has no blank line that ends it").endLine();
    } else if (event instanceof Event.FaultImpossible fault) {
      state("unable", "   to commit ").text(fault.id());
      screen.text(": what client and server agreed on does not allow it").endLine();
    } else if (event instanceof Event.Waiting waiting) {
      screen.prefix(name + " = ");
      screen.stamp();
      AwaitedReport.waiting(screen, waiting);
    } else if (event instanceof Event.Watching) {
      state("watches", "  connections that bear its token; its own frames are not shown").endLine();
    } else if (event instanceof Event.Watched watched) {
      screen.prefix(name + " = ");
      screen.stamp().text("watched", Style.HEADING).text("  by #").number(watched.watcher());
      screen.endLine();
    } else if (event instanceof Event.Lagging) {
      state("lagging", "  the client takes too little: messages of others are not sent to it")
          .endLine();
    }
  }

  /** Begins a line about the state of the connection. */
  private Screen state(String word, String rest) {
    screen.prefix(name + " = ");
    return screen.stamp().text(word, Style.HEADING).words(COLUMN).text(rest);
  }

  private void request(Event.Request event) {
    String direction = self == Endpoint.SERVER ? " < " : " > ";
    if (view.detail().atLeast(Detail.FRAMES)) {
      lines(direction, event.raw());
    }
    violations(direction, event.result().violations());
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
    String direction = self == Endpoint.CLIENT ? " < " : " > ";
    if (view.detail().atLeast(Detail.FRAMES)) {
      lines(direction, event.raw());
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
    Outcomes.show(screen, view.advice(), event.result(), event.response());
  }

  private void disconnected(Event.Disconnected event) {
    boolean rows = view.detail() != Detail.NONE;
    if (!rows && event.trouble() == null) {
      return;
    }
    state("closed", "   ");
    Closures.show(screen, event);
    screen.endLine();
    if (rows && event.opened()) {
      TrafficReport.rows(screen, event.traffic());
    }
    if (rows) {
      TrafficReport.lasted(screen, event.nanos());
    }
  }

  /** The violations of a head, which is shown before them or not at all. */
  private void violations(String direction, List<Violation> violations) {
    screen.prefix(name + direction);
    if (!view.detail().atLeast(Detail.FRAMES) && !violations.isEmpty()) {
      screen.stamp();
    }
    Violations.show(screen, view.advice(), violations);
  }

  private void lines(String direction, String head) {
    screen.prefix(name + direction);
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

  /** Shows the violations of the peer while nothing else of its frames is shown. */
  private final class ViolationsOnly implements FrameListener {
    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      for (int i = 0; i < violations.size(); i++) {
        violation(violations.get(i));
      }
    }

    @Override
    public void violation(Violation violation) {
      if (view.detail() == Detail.NONE) {
        screen.prefix(name + " < ");
        screen.stamp();
        Violations.show(screen, view.advice(), violation);
      }
    }
  }
}
