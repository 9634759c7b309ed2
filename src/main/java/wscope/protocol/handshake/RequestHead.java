package wscope.protocol.handshake;

import java.util.List;

/**
 * The head of an HTTP request (RFC 9112 §3).
 *
 * @param method as it came
 * @param target as it came: path and query, or a whole URL
 * @param version as it came, such as {@code HTTP/1.1}
 * @param fields in their order
 * @param size of the head in bytes, with the blank line
 */
public record RequestHead(
    String method, String target, String version, List<HeaderField> fields, int size)
    implements HttpHead {

  /** Where the target stands in the head. */
  public int targetOffset() {
    return method.length() + 1;
  }

  /** Where the version stands in the head. */
  public int versionOffset() {
    return targetOffset() + target.length() + 1;
  }
}
