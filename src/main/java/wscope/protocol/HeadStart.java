package wscope.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The kind of a stream, as its first bytes show: the head of a request, the head of a response, or
 * neither.
 */
enum HeadStart {
  REQUEST,
  RESPONSE,
  /** Too few bytes to decide. */
  UNCLEAR,
  /** Frames or anything else. */
  NEITHER;

  /** The number of bytes that always suffice to decide. */
  static final int LONGEST = 10;

  private static final List<String> METHODS =
      List.of(
          "GET ",
          "HEAD ",
          "POST ",
          "PUT ",
          "DELETE ",
          "OPTIONS ",
          "CONNECT ",
          "PATCH ",
          "TRACE ",
          "PRI ");
  private static final String LINE_END = "\r\n";
  private static final List<String> VERSIONS = List.of("HTTP/");

  /**
   * Recognises the beginning of a head.
   *
   * @param first the first bytes, from 0 to the position
   * @param request whether a request may begin
   * @param response whether a response may begin
   */
  static HeadStart of(ByteBuffer first, boolean request, boolean response) {
    String all = StandardCharsets.ISO_8859_1.decode(first.duplicate().flip()).toString();
    // An empty line may precede a request (RFC 9112 §2.2).
    boolean afterLine = request && all.startsWith(LINE_END);
    if (request && all.equals("\r")) {
      return UNCLEAR;
    }
    String text = afterLine ? all.substring(LINE_END.length()) : all;
    if (request && METHODS.contains(text)) {
      return REQUEST;
    }
    if (response && !afterLine && VERSIONS.contains(text)) {
      return RESPONSE;
    }
    boolean unclear =
        (request && isStart(text, METHODS)) || (response && !afterLine && isStart(text, VERSIONS));
    return unclear ? UNCLEAR : NEITHER;
  }

  private static boolean isStart(String text, List<String> words) {
    for (String word : words) {
      if (word.startsWith(text)) {
        return true;
      }
    }
    return false;
  }
}
