package wscope.protocol.handshake;

import java.util.List;

/**
 * The head of an HTTP response (RFC 9112 §4).
 *
 * @param version the version as received, such as {@code HTTP/1.1}
 * @param status the status, 0 to 999
 * @param reason the reason phrase as received
 * @param fields the header fields, in their order
 * @param size the size of the head in bytes, with the empty line
 */
public record ResponseHead(
    String version, int status, String reason, List<HeaderField> fields, int size)
    implements HttpHead {
  /** The number of digits in the longest length: a body with a longer one never ends. */
  private static final int MOST_DIGITS = 18;

  /** Whether the body consists of chunks, which show where it ends (RFC 9112 §7.1). */
  public boolean isChunked() {
    HeaderField coding = first("Transfer-Encoding");
    return coding != null && coding.value().equalsIgnoreCase("chunked");
  }

  /**
   * The number of bytes in the body (RFC 9112 §6.3): the Content-Length if that is readable,
   * otherwise {@link Long#MAX_VALUE}, because the end of TCP ends the body.
   */
  public long bodyLength() {
    if (status < 200 || status == 204 || status == 304) {
      return 0;
    }
    HeaderField length = first("Content-Length");
    String digits = length == null || first("Transfer-Encoding") != null ? "" : length.value();
    boolean number = !digits.isEmpty() && digits.chars().allMatch(Ascii::isDigit);
    return number && digits.length() < MOST_DIGITS ? Long.parseLong(digits) : Long.MAX_VALUE;
  }
}
