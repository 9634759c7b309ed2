package wscope.protocol.handshake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP request (RFC 9112 §3), one character for each byte (ISO 8859-1).
 *
 * @param method as it came
 * @param target as it came: path and query, or a whole URL
 * @param version as it came, such as {@code HTTP/1.1}
 * @param fields in their order
 * @param size of the head in bytes, with the blank line
 */
public record RequestHead(
    String method, String target, String version, List<HeaderField> fields, int size) {

  /** All fields of a name, in their order. */
  public List<HeaderField> all(String name) {
    return fields.stream().filter(field -> field.is(name)).toList();
  }

  /** The first field of a name, or null. */
  public @Nullable HeaderField first(String name) {
    for (HeaderField field : fields) {
      if (field.is(name)) {
        return field;
      }
    }
    return null;
  }

  /** Where the target stands in the head. */
  public int targetOffset() {
    return method.length() + 1;
  }

  /** Where the version stands in the head. */
  public int versionOffset() {
    return targetOffset() + target.length() + 1;
  }
}
