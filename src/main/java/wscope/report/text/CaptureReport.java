package wscope.report.text;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.TlsSession;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleGroup;

/** Shows what only captures have: both ends, missing bytes, the end, and the list. */
final class CaptureReport {
  /** The silence in nanoseconds from which on it is worth a remark. */
  private static final long LONG_SILENCE = 1_000_000_000;

  private static final String CROWDED = "too many connections were open at a time";

  /** What an API reports for a Close frame without a code. */
  private static final int NO_CODE = 1005;

  private static final int ROW_MARGIN = 4;

  private CaptureReport() {}

  /** Shows both ends. The line is open. */
  static void ends(Screen screen, Event.Captured event) {
    if (event.client() != null) {
      AddressText.show(screen, event.client());
      screen.text(" ");
    }
    screen.text("to ");
    server(screen, event);
    if (event.tunnel() != null) {
      SafeText.words(screen.text(", from there to "), event.tunnel());
      screen.text(" (CONNECT)");
    }
    screen.text(event.whole() ? "" : "; the capture begins later than the connection").endLine();
  }

  private static void server(Screen screen, Event.Captured event) {
    if (event.server() == null) {
      screen.text("a server that the capture does not name");
    } else {
      AddressText.show(screen, event.server());
    }
  }

  /** Shows the parameters of TLS. The line is open. */
  static void secured(Screen screen, TlsSession tls) {
    screen.text(tls.version()).text(", ").text(tls.cipherSuite());
    screen.text(", ALPN ").text(tls.protocol() == null ? "none" : tls.protocol());
    screen.text(tls.serverName() == null ? "" : ", server name " + tls.serverName());
    screen.text(tls.resumed() ? ", a resumed session" : "").endLine();
  }

  /** Shows an alert of TLS. The line is open. */
  static void alert(Screen screen, Event.TlsAlert event) {
    screen.text("alert by the ").text(event.sender().id()).text(": ");
    if (event.fatal()) {
      screen.text(event.name(), Style.ERROR).text(", which is fatal").endLine();
    } else {
      screen.text(event.name()).endLine();
    }
  }

  /** Shows that records of TLS are missing. The line is open. */
  static void missing(Screen screen, Event.RecordsMissing event) {
    screen.number(event.records()).text(event.records() == 1 ? " record" : " records");
    screen.text(" of the ").text(event.sender().id()).text(", of ");
    Payloads.count(screen, event.bytes());
    screen.text(event.records() == 1 ? ", is" : ", are").text(" not in the capture; the next one");
    screen
        .text(" authenticates with its number, and wscope looks for the next frame in it")
        .endLine();
  }

  /** Shows that TLS cannot be decrypted further. The line is open. */
  static void undecrypted(Screen screen, Event.Undecrypted event) {
    String sender = event.sender().id();
    screen.text("the ").text(sender).text(": ").text(event.reason());
    screen.text("; what the ").text(sender).text(" sent from there on is not read").endLine();
  }

  /** Shows that bytes are missing. The line is open. */
  static void gap(Screen screen, Event.Gap event) {
    String sender = event.sender().id();
    if (event.then() == Event.Gap.Then.CROWDED) {
      screen.text("too many bytes of the ").text(sender).text(" wait for those of the ");
      screen.text(event.sender().peer().id());
    } else if (event.missing() == 0) {
      screen.text("the bytes of the ").text(sender).text(" begin inside a frame");
    } else if (event.missing() == 1) {
      screen.text("1 byte of the ").text(sender).text(", or its FIN, is not in the capture");
    } else {
      Payloads.count(screen, event.missing());
      screen.text(" of the ").text(sender).text(" are not in the capture");
    }
    screen.text("; ");
    switch (event.then()) {
      case KNOWN -> screen.text("the header of its frame says where the next one begins");
      case SEARCH -> screen.text("wscope looks for the next frame");
      case CROWDED, UNREAD -> screen.text("what the ").text(sender).text(" sent later is not read");
    }
    screen.endLine();
  }

  /** Warns that a retransmission differs from what was captured first. The line is open. */
  static void differs(Screen screen, Event.RetransmissionDiffers event) {
    screen.text("what the ").text(event.sender().id()).text(" retransmitted differs in ");
    Payloads.count(screen, event.bytes());
    screen.text(" from what was captured first, from offset ").number(event.offset());
    screen.text(" of its TCP stream on; wscope reads what was captured first").endLine();
  }

  /**
   * Warns that the next frame after a gap was found, and says why it is believed. The line is open.
   */
  static void resumed(Screen screen, Event.Resumed event) {
    String sender = event.sender().id();
    screen.text("the next frame of the ").text(sender).text(" begins ");
    if (event.skipped() == 0) {
      screen.text("right after the gap");
    } else {
      Payloads.count(screen, event.skipped());
      screen.text(" later, which are not read");
    }
    if (event.headers() == 0) {
      screen.text(", as the header before the gap says");
    } else {
      screen.text(", probably: ").number(event.headers());
      screen.text(event.headers() == 1 ? " header fits" : " headers in a row fit");
      screen.text(" (RSV, opcode, MASK ").text(event.sender() == Endpoint.CLIENT ? "1" : "0");
      screen.text(", length)");
      if (event.texts() > 0) {
        screen.text(", ").number(event.texts());
        screen.text(event.texts() == 1 ? " text is UTF-8" : " texts are UTF-8");
      }
      screen.text(event.packet() ? ", and the first begins with a packet" : "");
    }
    screen.text("; what it continues, and any deflate context, are unknown").endLine();
  }

  /** Warns that no frame was found after a gap. The line is open. */
  static void unread(Screen screen, Event.Unread event) {
    String sender = event.sender().id();
    Payloads.count(screen, event.bytes());
    screen
        .text(" of the ")
        .text(sender)
        .text(" after the gap are not read, because nothing in them");
    screen.text(" is a frame for sure").endLine();
  }

  /** Whether the capture shows anything of the end, or has only messages, which never show it. */
  static boolean showsEnd(Event.CaptureEnded event) {
    return event.fidelity() == Event.Fidelity.MESSAGES
        || event.client() != null
        || event.server() != null
        || event.end() != null;
  }

  /** Shows why the end of the connection is not known. The line is open. */
  static void unended(Screen screen, Event.CaptureEnded event) {
    Event.ReadUntil until = event.until();
    if (until != null) {
      switch (until) {
        case NEXT_CONNECTION ->
            screen.text("not in the capture: the next connection of the same endpoints begins");
        case NEXT_REQUEST -> screen.text("of this handshake: the next request follows");
        case CROWDED -> screen.text("not read: ").text(CROWDED);
      }
    } else if (hasGap(event)) {
      screen.text("not in the capture, in which bytes are missing");
    } else if (event.fidelity() != Event.Fidelity.BYTES) {
      screen.text("not in the capture, which may not show it");
    } else {
      screen.text("not in the capture: the connection is still open when the capture ends");
    }
    if (event.remark() != null) {
      remark(screen, event.remark());
    }
    screen.endLine();
  }

  private static void remark(Screen screen, String words) {
    screen.text("; the log says: ");
    SafeText.sentence(screen, words);
  }

  /** Shows who ended the connection. The line is open. */
  static void ended(Screen screen, Event.CaptureEnded event) {
    if (event.fidelity() == Event.Fidelity.MESSAGES) {
      screen.text("the capture does not show who closed it and how");
    } else {
      closing(screen, event);
      transport(screen, event);
    }
    if (event.remark() != null) {
      remark(screen, event.remark());
    }
    screen.endLine();
  }

  private static void transport(Screen screen, Event.CaptureEnded event) {
    TransportEnd end = event.end();
    screen.text("; ");
    if (end == null && event.until() == Event.ReadUntil.CROWDED) {
      screen.text("the end of TCP is not read: ").text(CROWDED);
    } else if (end == null) {
      screen.text("the capture does not show who ended TCP first");
    } else {
      screen.text("the ").text(end.by().id());
      screen.text(
          end.manner() == TransportEnd.Manner.RESET
              ? " reset TCP (RST)"
              : " ended TCP first (FIN)");
      silence(screen, event);
      screen.text(hasNoClose(event) ? "; an API reports 1006" : "");
    }
  }

  private static void silence(Screen screen, Event.CaptureEnded event) {
    if (event.silence() >= LONG_SILENCE) {
      screen.text(" after ");
      Durations.show(screen, Duration.ofNanos(event.silence()));
      screen.text(" of silence");
    }
  }

  /** Whether neither endpoint sent a Close, for sure. */
  private static boolean hasNoClose(Event.CaptureEnded event) {
    return event.client() == null && event.server() == null && !hasGap(event);
  }

  private static boolean hasGap(Event.CaptureEnded event) {
    boolean lacksBytes = event.fidelity() != Event.Fidelity.HEADERS;
    return lacksBytes && event.unjudged().contains(RuleGroup.CLOSE_BODY);
  }

  private static void closing(Screen screen, Event.CaptureEnded event) {
    Endpoint first = event.initiator();
    if (first == null) {
      boolean byClient = event.client() != null;
      if (hasNoClose(event)) {
        screen.text("without a Close frame");
      } else if (event.client() == null && event.server() == null) {
        screen.text("without a Close frame in the bytes that were read");
      } else {
        screen.text("with a Close of the ").text(byClient ? "client: " : "server: ");
        code(screen, byClient ? event.client() : event.server());
        screen.text(", perhaps after one that is missing");
      }
      return;
    }
    boolean byClient = first == Endpoint.CLIENT;
    CloseBody answer = byClient ? event.server() : event.client();
    screen.text("by the ").text(first.id()).text(": ");
    code(screen, byClient ? event.client() : event.server());
    if (answer == null && hasGap(event)) {
      screen.text(", with no answer in the bytes that were read");
    } else if (answer == null) {
      screen.text(", not answered");
    } else {
      screen.text(", answered by the ").text(first.peer().id()).text(": ");
      code(screen, answer);
    }
  }

  private static void code(Screen screen, @Nullable CloseBody body) {
    if (CloseBody.UNKNOWN.equals(body)) {
      screen.text("a code that is not in the capture");
    } else if (body == null || !body.hasCode()) {
      screen.text("no code (1005)");
    } else {
      screen.number(body.code()).text(" ").text(CloseCode.label(body.code()));
    }
  }

  /** Shows which rules the capture cannot show. The line is open. */
  static void fidelity(Screen screen, Event.CaptureEnded event) {
    if (event.unjudged().isEmpty() && event.fidelity() == Event.Fidelity.TRACE) {
      screen.text("the bytes that curl traced, without the pongs and Close frames that it sends");
      screen.text(" itself: every rule is judged on these").endLine();
      return;
    }
    if (event.unjudged().isEmpty()) {
      screen.text("all bytes of both directions: every rule is judged").endLine();
      return;
    }
    screen.text("not judgeable, because ").text(lack(event)).text(": the rules of ");
    String comma = "";
    for (RuleGroup group : event.unjudged()) {
      screen.text(comma).text(group.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      comma = ", ";
    }
    for (Rule rule : event.unjudgedRules()) {
      screen.text(comma).text(rule.id());
    }
    screen.endLine();
  }

  /** Why rules cannot be judged. */
  private static String lack(Event.CaptureEnded event) {
    return switch (event.fidelity()) {
      case BYTES, TRACE ->
          event.until() == Event.ReadUntil.CROWDED
              ? "the rest of the connection is not read"
              : "bytes are missing";
      case HEADERS -> "the capture has only the headers of frames";
      case MESSAGES -> "the capture has only messages";
    };
  }

  /** Shows a row of the list. */
  static void row(Screen screen, Event.CaptureRow row) {
    screen.prefix("");
    screen.timeless().text("#").number(row.number()).text(" ").words(ROW_MARGIN);
    if (row.ends().client() != null) {
      AddressText.show(screen, row.ends().client());
      screen.text(" ");
    }
    screen.text("→ ");
    if (row.ends().server() != null) {
      AddressText.show(screen, row.ends().server());
      screen.text(" ");
    }
    if (row.ends().tunnel() != null) {
      SafeText.words(screen.text("→ "), row.ends().tunnel());
      screen.text(" (CONNECT) ");
    }
    TlsSession tls = row.ends().tls();
    if (tls != null) {
      screen
          .text(tls.version())
          .text(tls.serverName() == null ? " " : " " + tls.serverName() + " ");
    }
    if (row.target() == null) {
      screen.text("(no request)");
    } else {
      SafeText.line(screen, row.target());
    }
    if (row.status() > 0) {
      screen.text(" ").number(row.status());
    }
    boolean messages = row.end().fidelity() == Event.Fidelity.MESSAGES;
    long count = messages ? row.messages() : row.frames();
    screen.text(row.deflate() ? " deflate " : " ").number(count);
    screen.text(messages ? " message" : " frame").text(count == 1 ? "" : "s");
    if (row.errors() > 0) {
      screen.text(", ").number(row.errors());
      screen.text(row.errors() == 1 ? " violation" : " violations", Style.ERROR);
    }
    rowEnd(screen, row.end());
    if (row.differing() > 0) {
      screen.text(", retransmissions differ in ");
      Payloads.count(screen, row.differing());
    }
    screen.endLine();
  }

  private static String rowUntil(Event.ReadUntil until) {
    return switch (until) {
      case NEXT_CONNECTION -> ", its end is missing";
      case NEXT_REQUEST -> ", the next request follows";
      case CROWDED -> ", not read to its end";
    };
  }

  private static void rowEnd(Screen screen, Event.CaptureEnded event) {
    Endpoint first = event.initiator();
    TransportEnd end = event.end();
    if (first != null) {
      CloseBody body = first == Endpoint.CLIENT ? event.client() : event.server();
      screen.text(", closed by the ").text(first.id());
      if (!CloseBody.UNKNOWN.equals(body)) {
        screen.text(" ").number(body != null && body.hasCode() ? body.code() : NO_CODE);
      }
    } else if (end != null) {
      boolean reset = end.manner() == TransportEnd.Manner.RESET;
      screen.text(", ").text(reset ? "reset" : "ended").text(" by the ").text(end.by().id());
      screen.text(hasNoClose(event) ? " without Close" : "");
      silence(screen, event);
    } else if (event.until() != null) {
      screen.text(rowUntil(event.until()));
    } else {
      boolean shown = event.fidelity() == Event.Fidelity.BYTES && !hasGap(event);
      screen.text(shown ? ", open at the end of the capture" : ", its end is unknown");
    }
    if (event.fidelity() == Event.Fidelity.HEADERS) {
      screen.text(", headers of frames only");
    } else if (event.fidelity() != Event.Fidelity.MESSAGES && event.until() == null) {
      screen.text(event.unjudged().isEmpty() ? "" : ", bytes are missing");
    }
  }
}
