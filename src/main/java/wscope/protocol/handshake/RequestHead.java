package wscope.protocol.handshake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP request (RFC 9112 §3).
 *
 * @param start the offset of the request line: 0, or 2 after an empty line
 * @param method the method as received
 * @param target the target as received: path and query, or a whole URL
 * @param version the version as received, such as {@code HTTP/1.1}
 * @param fields the header fields, in their order
 * @param size the size of the head in bytes, with the empty line
 */
public record RequestHead(
    int start, String method, String target, String version, List<HeaderField> fields, int size)
    implements HttpHead {
  /** Creates a head that begins with its request line. */
  public RequestHead(
      String method, String target, String version, List<HeaderField> fields, int size) {
    this(0, method, target, version, fields, size);
  }

  /** Whether this is the beginning of HTTP/2 (RFC 9113 §3.4). */
  public boolean isHttp2Preface() {
    return method.equals("PRI") && target.equals("*") && version.equals("HTTP/2.0");
  }

  /** The path of the target as received, percent-encoded and without the query; never empty. */
  public String path() {
    String rest = target.substring(authorityEnd());
    int query = rest.indexOf('?');
    String path = query < 0 ? rest : rest.substring(0, query);
    return path.isEmpty() ? "/" : path;
  }

  /** The host and port of a target that is a whole URL (RFC 9112 §3.2.2); null for a path. */
  public @Nullable String authority() {
    int start = authorityStart();
    return start == 0 ? null : target.substring(start, authorityEnd());
  }

  /** The subprotocols that the client offers, in its order of preference (RFC 6455 §4.1). */
  public List<String> subprotocols() {
    return HeaderLists.subprotocols(all("Sec-WebSocket-Protocol"), new ArrayList<>());
  }

  private int authorityStart() {
    int mark = target.startsWith("/") ? -1 : target.indexOf("://");
    return mark < 0 ? 0 : mark + 3;
  }

  /**
   * The index of the first slash or question mark after the authority, or the end of the target.
   */
  private int authorityEnd() {
    int at = authorityStart();
    while (at < target.length() && target.charAt(at) != '/' && target.charAt(at) != '?') {
      at++;
    }
    return at;
  }

  /** The offset of the target in the head. */
  public int targetOffset() {
    return start + method.length() + 1;
  }

  /** The offset of the version in the head. */
  public int versionOffset() {
    return targetOffset() + target.length() + 1;
  }
}
