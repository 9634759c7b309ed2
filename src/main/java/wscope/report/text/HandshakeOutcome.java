package wscope.report.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.DeflateResponse;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HttpResponse;
import wscope.report.Advice;

/** Shows the outcome of a request: a WebSocket and its parameters, a rejection, or a page. */
final class HandshakeOutcome {
  private static final int COLUMN = 9;

  /** The number of characters of the offered subprotocols that are shown. */
  private static final int OFFERED = 30;

  /** The beginning of a response with parameters. */
  private static final String PREFIX = DeflateParameters.EXTENSION + "; ";

  private HandshakeOutcome() {}

  static void show(Screen screen, Advice advice, HandshakeResult handshake, HttpResponse response) {
    screen.stamp();
    if (handshake instanceof HandshakeResult.Accepted accepted) {
      opened(screen, advice, accepted);
    } else if (handshake instanceof HandshakeResult.Rejected rejected) {
      rejected(screen, response);
      screen.pad(COLUMN).words(COLUMN);
      SafeText.words(screen, rejected.why());
      screen.endLine();
    } else if (handshake instanceof HandshakeResult.Invalid) {
      rejected(screen, response);
    } else if (handshake instanceof HandshakeResult.PlainRequest plain) {
      screen
          .text("page", Style.HEADING)
          .words(COLUMN)
          .text("     sent in response to a plain HTTP request for ");
      SafeText.line(screen, plain.request().target());
      screen.endLine();
    }
  }

  private static void opened(Screen screen, Advice advice, HandshakeResult.Accepted accepted) {
    String header = accepted.deflate().header();
    screen.text("open", Style.HEADING).words(COLUMN).text("     ");
    SafeText.line(screen, accepted.request().target());
    screen.text("   extensions: ");
    screen.text(header == null ? "none" : DeflateParameters.EXTENSION);
    screen.text("   subprotocol: ");
    SafeText.line(screen, orNone(accepted.subprotocol()));
    screen.endLine();
    offered(screen, advice, accepted.subprotocol(), accepted.request().subprotocols());
    if (header != null && header.length() > PREFIX.length()) {
      screen
          .pad(COLUMN)
          .words(COLUMN)
          .text("with ")
          .text(header.substring(PREFIX.length()))
          .endLine();
    }
    for (DeflateResponse.Declined declined : accepted.deflate().declined()) {
      screen.pad(COLUMN).words(COLUMN).text("offer ").number(declined.offer()).text(" declined: ");
      SafeText.line(screen, declined.parameter().toString());
      screen.text(": ");
      SafeText.words(screen, declined.why());
      screen.endLine();
    }
  }

  /**
   * Shows as many of the offered subprotocols as fit, unless the only one is selected, and if none
   * is selected, the way to accept the first of them.
   */
  private static void offered(
      Screen screen, Advice advice, @Nullable String selected, List<String> names) {
    if (names.isEmpty() || (selected != null && names.size() == 1)) {
      return;
    }
    screen.pad(COLUMN).words(COLUMN).text("the client offered ");
    int room = OFFERED - names.get(0).length();
    int count = 0;
    while (count < names.size() && room >= 0) {
      screen.text(count == 0 ? "" : ", ").text(names.get(count));
      count++;
      room -= count < names.size() ? names.get(count).length() + 2 : 0;
    }
    if (count == 0) {
      screen.number(names.size()).text(names.size() == 1 ? " subprotocol" : " subprotocols");
    } else if (count < names.size()) {
      screen.text(" and ").number(names.size() - count).text(" more");
    }
    if (selected == null) {
      screen.text(advice.onSubprotocol(count == 0 ? null : names.get(0)));
    }
    screen.endLine();
  }

  private static void rejected(Screen screen, HttpResponse response) {
    screen.text("rejected", Style.ERROR).text(" with HTTP ").number(response.status());
    screen.text(" ").text(response.reason()).endLine();
  }

  private static String orNone(@Nullable String value) {
    return value == null ? "none" : value;
  }
}
