package wscope.connection.reply;

import org.jspecify.annotations.Nullable;
import wscope.connection.match.JsonPointer;
import wscope.connection.match.Value;

/** The name of a value that a rule inserts or tests. */
public sealed interface Reference {
  /** The value; null if it is unknown. */
  @Nullable Value find(Values values);

  /** The reference as it is written in a script. */
  String source();

  /** A value that the condition of the rule captured. */
  record Captured(String name, String source) implements Reference {
    @Override
    public @Nullable Value find(Values values) {
      return values.captured(name);
    }
  }

  /** A value of the message as JSON. */
  record Pointed(JsonPointer pointer, String source) implements Reference {
    @Override
    public @Nullable Value find(Values values) {
      return values.pointed(pointer);
    }
  }

  /** The number of the connection. */
  record ConnectionNumber(String source) implements Reference {
    static final String NAME = "connection";

    @Override
    public Value find(Values values) {
      return Value.ofNumber(values.connection());
    }
  }

  /** The number of messages or packets received so far. */
  record MessageNumber(String source) implements Reference {
    static final String NAME = "message";

    @Override
    public Value find(Values values) {
      return Value.ofNumber(values.received());
    }
  }

  /**
   * A value that an action has set.
   *
   * @param key tells values with the same name apart; null if there is only one
   */
  record Remembered(String name, @Nullable Template key, String source) implements Reference {
    @Override
    public @Nullable Value find(Values values) {
      try {
        return values.memory().find(name, key == null ? "" : key.text(values));
      } catch (NotDone e) {
        return null;
      }
    }
  }
}
