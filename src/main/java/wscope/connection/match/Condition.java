package wscope.connection.match;

import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.Opcode;

/** A condition on a message. */
public sealed interface Condition {
  /**
   * Tests a message.
   *
   * @return the captured values; null if the message does not fit, or if that cannot be said, see
   *     {@link Subject#takeDoubt}
   */
  @Nullable Captures test(Subject subject);

  /** Whether a match captures a value with this name or number. */
  default boolean captures(String name) {
    return false;
  }

  /**
   * Every message, or every message of one type.
   *
   * @param type null for both types
   */
  record OfType(@Nullable Opcode type) implements Condition {
    @Override
    public @Nullable Captures test(Subject subject) {
      return type == null || type == subject.type() ? Captures.NONE : null;
    }
  }

  /** A text message with exactly this text. */
  record Exactly(Value text) implements Condition {
    @Override
    public @Nullable Captures test(Subject subject) {
      boolean same = subject.type() == Opcode.TEXT && text.isBytes(subject.payload());
      return same ? Captures.NONE : null;
    }
  }

  /** A text message in which a regular expression finds something. */
  record Matching(BoundedPattern pattern) implements Condition {
    @Override
    public @Nullable Captures test(Subject subject) {
      return subject.type() == Opcode.TEXT ? pattern.find(subject) : null;
    }

    @Override
    public boolean captures(String name) {
      return pattern.hasGroup(name);
    }
  }

  /**
   * A text message of JSON with a value at a place.
   *
   * @param value a scalar value; null for any value
   */
  record Json(JsonPointer pointer, @Nullable JsonTree value) implements Condition {
    @Override
    public @Nullable Captures test(Subject subject) {
      JsonTree document = subject.json();
      JsonTree found = document == null ? null : pointer.in(document);
      boolean fits = found != null && (value == null || found.equalsScalar(value));
      return fits ? Captures.NONE : null;
    }
  }

  /** A binary message whose first bytes fit a pattern. */
  record Binary(BytePattern pattern) implements Condition {
    @Override
    public @Nullable Captures test(Subject subject) {
      return subject.type() == Opcode.BINARY ? pattern.find(subject.payload()) : null;
    }

    @Override
    public boolean captures(String name) {
      return pattern.hasField(name);
    }
  }
}
