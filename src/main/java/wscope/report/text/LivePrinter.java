package wscope.report.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.report.Detail;
import wscope.report.LiveView;

/** Prints a connection as text while it lasts: its handshake and its state. */
abstract class LivePrinter extends TextPrinter {
  static final int COLUMN = 9;

  /** The number of bytes of a body that are shown to a client, whose user may not know it. */
  private static final int CLIENT_BODY = 2048;

  /** The beginning of each line, with a space at its end; may be empty. */
  final String start;

  /** A response that is not HTTP, as far as it was read. */
  private String unreadable = "";

  LivePrinter(Screen screen, LiveView view, String start) {
    super(screen, view);
    this.start = start;
  }

  /** Begins a line about the state of the connection. */
  final Screen state(String word, String rest) {
    screen.prefix(start + "= ");
    return screen.stamp().text(word, Style.HEADING).words(COLUMN).text(rest);
  }

  final void connected(Event.Connected event) {
    boolean accepted = event.nanos() < 0;
    AddressText.show(state("connected", accepted ? " from " : " to "), event.peer());
    if (!accepted) {
      screen.text(" in ");
      Durations.millis(screen, event.nanos());
      screen.text(" ms");
    }
    screen.endLine();
  }

  final void request(Event.Request event) {
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
      screen.prefix(start + "= ");
      AcceptKeyReport.steps(screen, accepted.key());
    }
  }

  /**
   * Shows a response.
   *
   * @param own whether wscope has sent it
   */
  final void response(Event.Response event, boolean own) {
    if (view.detail().atLeast(Detail.FRAMES)) {
      lines(Endpoint.SERVER, event.raw());
      // A server sends an invalid response only to commit a fault.
      ResponseReport.show(screen, view.advice(), event, own);
    } else if (!own) {
      violations(Endpoint.SERVER, event.violations());
    }
    if (!own) {
      if (view.detail() != Detail.NONE || !event.opens()) {
        screen.prefix(start + "= ");
        ResponseOutcome.show(screen.stamp(), event);
        RejectionReport.show(screen, view.advice(), event);
      }
      unreadable = event.head() == null ? event.raw() : "";
    }
  }

  @Override
  public void body(Endpoint sender, ByteBuffer content, long omitted) {
    prefix(sender);
    ByteBuffer start = StandardCharsets.ISO_8859_1.encode(unreadable);
    ByteBuffer all = ByteBuffer.allocate(start.remaining() + content.remaining());
    all.put(start).put(content.duplicate()).flip();
    screen.stamp().text(unreadable.isEmpty() ? "body" : "received", Style.HEADING).pad(COLUMN);
    Payloads.cut(screen, all, true, omitted, CLIENT_BODY);
    screen.endLine();
    String text = StandardCharsets.ISO_8859_1.decode(all).toString();
    if (!unreadable.isEmpty()) {
      screen.prefix(this.start + "= ");
      RejectionReport.otherProtocol(screen, text);
    } else if (sender == Endpoint.SERVER) {
      screen.prefix(this.start + "= ");
      RejectionReport.page(screen, text);
    }
  }

  final void interim(Event.Response event) {
    if (view.detail().atLeast(Detail.FRAMES)) {
      lines(Endpoint.SERVER, event.raw());
    }
    violations(Endpoint.SERVER, event.violations());
    screen.prefix(start + "= ");
    ResponseOutcome.interim(screen.stamp());
  }

  final void headIncomplete(Event.HeadIncomplete head) {
    lines(head.sender(), head.raw());
    screen.text("✗ incomplete", Style.ERROR);
    screen.text("   the head does not end with an empty line").endLine();
  }

  /** Shows the violations in a head. If the head is shown, they follow it. */
  final void violations(Endpoint sender, List<Violation> violations) {
    prefix(sender);
    if (!view.detail().atLeast(Detail.FRAMES) && !violations.isEmpty()) {
      screen.stamp();
    }
    Violations.show(screen, view.advice(), violations);
  }

  final void lines(Endpoint sender, String head) {
    prefix(sender);
    screen.stamp();
    HeadLines.show(screen, "", head);
  }
}
