package wscope.report.text;

import wscope.protocol.handshake.LegacyProtocol;
import wscope.protocol.handshake.RequestHead;

/** Explains a request of a protocol before RFC 6455. */
final class LegacyReport {
  private LegacyReport() {}

  /** Shows the protocol of the request, or nothing if that is not a legacy protocol. */
  static void show(Screen screen, RequestHead request) {
    LegacyProtocol legacy = LegacyProtocol.of(request);
    if (legacy != null) {
      screen
          .text("  ! ", Style.WARNING)
          .words(6)
          .text("the client uses an old protocol: ")
          .text(legacy.document());
      screen.endLine();
      screen.text("      ").words(6).text("the protocol of ").text(legacy.spokenBy()).endLine();
      screen.text("      ").words(6).text(legacy.difference()).endLine();
    }
  }
}
