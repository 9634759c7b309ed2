package wscope.report.text;

import wscope.protocol.handshake.LegacyProtocol;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;

/** Explains a head of a protocol before RFC 6455. */
final class LegacyReport {
  private LegacyReport() {}

  /** Shows the protocol of a request, or nothing if that is not a legacy protocol. */
  static void show(Screen screen, RequestHead request) {
    LegacyProtocol legacy = LegacyProtocol.of(request);
    if (legacy != null) {
      show(screen, "the client uses an old protocol: ", legacy);
    }
  }

  /** Shows the protocol of a response, or nothing if that is not a legacy protocol. */
  static void show(Screen screen, ResponseHead response) {
    LegacyProtocol legacy = LegacyProtocol.of(response);
    if (legacy != null) {
      show(screen, "the server uses an old protocol: ", legacy);
      screen.text("      ").words(6);
      screen.text("RFC 6455 needs Sec-WebSocket-Accept; without it, Chromium says:");
      screen.text(" 'Sec-WebSocket-Accept' header is missing").endLine();
    }
  }

  private static void show(Screen screen, String words, LegacyProtocol legacy) {
    screen.text("  ! ", Style.WARNING).words(6).text(words).text(legacy.document()).endLine();
    screen.text("      ").words(6).text("the protocol of ").text(legacy.spokenBy()).endLine();
    screen.text("      ").words(6).text(legacy.difference()).endLine();
  }
}
