package wscope.connection.match;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in JSON (RFC 6901), such as {@code /payload/items/0}. */
public final class JsonPointer {
  private final String source;
  private final List<String> tokens = new ArrayList<>();

  private JsonPointer(String source) {
    this.source = source;
  }

  /**
   * Reads a pointer; the empty one is the whole document.
   *
   * @return the pointer; null if it does not begin with a slash, or a tilde is not ~0 or ~1
   */
  public static @Nullable JsonPointer read(String source) {
    JsonPointer pointer = new JsonPointer(source);
    if (source.isEmpty()) {
      return pointer;
    }
    if (source.charAt(0) != '/') {
      return null;
    }
    for (String token : source.substring(1).split("/", -1)) {
      if (token.replace("~0", "").replace("~1", "").indexOf('~') >= 0) {
        return null;
      }
      pointer.tokens.add(token.replace("~1", "/").replace("~0", "~"));
    }
    return pointer;
  }

  @Nullable JsonTree in(JsonTree document) {
    JsonTree at = document;
    for (String token : tokens) {
      at = at == null ? null : at.child(token);
    }
    return at;
  }

  @Override
  public String toString() {
    return source;
  }
}
