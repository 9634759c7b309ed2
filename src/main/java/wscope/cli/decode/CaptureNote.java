package wscope.cli.decode;

import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import wscope.capture.packets.CaptureFindings;
import wscope.capture.packets.StreamKind;
import wscope.packet.TcpEndpoint;
import wscope.report.text.AddressText;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** Says on standard error what a capture holds, and what was not read of it. */
final class CaptureNote {
  private final Screen screen;

  CaptureNote(Screen screen) {
    this.screen = screen;
  }

  /**
   * Says what was read.
   *
   * @param trouble why the file could not be read to its end; null if it was
   */
  void show(CaptureFindings findings, String format, @Nullable String trouble) {
    screen.text("note: ").text(format).text(": ").text(contents(findings)).endLine();
    String skipped = skipped(findings);
    if (!skipped.isEmpty()) {
      screen.text("note: not TCP: ").text(skipped).endLine();
    }
    if (findings.cut() > 0) {
      screen.text("note: ").text(cut(findings)).endLine();
    }
    if (findings.missing() > 0) {
      screen.text("note: missing from the streams: ").number(findings.missing());
      screen.text(findings.missing() == 1 ? " byte" : " bytes").endLine();
    }
    if (findings.differing() > 0) {
      screen.text("note: retransmissions differ in ").number(findings.differing());
      screen.text(findings.differing() == 1 ? " byte" : " bytes");
      screen.text(" from what was captured first, which is read").endLine();
    }
    if (findings.fragments() > 0) {
      screen.text("note: ").number(findings.fragments());
      screen.text(" IP fragments without the rest of their packets").endLine();
    }
    crowded(findings.notFollowed(), "not read");
    crowded(findings.abandoned(), "not read to the end");
    for (String remark : findings.remarks()) {
      screen.text("note: ").text(remark).endLine();
    }
    showTls(findings);
    if (trouble != null) {
      screen.text("note: ").text(trouble).text("; what precedes it was read").endLine();
    }
    screen.flush();
  }

  private void crowded(long connections, String how) {
    if (connections > 0) {
      screen.text("note: ").number(connections).text(" WebSocket ");
      screen.text(connections == 1 ? "connection was " : "connections were ").text(how);
      screen.text(", because too many were open").endLine();
    }
  }

  /** Says which connections with TLS were not decrypted, and why. */
  void showTls(CaptureFindings findings) {
    for (CaptureFindings.UnreadTls unread : findings.unreadTls()) {
      showTls(unread);
    }
    if (findings.moreUnreadTls() > 0) {
      screen.text("note: not decrypted: ").number(findings.moreUnreadTls());
      screen.text(" more connections with TLS").endLine();
    }
  }

  /** Why there is nothing to show, worded as an error. */
  static String nothing(CaptureFindings findings, String format, @Nullable String trouble) {
    StringBuilder text = new StringBuilder("no WebSocket in ");
    text.append(format.endsWith("s") ? "these " : "this ");
    text.append(format).append(": ").append(contents(findings));
    String skipped = skipped(findings);
    text.append(skipped.isEmpty() ? "" : "; not TCP: " + skipped);
    text.append(findings.cut() == 0 ? "" : "; " + cut(findings));
    if (findings.fragments() > 0) {
      text.append("; ").append(findings.fragments());
      text.append(" IP fragments without the rest of their packets");
    }
    if (findings.kinds().containsKey(StreamKind.HTTP2)
        || findings.kinds().containsKey(StreamKind.HTTP2_WEBSOCKET)) {
      text.append("; wscope does not read HTTP/2");
    }
    return text.append(trouble == null ? "" : "; " + trouble).toString();
  }

  /** Says which connection was not decrypted, and why. */
  private void showTls(CaptureFindings.UnreadTls unread) {
    screen.text("note: not decrypted: ").text(address(unread.first())).text(" → ");
    screen.text(address(unread.second()));
    if (unread.tunnel() != null) {
      SafeText.words(screen.text(" → "), unread.tunnel());
      screen.text(" (CONNECT)");
    }
    String name = unread.serverName();
    screen.text(name == null ? "" : " (" + name + ")").text(": ").text(unread.why()).endLine();
  }

  private static String address(TcpEndpoint endpoint) {
    return AddressText.host(endpoint.host()) + ":" + endpoint.port();
  }

  private static String contents(CaptureFindings findings) {
    StringBuilder text = new StringBuilder();
    text.append(findings.counted());
    StringJoiner kinds = new StringJoiner(", ", " (", ")");
    kinds.setEmptyValue("");
    for (Map.Entry<StreamKind, Long> kind : findings.kinds().entrySet()) {
      kinds.add(kind.getValue() + " with " + kind.getKey().words());
    }
    return text.append(kinds).toString();
  }

  private static String cut(CaptureFindings findings) {
    return "the capture has only the beginning of "
        + findings.cut()
        + (findings.cut() == 1 ? " packet" : " packets")
        + "; capture whole packets, as with tcpdump -s 0";
  }

  private static String skipped(CaptureFindings findings) {
    StringJoiner skipped = new StringJoiner(", ");
    findings.skipped().forEach((what, count) -> skipped.add(count + " " + what));
    return skipped.toString();
  }
}
