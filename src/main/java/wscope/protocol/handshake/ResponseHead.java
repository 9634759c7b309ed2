package wscope.protocol.handshake;

import java.util.List;

/**
 * The head of an HTTP response (RFC 9112 §4).
 *
 * @param version as it came, such as {@code HTTP/1.1}
 * @param status 0 to 999
 * @param reason phrase, as it came
 * @param fields in their order
 * @param size of the head in bytes, with the blank line
 */
public record ResponseHead(
    String version, int status, String reason, List<HeaderField> fields, int size)
    implements HttpHead {}
