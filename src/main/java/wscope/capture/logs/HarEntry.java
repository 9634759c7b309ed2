package wscope.capture.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wscope.capture.packets.InvalidCapture;
import wscope.capture.packets.PacketCapture;
import wscope.protocol.event.Event;

/**
 * One entry of a HAR. Its parts come in any order, so that messages wait for the heads, up to
 * {@link #MOST_HELD} bytes.
 */
final class HarEntry {
  /** The bytes of messages that wait for the heads. */
  static final int MOST_HELD = 8 << 20;

  private static final int SWITCHING_PROTOCOLS = 101;

  private final JsonLog json;
  private final PacketCapture capture;
  private final LoggedHead requestHead = new LoggedHead();
  private final LoggedHead responseHead = new LoggedHead();
  private final Queue<HarMessage> held = new ArrayDeque<>();
  private long heldBytes;
  private String method = "";
  private String url = "";
  private String version = "";
  private String responseVersion = "";
  private String reason = "";
  private String remark = "";
  private String content = "";
  private long status = -1;
  private long started = -1;
  private boolean hasRequest;
  private boolean hasResponse;

  /** Whether it has been read to its end; a file may be cut off. */
  private boolean whole;

  private boolean hasMessages;
  private boolean isWebSocket;
  private @Nullable LoggedConnection connection;

  HarEntry(JsonLog json, PacketCapture capture) {
    this.json = json;
    this.capture = capture;
  }

  /** Reads the rest of the entry. */
  void read() throws IOException, InvalidCapture {
    while (json.nextField()) {
      switch (json.name()) {
        case "startedDateTime" -> started = time(json.text());
        case "_resourceType" -> isWebSocket |= json.text().equals("websocket");
        case "request" -> request();
        case "response" -> response();
        case "_webSocketMessages" -> messages();
        case "_webSocketClose" -> close();
        default -> json.skip();
      }
    }
    whole = true;
  }

  /** A time in nanoseconds since 1970; -1 if it is not readable. */
  static long time(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      return -1;
    }
  }

  private void request() throws IOException, InvalidCapture {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "method" -> method = json.text();
        case "url" -> url = json.text();
        case "httpVersion" -> version = json.text();
        case "headers" -> fields(requestHead);
        default -> json.skip();
      }
    }
    hasRequest = !method.isEmpty() && !url.isEmpty();
  }

  private void response() throws IOException, InvalidCapture {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "status" -> status = json.number();
        case "statusText" -> reason = json.text();
        case "httpVersion" -> responseVersion = json.text();
        case "headers" -> fields(responseHead);
        case "_error", "_failureText" -> remark = json.text();
        case "content" -> content();
        default -> json.skip();
      }
    }
    hasResponse = status > 0;
  }

  /** The content of a response tells why a handshake was rejected. */
  private void content() throws IOException, InvalidCapture {
    boolean wanted = mayBeWebSocket() && status > 0 && status != SWITCHING_PROTOCOLS;
    if (!json.enterObject()) {
      return;
    }
    String text = "";
    boolean encoded = false;
    while (json.nextField()) {
      if (wanted && json.name().equals("text")) {
        text = json.text();
      } else if (json.name().equals("encoding")) {
        encoded = !json.text().isEmpty();
      } else {
        json.skip();
      }
    }
    content = encoded ? "" : text;
  }

  private void fields(LoggedHead head) throws IOException, InvalidCapture {
    if (!json.enterArray()) {
      return;
    }
    while (json.nextElement()) {
      if (!json.enterObject()) {
        continue;
      }
      String name = "";
      String value = "";
      while (json.nextField()) {
        switch (json.name()) {
          case "name" -> name = json.text();
          case "value" -> value = json.text();
          default -> json.skip();
        }
      }
      head.field(name, value);
    }
  }

  private boolean mayBeWebSocket() {
    String lower = url.toLowerCase(Locale.ROOT);
    return isWebSocket
        || hasMessages
        || lower.startsWith("ws:")
        || lower.startsWith("wss:")
        || requestHead.isWebSocket();
  }

  private void messages() throws IOException, InvalidCapture {
    if (!json.enterArray()) {
      return;
    }
    hasMessages = true;
    while (json.nextElement()) {
      HarMessage message = HarMessage.read(json, capture.findings());
      if (message != null) {
        take(message);
      }
    }
  }

  private void take(HarMessage message) {
    // The response comes after the request.
    if (connection == null && !(hasRequest && hasResponse) && heldBytes < MOST_HELD) {
      held.add(message);
      heldBytes += message.size();
      return;
    }
    begin();
    report(message);
  }

  private void report(HarMessage message) {
    if (message.nanos() >= 0) {
      capture.time(message.nanos());
    }
    if (connection != null) {
      connection.message(message.sender(), message.opcode(), message.data().duplicate());
    }
  }

  private void close() throws IOException, InvalidCapture {
    if (!json.enterObject()) {
      remark = "aborted";
      return;
    }
    String code = "";
    String why = "";
    while (json.nextField()) {
      switch (json.name()) {
        case "code" -> code = json.text();
        case "reason" -> why = json.text();
        default -> json.skip();
      }
    }
    if (!code.isEmpty()) {
      remark = "closed with code " + code + (why.isEmpty() ? "" : " and reason \"" + why + "\"");
    }
  }

  /** Begins the connection with what is known of it, and reports what waits. */
  private void begin() {
    if (connection != null) {
      return;
    }
    if (started >= 0) {
      capture.time(started);
    }
    LoggedConnection begun =
        LoggedConnection.begin(
            capture, Event.Fidelity.MESSAGES, new Event.Captured(null, server(), true));
    connection = begun;
    if (begun != null) {
      heads(begun);
    }
    while (!held.isEmpty()) {
      report(held.remove());
    }
  }

  /** Reports the heads as far as they are known. HTTP/2 has no upgrade to judge. */
  private void heads(LoggedConnection to) {
    boolean http1 = !isLater(version.toLowerCase(Locale.ROOT));
    if (hasRequest && http1) {
      String line = method + " " + target() + " " + http1(version);
      to.request(requestHead.after(line), requestHead.hasWebSocketFields());
    }
    if (hasResponse && http1) {
      boolean judged =
          responseHead.hasWebSocketFields()
              || (status != SWITCHING_PROTOCOLS && !responseHead.isEmpty());
      to.response(responseHead.after(http1(responseVersion) + " " + status + " " + reason), judged);
    }
    if (hasResponse && !content.isEmpty() && status != SWITCHING_PROTOCOLS) {
      to.body(ByteBuffer.wrap(content.getBytes(UTF_8)));
    }
  }

  /** The version as it is on the wire; programs also write it in lower case, or not at all. */
  private static String http1(String version) {
    String upper = version.toUpperCase(Locale.ROOT);
    boolean known = upper.startsWith("HTTP/1.") && upper.length() == "HTTP/1.1".length();
    return known && Character.isDigit(upper.charAt(upper.length() - 1)) ? upper : "HTTP/1.1";
  }

  /** Whether a version is HTTP/2 or HTTP/3, which programs also call h2 and h3. */
  private static boolean isLater(String version) {
    return Stream.of("h2", "h3", "http/2", "http/3").anyMatch(version::startsWith);
  }

  private @Nullable URI uri() {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** The target of the request: what follows the authority. */
  private String target() {
    int scheme = url.indexOf("://");
    int slash = scheme < 0 ? -1 : url.indexOf('/', scheme + 3);
    int query = scheme < 0 ? -1 : url.indexOf('?', scheme + 3);
    if (slash >= 0 && (query < 0 || slash < query)) {
      int fragment = url.indexOf('#', slash);
      return fragment < 0 ? url.substring(slash) : url.substring(slash, fragment);
    }
    return scheme < 0 ? url : "/" + (query < 0 ? "" : url.substring(query));
  }

  private Event.Address.@Nullable Tcp server() {
    URI uri = uri();
    if (uri == null || uri.getHost() == null || uri.getScheme() == null) {
      return null;
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = scheme.equals("wss") || scheme.equals("https") ? 443 : 80;
    String host = uri.getHost().replace("[", "").replace("]", "");
    return new Event.Address.Tcp(host, uri.getPort() < 0 ? port : uri.getPort());
  }

  /**
   * Ends the entry.
   *
   * @return whether it is one of a WebSocket
   */
  boolean finish() {
    if (!mayBeWebSocket() && !responseHead.isWebSocket()) {
      return false;
    }
    begin();
    if (connection != null) {
      if (!remark.isEmpty()) {
        connection.remark(remark);
      }
      if (whole && !hasMessages && status == SWITCHING_PROTOCOLS) {
        capture
            .findings()
            .remark(
                "a WebSocket has no messages: none were sent, or the HAR was exported without them");
      }
      connection.finish(null);
    }
    return true;
  }
}
