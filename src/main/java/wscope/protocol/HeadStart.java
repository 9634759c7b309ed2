package wscope.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the first bytes of a stream begin: the head of a request or a response, or neither. */
enum HeadStart {
  REQUEST,
  RESPONSE,
  /** More bytes are needed to tell. */
  UNCLEAR,
  /** Frames, or what is none of them. */
  NEITHER;

  /** As many bytes as are needed to tell. */
  static final int LONGEST = 8;

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
  private static final List<String> VERSIONS = List.of("HTTP/");

  /**
   * Tells what some bytes begin.
   *
   * @param first the bytes from 0 to the position
   * @param request whether a request may begin
   * @param response whether a response may begin
   */
  static HeadStart of(ByteBuffer first, boolean request, boolean response) {
    String text = StandardCharsets.ISO_8859_1.decode(first.duplicate().flip()).toString();
    if (request && METHODS.contains(text)) {
      return REQUEST;
    }
    if (response && VERSIONS.contains(text)) {
      return RESPONSE;
    }
    boolean unclear = (request && isStart(text, METHODS)) || (response && isStart(text, VERSIONS));
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
