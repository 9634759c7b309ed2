package wscope.protocol.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An HTTP request to send, without a body (RFC 9112 §3).
 *
 * @param method the method, such as {@code GET}
 * @param target the path and query, or a whole URL
 * @param version the version, such as {@code HTTP/1.1}
 * @param fields the header fields, in their order
 */
public record HttpRequest(
    String method, String target, String version, List<OutgoingHeaderField> fields) {
  /** The request line, the fields and the empty line, each ending with CRLF. */
  public String head() {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(target).append(' ').append(version).append("\r\n");
    OutgoingHeaderField.lines(fields, head);
    return head.append("\r\n").toString();
  }

  /** The head on the wire: one byte per character. */
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(head().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The same request with another method. */
  HttpRequest method(String value) {
    return new HttpRequest(value, target, version, fields);
  }

  /** The same request with another target. */
  HttpRequest target(String value) {
    return new HttpRequest(method, value, version, fields);
  }

  /** The same request with another version. */
  HttpRequest version(String value) {
    return new HttpRequest(method, target, value, fields);
  }

  /** The same request with other header fields. */
  HttpRequest fields(List<OutgoingHeaderField> value) {
    return new HttpRequest(method, target, version, value);
  }
}
