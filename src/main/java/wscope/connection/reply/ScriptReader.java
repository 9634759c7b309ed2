package wscope.connection.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.connection.match.BoundedPattern;
import wscope.connection.match.BytePattern;
import wscope.connection.match.Condition;
import wscope.connection.match.InvalidPattern;
import wscope.connection.match.JsonPointer;
import wscope.connection.match.JsonTree;
import wscope.connection.match.Value;
import wscope.connection.reply.ReplyRule.Occasion;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.Ascii;
import wscope.protocol.rule.Endpoint;

/** Reads a script: a statement in each line. */
public final class ScriptReader {
  /** The longest script, in bytes. */
  public static final int LONGEST = 256 << 10;

  /** The most rules of a script. */
  static final int MOST_RULES = 500;

  private static final int LONGEST_EXPRESSION = 1000;
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(24);

  private final Scope scope = new Scope();
  private final ActionReader actions;
  private final List<String> subprotocols = new ArrayList<>();
  private final List<ReplyRule> rules = new ArrayList<>();
  private @Nullable BytePattern packets;
  private @Nullable OpenRule open;

  /** The rule that is being read. */
  private record OpenRule(int line, Occasion occasion, List<Guard> guards, List<Action> actions) {}

  private ScriptReader(Endpoint self, ReplyFiles files) {
    actions = new ActionReader(self, files, scope);
  }

  /**
   * Reads a script.
   *
   * @param name the name of the script, for display
   * @param content the bytes of the script, in UTF-8
   * @param self the endpoint that runs the actions
   * @param files supplies the files that the script names
   * @throws InvalidScript at the first error
   */
  public static Script read(String name, byte[] content, Endpoint self, ReplyFiles files)
      throws InvalidScript {
    if (content.length > LONGEST) {
      throw new InvalidScript(1, 1, "the script is longer than 256 KiB; make it shorter");
    }
    return new ScriptReader(self, files).read(name, lines(content));
  }

  private static List<String> lines(byte[] content) throws InvalidScript {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= content.length; i++) {
      if (i == content.length || content[i] == '\n') {
        int end = i > start && content[i - 1] == '\r' ? i - 1 : i;
        byte[] line = Arrays.copyOfRange(content, start, end);
        if (!ActionReader.isUtf8(line)) {
          throw new InvalidScript(lines.size() + 1, 1, "the line is not UTF-8; save it as UTF-8");
        }
        String text = new String(line, UTF_8);
        lines.add(lines.isEmpty() && text.startsWith("\ufeff") ? text.substring(1) : text);
        start = i + 1;
      }
    }
    return lines;
  }

  private Script read(String name, List<String> lines) throws InvalidScript {
    for (int i = 0; i < lines.size(); i++) {
      ScriptLine line = new ScriptLine(i + 1, lines.get(i));
      if (!line.isBlank()) {
        statement(line);
      }
    }
    endRule();
    scope.finish();
    return new Script(name, subprotocols, packets, rules);
  }

  private void statement(ScriptLine line) throws InvalidScript {
    String word = line.word();
    switch (word) {
      case "on" -> on(line);
      case "if" -> guard(line, false);
      case "unless" -> guard(line, true);
      case "subprotocol" -> subprotocol(line);
      case "packets" -> packets(line);
      default -> action(word, line);
    }
  }

  private void on(ScriptLine line) throws InvalidScript {
    endRule();
    if (rules.size() == MOST_RULES) {
      throw line.error("a script has at most " + MOST_RULES + " rules; remove this one");
    }
    Occasion occasion = occasion(line);
    line.finish();
    scope.begin(occasion);
    open = new OpenRule(line.number(), occasion, new ArrayList<>(), new ArrayList<>());
  }

  private void endRule() {
    OpenRule rule = open;
    if (rule != null) {
      rules.add(
          new ReplyRule(
              rules.size() + 1,
              rule.line,
              rule.occasion,
              List.copyOf(rule.guards),
              List.copyOf(rule.actions)));
      open = null;
    }
  }

  private Occasion occasion(ScriptLine line) throws InvalidScript {
    String word = line.word();
    return switch (word) {
      case "open" -> new Occasion.Opening();
      case "every" ->
          new Occasion.Interval(
              ActionReader.time(line, SHORTEST_INTERVAL, LONGEST_INTERVAL, "1 ms to 24 h"));
      case "any" -> new Occasion.Message(new Condition.OfType(null));
      case "text" -> new Occasion.Message(text(line));
      case "json" -> new Occasion.Message(json(line));
      case "binary" ->
          new Occasion.Message(
              line.isAtEnd()
                  ? new Condition.OfType(Opcode.BINARY)
                  : new Condition.Binary(PatternReader.read(line)));
      default ->
          throw line.error(
              "unknown event '"
                  + ScriptLine.excerpt(word)
                  + "'; write on open, on every, on text, on json, on binary or on any");
    };
  }

  private Condition text(ScriptLine line) throws InvalidScript {
    if (line.isAtEnd()) {
      return new Condition.OfType(Opcode.TEXT);
    }
    if (line.peek() == '/') {
      return new Condition.Matching(pattern(line));
    }
    String text = TemplateReader.fixedText(line, scope);
    return new Condition.Exactly(Value.ofText(text));
  }

  /** Reads a regular expression between slashes. The last slash of the line ends it. */
  private static BoundedPattern pattern(ScriptLine line) throws InvalidScript {
    int place = line.place();
    String rest = line.rest();
    int end = rest.lastIndexOf('/');
    String flags = rest.substring(end + 1);
    if (end == 0 || !flags.chars().allMatch(c -> "ims".indexOf(c) >= 0)) {
      throw line.error("a regular expression ends with a slash and flags: /EXPRESSION/ims");
    }
    String expression = rest.substring(1, end);
    if (expression.length() > LONGEST_EXPRESSION) {
      throw line.error("a regular expression has at most 1000 characters; make it shorter");
    }
    try {
      return BoundedPattern.of(expression, flags);
    } catch (InvalidPattern e) {
      throw line.errorAt(place + 1 + e.index(), "invalid regular expression: " + e.getMessage());
    }
  }

  private Condition json(ScriptLine line) throws InvalidScript {
    String word = line.word();
    JsonPointer pointer = JsonPointer.read(word.equals("\"\"") ? "" : word);
    if (pointer == null || word.isEmpty()) {
      throw line.error(
          "'"
              + ScriptLine.excerpt(word)
              + "' is not a JSON pointer; write, for example, /type, or \"\" for the whole message");
    }
    if (line.isAtEnd()) {
      return new Condition.Json(pointer, null);
    }
    JsonTree value = JsonTree.read(line.rest());
    if (value == null || !value.isScalar()) {
      throw line.error(
          "write the value as JSON: a string in quotes, a number, true, false or null");
    }
    return new Condition.Json(pointer, value);
  }

  private void guard(ScriptLine line, boolean negated) throws InvalidScript {
    OpenRule rule = open;
    if (rule == null || !rule.actions.isEmpty()) {
      throw line.error("write this line after the line with on, before the actions");
    }
    Reference value = TemplateReader.reference(line, scope);
    Template text = line.isAtEnd() ? null : TemplateReader.text(line, scope);
    line.finish();
    rule.guards.add(new Guard(value, negated, text));
  }

  private void subprotocol(ScriptLine line) throws InvalidScript {
    atTop(line);
    do {
      String word = line.word();
      if (!Ascii.isToken(word)) {
        throw line.error("write the names of subprotocols, separated by spaces");
      }
      subprotocols.add(word);
    } while (!line.isAtEnd());
  }

  private void packets(ScriptLine line) throws InvalidScript {
    atTop(line);
    BytePattern pattern = PatternReader.read(line);
    if (!pattern.endsWithVarint()) {
      throw line.error("the last field must be the length of the packet: packets ?? length:varint");
    }
    if (packets != null) {
      throw line.error("an earlier line says how to cut packets; remove one of the two");
    }
    packets = pattern;
  }

  private void atTop(ScriptLine line) throws InvalidScript {
    if (open != null) {
      throw line.error("write this line before the first rule");
    }
  }

  private void action(String word, ScriptLine line) throws InvalidScript {
    Action action = actions.read(word, line);
    if (action == null) {
      throw line.error(
          "unknown word '"
              + ScriptLine.excerpt(word)
              + "'; write on, if, unless, send, echo, delay, close, fault, set or next");
    }
    if (open == null) {
      throw line.errorAt(0, "no rule precedes this action; write a line with on before it");
    }
    open.actions.add(action);
  }
}
