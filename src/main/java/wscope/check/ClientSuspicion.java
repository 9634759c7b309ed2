package wscope.check;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/** Names the line of a client's code where it differs from that of a server. */
final class ClientSuspicion {
  private ClientSuspicion() {}

  /**
   * The line to look at, in words.
   *
   * @param broken the rule that the client broke; null for none
   * @return the words; empty if the line is the same as in a server, or unknown
   */
  static String of(Case theCase, @Nullable Rule broken) {
    Expectation expectation = theCase.expectation();
    if (expectation instanceof Expectation.FreshKey) {
      return "the line that creates Sec-WebSocket-Key: 16 bytes of a random number generator, for"
          + " each connection";
    }
    if (expectation instanceof Expectation.FreshMasks) {
      return "the line that creates the masking key: 4 bytes of a secure random number generator,"
          + " for each frame";
    }
    if (expectation instanceof Expectation.Ends) {
      return "the place that handles an error of the socket: end the connection, without a crash";
    }
    if (expectation instanceof Expectation.KeepsInRequest) {
      return broken == null ? "" : ofRequest(broken);
    }
    if (expectation instanceof Expectation.StaysClosed) {
      return ofResponse(theCase.rule());
    }
    return broken == null ? "" : ofFrames(broken);
  }

  private static String ofRequest(Rule rule) {
    return switch (rule) {
      case KEY_MISSING, KEY_REPEATED, KEY_MALFORMED, KEY_PAD_BITS ->
          "the line that writes Sec-WebSocket-Key: one field, the base64 of 16 random bytes";
      case VERSION_MISSING, VERSION_UNSUPPORTED, VERSION_REPEATED ->
          "the line that writes Sec-WebSocket-Version: one field with the value 13";
      case UPGRADE_MISSING, CONNECTION_WITHOUT_UPGRADE ->
          "the lines that write Upgrade: websocket and Connection: Upgrade";
      case METHOD_NOT_GET,
          HTTP_VERSION_UNSUPPORTED,
          REQUEST_LINE_MALFORMED,
          TARGET_MALFORMED,
          TARGET_NOT_ENCODED ->
          "the line that writes the request line: GET, the path and query of the URL, HTTP/1.1";
      case HOST_MISSING, HOST_REPEATED, HOST_MALFORMED ->
          "the line that writes Host: one field, the host of the URL, and its port unless it is"
              + " the usual one";
      default -> "the lines that write the request";
    };
  }

  private static String ofResponse(@Nullable Rule rule) {
    if (rule == null) {
      return "the place that reads the response: any status but 101 opens no WebSocket";
    }
    return switch (rule) {
      case ACCEPT_MISSING, ACCEPT_WRONG, ACCEPT_REPEATED ->
          "the line that compares Sec-WebSocket-Accept with base64(SHA-1(key + GUID)): if they"
              + " differ, end the connection";
      case ANSWER_WITHOUT_UPGRADE, ANSWER_WITHOUT_CONNECTION_UPGRADE, ANSWER_UPGRADE_REPEATED ->
          "the lines that read Upgrade and Connection of the response: compare whole words,"
              + " without letter case";
      case SUBPROTOCOL_NOT_OFFERED, SUBPROTOCOL_REPEATED, SUBPROTOCOL_NOT_SELECTED ->
          "the line that reads Sec-WebSocket-Protocol: it has to be one of those offered, in the"
              + " same letter case";
      case EXTENSION_NOT_OFFERED, EXTENSIONS_MALFORMED ->
          "the line that reads Sec-WebSocket-Extensions: end the connection unless all were"
              + " offered";
      case STATUS_LINE_MALFORMED, ANSWER_HTTP_VERSION ->
          "the line that reads the status line: HTTP/1.1 101";
      default ->
          rule.id().startsWith("deflate-")
              ? "the place that reads the parameters of permessage-deflate: end the connection"
                  + " unless all are known, valid and offered"
              : "the place that reads the fields of the response";
    };
  }

  private static String ofFrames(Rule rule) {
    return switch (rule) {
      case SERVER_FRAME_MASKED ->
          "the line that tests the MASK bit (second byte & 0x80): a server's frame with it has to"
              + " end the connection";
      case CLIENT_FRAME_UNMASKED ->
          "the line that writes the second byte of a frame: a client sets MASK (0x80), writes a"
              + " fresh key and masks the payload";
      case MASKING_KEY_REPEATED ->
          "the line that creates the masking key: 4 fresh random bytes for each frame";
      default -> "";
    };
  }
}
