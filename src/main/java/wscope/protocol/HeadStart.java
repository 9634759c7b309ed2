package wscope.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The beginning of a stream: the head of a request, the head of a response, or neither. */
enum HeadStart {
  REQUEST,
  RESPONSE,
  /** More bytes are needed. */
  UNCLEAR,
  /** Frames or anything else. */
  NEITHER;

  /** This many bytes always suffice. */
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
   * Recognises the beginning of a head.
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
