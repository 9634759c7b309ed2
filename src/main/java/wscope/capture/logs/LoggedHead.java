package wscope.capture.logs;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Restores a head from the fields in a log, one character for each byte. */
final class LoggedHead {
  /** The longest head that is restored; the rest of a longer one is dropped. */
  static final int LONGEST = 1 << 20;

  private final StringBuilder text = new StringBuilder();
  private boolean webSocket;
  private boolean upgrade;
  private boolean truncated;

  /** Adds a field. A value with line feeds stands for several fields, as Chromium writes it. */
  void field(String name, String value) {
    if (name.startsWith(":") || name.isEmpty()) {
      // A pseudo-header field of HTTP/2.
      return;
    }
    for (String part : value.split("\n", -1)) {
      line(name + ": " + part);
    }
  }

  /** Adds a line with a field. */
  void line(String line) {
    if (text.length() + line.length() > LONGEST) {
      truncated = true;
      return;
    }
    String lower = line.toLowerCase(Locale.ROOT);
    webSocket |= lower.startsWith("sec-websocket-");
    upgrade |= lower.startsWith("upgrade:") && lower.contains("websocket");
    text.append(bytes(line)).append("\r\n");
  }

  /** The characters of a line as bytes; what would end the line is replaced by a space. */
  static String bytes(String line) {
    String clean = line.replace('\r', ' ').replace('\n', ' ');
    boolean latin = clean.chars().allMatch(c -> c < 0x100);
    return latin
        ? clean
        : new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Whether there is a Sec-WebSocket field, so that the log has the fields as they were sent. */
  boolean hasWebSocketFields() {
    return webSocket && !truncated;
  }

  /** Whether the head asks for a WebSocket, or has a field of one. */
  boolean isWebSocket() {
    return webSocket || upgrade;
  }

  boolean isEmpty() {
    return text.length() == 0;
  }

  /** The whole head. */
  String after(String firstLine) {
    return bytes(firstLine) + "\r\n" + text + "\r\n";
  }
}
