package wscope.connection.reply;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.connection.match.Condition;
import wscope.connection.match.JsonPointer;
import wscope.connection.reply.ReplyRule.Occasion;

/** The names that are known at a place of a script. */
final class Scope {
  private final Set<String> set = new HashSet<>();

  /** The names that some action has to set, and the errors if none does. */
  private final Map<String, InvalidScript> wanted = new LinkedHashMap<>();

  private @Nullable Condition condition;
  private boolean repeats;

  /** Begins a rule. */
  void begin(Occasion occasion) {
    repeats = occasion instanceof Occasion.Interval;
    condition = occasion instanceof Occasion.Message message ? message.condition() : null;
  }

  /** Notes that an action sets a value. */
  void sets(String name) {
    set.add(name);
  }

  /** Whether the rule waits for a message. */
  boolean hasMessage() {
    return condition != null;
  }

  /** Whether the rule waits for a time, again and again. */
  boolean repeats() {
    return repeats;
  }

  /** Whether a name cannot be set, because it always has another meaning. */
  static boolean isReserved(String name) {
    return name.equals(Reference.ConnectionNumber.NAME)
        || name.equals(Reference.MessageNumber.NAME);
  }

  /** The reference to a pointer. */
  Reference pointed(JsonPointer pointer, String source, InvalidScript otherwise)
      throws InvalidScript {
    if (!hasMessage()) {
      throw otherwise;
    }
    return new Reference.Pointed(pointer, source);
  }

  /**
   * The reference to a number of a group.
   *
   * @param otherwise the error if the group does not exist
   */
  Reference numbered(String number, String source, InvalidScript otherwise) throws InvalidScript {
    if (condition == null || !condition.captures(number)) {
      throw otherwise;
    }
    return new Reference.Captured(number, source);
  }

  /**
   * The reference to a name.
   *
   * @param key the key in brackets; null for none
   * @param otherwise the error if nothing has this name
   */
  Reference named(String name, @Nullable Template key, String source, InvalidScript otherwise) {
    if (key == null && condition != null && condition.captures(name)) {
      return new Reference.Captured(name, source);
    }
    if (key == null && name.equals(Reference.ConnectionNumber.NAME)) {
      return new Reference.ConnectionNumber(source);
    }
    if (key == null && name.equals(Reference.MessageNumber.NAME)) {
      return new Reference.MessageNumber(source);
    }
    wanted.putIfAbsent(name, otherwise);
    return new Reference.Remembered(name, key, source);
  }

  /** Requires that each name has a meaning, at the end of the script. */
  void finish() throws InvalidScript {
    for (Map.Entry<String, InvalidScript> name : wanted.entrySet()) {
      if (!set.contains(name.getKey())) {
        throw name.getValue();
      }
    }
  }
}
