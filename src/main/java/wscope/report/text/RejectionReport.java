package wscope.report.text;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.report.Advice;

/** Shows who probably rejected the handshake of a client, and why, as far as the response says. */
final class RejectionReport {
  private static final int COLUMN = 9;

  /** The beginnings of what other protocols send first. */
  private static final List<Greeting> GREETINGS =
      List.of(
          new Greeting("SSH-", "SSH"),
          new Greeting("220 ", "SMTP or FTP"),
          new Greeting("220-", "SMTP or FTP"),
          new Greeting("* OK", "IMAP"),
          new Greeting("+OK", "POP3"),
          new Greeting("-ERR", "Redis or POP3"),
          new Greeting("RFB ", "VNC"),
          new Greeting("\0\0", "HTTP/2 or another binary protocol"));

  /** The names of programs that are usually proxies, as in the Server field. */
  private static final List<String> PROXIES =
      List.of("cloudflare", "envoy", "haproxy", "varnish", "awselb", "squid", "traefik", "nginx");

  /** Texts on the pages of proxies, of which some name no proxy in a field. */
  private static final List<Page> PAGES =
      List.of(
          new Page("<center>nginx", "nginx"),
          new Page("<center>openresty", "openresty"),
          new Page("No server is available to handle this request.", "haproxy"),
          new Page("The server didn't respond in time.", "haproxy"),
          new Page("The server returned an invalid or incomplete response.", "haproxy"),
          new Page("Your browser sent an invalid request.", "haproxy"),
          new Page("Request forbidden by administrative rules.", "haproxy"),
          new Page("upstream connect error or disconnect/reset before headers", "Envoy"),
          new Page("no healthy upstream", "Envoy"));

  private static final List<Integer> GATEWAY = List.of(502, 503, 504);

  private record Greeting(String start, String protocol) {}

  private record Page(String text, String proxy) {}

  private RejectionReport() {}

  /** Shows a line if a response opens no WebSocket and something can be said about it. */
  static void show(Screen screen, Advice advice, Event.Response event) {
    ResponseHead head = event.head();
    if (head == null) {
      screen.text("failed", Style.ERROR).words(COLUMN);
      screen.text("   no WebSocket is there: the response is not HTTP").endLine();
    } else if (head.status() != 101) {
      who(screen, head);
      why(screen, advice, head, event.request());
    }
  }

  /** Names the protocol that a server speaks instead of HTTP, if its first bytes show it. */
  static void otherProtocol(Screen screen, String received) {
    for (Greeting greeting : GREETINGS) {
      if (received.startsWith(greeting.start)) {
        screen.pad(COLUMN).words(COLUMN).text("the server seems to speak ");
        screen.text(greeting.protocol).endLine();
        return;
      }
    }
  }

  /** Names the proxy whose own page a body is, if the page shows it. */
  static void page(Screen screen, String body) {
    for (Page page : PAGES) {
      if (body.contains(page.text)) {
        screen.pad(COLUMN).words(COLUMN).text("this is a page of ").text(page.proxy);
        screen.text(" itself").endLine();
        return;
      }
    }
  }

  private static void who(Screen screen, ResponseHead head) {
    HeaderField server = head.first("Server");
    HeaderField via = head.first("Via");
    boolean proxy = via != null || (server != null && isProxy(server.value()));
    if (server == null && via == null) {
      return;
    }
    screen.pad(COLUMN).words(COLUMN);
    String relayed =
        GATEWAY.contains(head.status())
            ? "probably by a proxy: "
            : "by a proxy, or by the server behind it: ";
    screen.text(proxy ? relayed : "by the server: ");
    HeaderField shown = via == null ? server : via;
    SafeText.line(screen, shown == null ? "" : shown.value());
    screen.endLine();
  }

  private static boolean isProxy(String server) {
    String lower = server.toLowerCase(Locale.ROOT);
    return PROXIES.stream().anyMatch(lower::startsWith);
  }

  private static void why(
      Screen screen, Advice advice, ResponseHead head, @Nullable RequestHead request) {
    String cause = cause(head, request);
    if (cause.isEmpty()) {
      return;
    }
    screen.pad(COLUMN).words(COLUMN).text(cause);
    HeaderField detail = detail(head);
    if (detail != null) {
      screen.text(head.status() / 100 == 3 ? " to " : ": ");
      SafeText.line(screen, detail.value());
    }
    screen.text(advice.onRejection(head.status())).endLine();
  }

  private static String cause(ResponseHead head, @Nullable RequestHead request) {
    int status = head.status();
    if (head.first("Sec-WebSocket-Version") != null && (status == 400 || status == 426)) {
      return "the server speaks these versions of the protocol";
    }
    HeaderField upgrade = head.first("Upgrade");
    if (status == 426 && upgrade != null && upgrade.value().equalsIgnoreCase("websocket")) {
      return "the server wants an upgrade to WebSocket: a proxy may have removed the request for it";
    }
    if (GATEWAY.contains(status)) {
      return "a proxy could not reach the server, or the server is overloaded";
    }
    return switch (status) {
      case 200 ->
          "an ordinary page: no WebSocket is at this path, or a proxy does not pass on Upgrade";
      case 301, 302, 303, 307, 308 -> detail(head) == null ? "" : "the server redirects";
      case 400 -> "the server finds the request invalid; a proxy may have changed it";
      case 401 -> "the server requires credentials";
      case 403 ->
          request == null || request.first("Origin") == null
              ? "the server may require an Origin"
              : "the server may not allow this Origin";
      case 404 -> "nothing is at this path";
      case 407 -> "a proxy requires credentials";
      case 426 ->
          upgrade == null
              ? "the server did not get the request for an upgrade: a proxy may have removed Upgrade"
                  + " and Connection"
              : "the server requires another protocol";
      case 429 -> "the client has sent too many requests";
      default -> "";
    };
  }

  /** The field of a response that explains its status; null if there is none. */
  private static @Nullable HeaderField detail(ResponseHead head) {
    return switch (head.status()) {
      case 301, 302, 303, 307, 308 -> head.first("Location");
      case 400 -> head.first("Sec-WebSocket-Version");
      case 401 -> head.first("WWW-Authenticate");
      case 407 -> head.first("Proxy-Authenticate");
      case 426 -> upgrade(head);
      default -> null;
    };
  }

  /** The protocol or version to upgrade to; null if the response names none but WebSocket. */
  private static @Nullable HeaderField upgrade(ResponseHead head) {
    HeaderField version = head.first("Sec-WebSocket-Version");
    HeaderField upgrade = head.first("Upgrade");
    boolean known = upgrade == null || upgrade.value().equalsIgnoreCase("websocket");
    return version != null || known ? version : upgrade;
  }
}
