package wscope.protocol.handshake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head of an HTTP message (RFC 9112 §2.1), one character per byte (ISO 8859-1). */
public sealed interface HttpHead permits RequestHead, ResponseHead {
  /** The header fields, in their order. */
  List<HeaderField> fields();

  /** The size of the head in bytes, with the empty line. */
  int size();

  /** All fields with a name, in their order. */
  default List<HeaderField> all(String name) {
    return fields().stream().filter(field -> field.is(name)).toList();
  }

  /** The first field with a name; null if there is none. */
  default @Nullable HeaderField first(String name) {
    for (HeaderField field : fields()) {
      if (field.is(name)) {
        return field;
      }
    }
    return null;
  }
}
