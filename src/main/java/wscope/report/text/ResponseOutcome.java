package wscope.report.text;

import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.AcceptKey;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.LegacyProtocol;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Rule;

/** Shows what a response means for a client: a WebSocket and its parameters, or none. */
final class ResponseOutcome {
  private static final int COLUMN = 9;
  private static final int VALUE = 13;

  private ResponseOutcome() {}

  /** Shows the outcome of a response whose head was read to its end. */
  static void show(Screen screen, Event.Response event) {
    ResponseHead head = event.head();
    if (head == null) {
      return;
    }
    if (head.status() != 101) {
      screen.text("rejected", Style.ERROR).words(COLUMN);
      screen.text(" with HTTP ").number(head.status()).text("; no WebSocket opens").endLine();
      return;
    }
    if (event.violations().stream().noneMatch(violation -> isAboutAccept(violation.rule()))) {
      accepted(screen, event.request());
    }
    if (!event.opens()) {
      screen.text("failed", Style.ERROR).words(COLUMN);
      screen.text("   a client must fail the connection");
      screen.text(isLegacyPair(event) ? "; a client of the old protocol opens it" : "");
    } else {
      screen.text("open", Style.HEADING).words(COLUMN).text("     extensions: ");
      fields(screen, head, "Sec-WebSocket-Extensions");
      screen.text("   subprotocol: ");
      fields(screen, head, "Sec-WebSocket-Protocol");
    }
    screen.endLine();
  }

  /** Shows that the response is not the final one. */
  static void interim(Screen screen) {
    screen.text("interim", Style.HEADING).words(COLUMN);
    screen.text("  the response to the request still follows").endLine();
  }

  /** Whether both heads belong to the same protocol before RFC 6455. */
  private static boolean isLegacyPair(Event.Response event) {
    RequestHead request = event.request();
    ResponseHead head = event.head();
    LegacyProtocol legacy = head == null ? null : LegacyProtocol.of(head);
    return request != null && legacy != null && legacy == LegacyProtocol.of(request);
  }

  private static boolean isAboutAccept(Rule rule) {
    return rule == Rule.ACCEPT_MISSING || rule == Rule.ACCEPT_WRONG;
  }

  /** Shows the accept value for the key of the request. */
  private static void accepted(Screen screen, @Nullable RequestHead request) {
    if (request != null && request.first("Sec-WebSocket-Key") != null) {
      AcceptKey key = AcceptKey.of(request.all("Sec-WebSocket-Key").get(0).value());
      screen.text("accept").pad(VALUE).text(key.value()).words(VALUE);
      screen.text("   matches the key").endLine();
    }
  }

  private static void fields(Screen screen, ResponseHead head, String name) {
    if (head.first(name) == null) {
      screen.text("none");
    }
    String separator = "";
    for (HeaderField field : head.all(name)) {
      screen.text(separator);
      SafeText.line(screen, field.value());
      separator = ", ";
    }
  }
}
