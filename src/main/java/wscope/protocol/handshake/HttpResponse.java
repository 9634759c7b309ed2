package wscope.protocol.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An HTTP response to send (RFC 9112 §4).
 *
 * @param version the version, {@code HTTP/1.1} except to commit a fault
 * @param status the status, 100 to 599 except to commit a fault
 * @param reason the reason phrase of the status line
 * @param fields the header fields, in their order; {@link #head} adds Content-Length for a body
 * @param body the body, sent as UTF-8; empty for none
 */
public record HttpResponse(
    String version, int status, String reason, List<OutgoingHeaderField> fields, String body) {
  private static final String VERSION = "HTTP/1.1";

  /** Creates a response with its own reason phrase. */
  public HttpResponse(int status, String reason, List<OutgoingHeaderField> fields, String body) {
    this(VERSION, status, reason, fields, body);
  }

  /** The same response with another version. */
  HttpResponse version(String value) {
    return new HttpResponse(value, status, reason, fields, body);
  }

  /** The same response with another status. */
  HttpResponse status(int value) {
    return new HttpResponse(version, value, reason, fields, body);
  }

  /** The same response with other header fields. */
  HttpResponse fields(List<OutgoingHeaderField> value) {
    return new HttpResponse(version, status, reason, value, body);
  }

  /** Creates a response with the usual reason phrase of its status. */
  public HttpResponse(int status, List<OutgoingHeaderField> fields, String body) {
    this(VERSION, status, ReasonPhrases.of(status), fields, body);
  }

  /** The same response without its body. */
  HttpResponse withoutBody() {
    return new HttpResponse(version, status, reason, fields, "");
  }

  /** The status line, the fields and the empty line, each ending with CRLF. */
  public String head() {
    StringBuilder head = new StringBuilder(256);
    head.append(version).append(' ').append(status).append(' ').append(reason).append("\r\n");
    OutgoingHeaderField.lines(fields, head);
    if (!body.isEmpty()) {
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  /** The head and the body as bytes on the wire. */
  public ByteBuffer bytes() {
    return ByteBuffer.wrap((head() + body).getBytes(StandardCharsets.UTF_8));
  }
}
