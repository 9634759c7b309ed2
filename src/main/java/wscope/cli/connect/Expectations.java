package wscope.cli.connect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.connect.Script;
import wscope.connection.match.BoundedPattern;
import wscope.connection.match.Condition;
import wscope.connection.match.InvalidPattern;
import wscope.connection.match.JsonPointer;
import wscope.connection.match.JsonTree;
import wscope.connection.match.Subject;
import wscope.connection.match.Value;
import wscope.protocol.frame.Opcode;

/** Reads what a user expects of a message: a regular expression, or a value at a JSON pointer. */
final class Expectations {
  private Expectations() {}

  /** Reads a pattern. It is a JSON pointer if it begins with a slash and has an equals sign. */
  static Script.Expect of(String pattern) throws Failure {
    int equals = pattern.indexOf('=');
    List<Condition> conditions =
        pattern.startsWith("/") && equals > 0
            ? values(pattern.substring(0, equals), pattern.substring(equals + 1))
            : List.of(expression(pattern));
    return new Script.Expect(pattern, (type, payload) -> compare(conditions, type, payload));
  }

  private static Condition expression(String pattern) throws Failure {
    try {
      return new Condition.Matching(BoundedPattern.of(pattern, ""));
    } catch (InvalidPattern e) {
      throw new Failure(
          ExitCode.USAGE,
          "--expect: '" + pattern + "' is not a regular expression: " + e.getMessage());
    }
  }

  /** The conditions for a value: as JSON, or as the content of a string. */
  private static List<Condition> values(String path, String value) throws Failure {
    JsonPointer pointer = JsonPointer.read(path);
    if (pointer == null) {
      throw new Failure(ExitCode.USAGE, "--expect: '" + path + "' is not a JSON pointer");
    }
    List<Condition> conditions = new ArrayList<>();
    String quoted = Value.ofText(value).json();
    for (String json : quoted == null ? List.of(value) : List.of(value, quoted)) {
      JsonTree tree = JsonTree.read(json);
      if (tree != null && tree.isScalar()) {
        conditions.add(new Condition.Json(pointer, tree));
      }
    }
    return conditions;
  }

  private static Script.Match compare(List<Condition> conditions, Opcode type, ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    Subject subject = new Subject(type, bytes);
    boolean fits = conditions.stream().anyMatch(condition -> condition.test(subject) != null);
    String doubt = subject.takeDoubt();
    if (!fits && doubt == null && type == Opcode.BINARY) {
      Subject text = new Subject(Opcode.TEXT, bytes);
      boolean asText = conditions.stream().anyMatch(condition -> condition.test(text) != null);
      doubt = asText ? "it is binary, and would fit as text" : null;
    }
    return new Script.Match(fits, doubt);
  }
}
