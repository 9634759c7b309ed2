package wscope.report.text;

import wscope.protocol.event.Event;

/** Shows what a forward proxy does with a connection to a server that the client names. */
final class ForwardReport {
  private ForwardReport() {}

  /** Shows the server and the treatment. The line is open. */
  static void show(Screen screen, Event.Proxied event) {
    SafeText.line(screen, event.authority());
    if (event.name() != null) {
      screen.text(" as ");
      SafeText.line(screen, event.name());
    }
    screen.text(
        switch (event.treatment()) {
          case UNKNOWN -> "   looks into it, but the client has sent no request";
          case PLAIN -> "   looks into it, without TLS";
          case TLS -> "   looks into it, with a certificate of its own authority";
          case NOT_NAMED -> "   passes it unseen: the host is none of those to look into";
          case OTHER_NAME -> "   passes it unseen: this name in TLS is none of those to look into";
          case NO_HTTP_1 -> "   passes it unseen: the client offers other protocols than HTTP/1.1";
          case OTHER_PROTOCOL -> "   passes it unseen: the client speaks neither HTTP nor TLS";
        });
    screen.endLine();
  }

  /** Shows the end of a connection that passed unseen. The line is open. */
  static void show(Screen screen, Event.Tunnelled event) {
    screen.text("tunnel: ");
    Payloads.count(screen, event.sent()).text(" from the client, ");
    Payloads.count(screen, event.received()).text(" from the server, in ");
    Durations.millis(screen, event.nanos());
    screen.text(" ms");
    if (event.trouble() != null) {
      screen.text("; ");
      SafeText.sentence(screen, event.trouble());
    }
    screen.endLine();
  }
}
