package wscope.connection.reply;

import org.jspecify.annotations.Nullable;
import wscope.connection.match.Captures;
import wscope.connection.match.JsonPointer;
import wscope.connection.match.Subject;
import wscope.connection.match.Value;

/**
 * The values that a rule can insert.
 *
 * @param connection the number of the connection
 * @param received the number of messages or packets received so far
 * @param subject the message; null if the rule does not wait for one
 * @param captures the values that the condition captured
 */
public record Values(
    long connection, long received, @Nullable Subject subject, Captures captures, Memory memory) {
  /** The same values with those that another condition captured. */
  public Values with(Captures others) {
    return new Values(connection, received, subject, others, memory);
  }

  @Nullable Value captured(String name) {
    return captures.find(name);
  }

  @Nullable Value pointed(JsonPointer pointer) {
    return subject == null ? null : subject.find(pointer);
  }
}
