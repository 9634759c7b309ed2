package wscope.report.text;

import wscope.protocol.event.Event;

/** Shows the result of a client's TLS handshake: the parameters and the server's certificate. */
final class TlsReport {
  private static final int COLUMN = 9;

  /** The number of names of a certificate that are shown. */
  private static final int MOST_NAMES = 5;

  private TlsReport() {}

  /** Shows the result. The line is open. */
  static void show(Screen screen, Event.Secured event) {
    SafeText.words(screen, event.version() + ", " + event.cipherSuite());
    screen.text(", ALPN ");
    SafeText.words(screen, event.protocol() == null ? "none" : event.protocol());
    screen.text(", in ");
    Durations.millis(screen, event.nanos());
    screen.text(" ms").endLine();
    Event.Certificate certificate = event.certificate();
    if (certificate != null) {
      certificate(screen, certificate);
    }
  }

  private static void certificate(Screen screen, Event.Certificate certificate) {
    screen.pad(COLUMN).words(COLUMN).text("certificate for ");
    int shown = Math.min(certificate.names().size(), MOST_NAMES);
    SafeText.words(screen, String.join(", ", certificate.names().subList(0, shown)));
    if (shown < certificate.names().size()) {
      screen.text(" and ").number(certificate.names().size() - shown).text(" more");
    }
    long days = Math.abs(certificate.days());
    screen.text(certificate.days() < 0 ? ", expired " : ", expires in ").number(days);
    screen.text(days == 1 ? " day" : " days").text(certificate.days() < 0 ? " ago" : "");
    screen.text(", issued by ");
    SafeText.words(screen, certificate.issuer());
    screen.endLine();
    if (certificate.distrust() != null) {
      screen.text("  ! ", Style.WARNING).words(COLUMN).text("the certificate is not trusted: ");
      SafeText.words(screen, certificate.distrust());
      screen.endLine();
    }
  }
}
