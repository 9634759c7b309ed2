package wscope.input.head;

import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate.Kind;

/**
 * A field in a list of developer tools, with its value on the same line or on another one.
 *
 * @param name in lower case; it begins with a colon if it is a pseudo-header of HTTP/2
 * @param line of the name
 * @param from index in the text where the name begins
 * @param to index in the text where the name ends
 * @param valueLine of the value
 * @param valueFrom index in the text where the value begins
 * @param valueTo index in the text where the value ends
 */
record ListField(
    String name, int line, int from, int to, int valueLine, int valueFrom, int valueTo) {
  boolean isPseudo() {
    return name.startsWith(":");
  }

  /** Which head only has such a field; null if both have. */
  @Nullable Kind kind() {
    return switch (name) {
      case "host",
          "sec-websocket-key",
          "origin",
          "user-agent",
          "accept",
          "accept-encoding",
          "accept-language",
          "cookie",
          "referer",
          ":authority",
          ":method",
          ":path",
          ":scheme" ->
          Kind.REQUEST;
      case "sec-websocket-accept", "server", "set-cookie", "date", "etag", "location", ":status" ->
          Kind.RESPONSE;
      default -> null;
    };
  }

  /** Whether only a handshake of WebSocket has it. */
  boolean isOfHandshake() {
    return name.equals("sec-websocket-key") || name.equals("sec-websocket-accept");
  }
}
