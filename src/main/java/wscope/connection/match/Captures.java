package wscope.connection.match;

import org.jspecify.annotations.Nullable;

/** The values that a condition captured in a message, by name or number. */
public interface Captures {
  /** No values, because the condition captures none. */
  Captures NONE = name -> null;

  /** The value with this name or number; null if it took no part in the match. */
  @Nullable Value find(String name);
}
