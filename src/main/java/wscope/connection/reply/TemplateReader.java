package wscope.connection.reply;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.connection.match.JsonPointer;
import wscope.connection.match.JsonTree;
import wscope.connection.match.Value;
import wscope.connection.reply.Template.Part;

/** Reads content to send or to set, in which a dollar sign inserts a value. */
final class TemplateReader {
  private final ScriptLine line;
  private final Scope scope;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder fixed = new StringBuilder();

  private TemplateReader(ScriptLine line, Scope scope) {
    this.line = line;
    this.scope = scope;
  }

  /** Reads a text: in quotes with escapes as in JSON, or as it stands to the end of the line. */
  static Template text(ScriptLine line, Scope scope) throws InvalidScript {
    TemplateReader reader = new TemplateReader(line, scope);
    if (line.isAtEnd()) {
      throw line.errorAt(line.place(), "the text is missing; write \"\" for an empty one");
    }
    if (line.peek() != '"') {
      int end = line.end();
      while (line.place() < end) {
        reader.character();
      }
      line.rest();
      return reader.template();
    }
    reader.quoted();
    line.finish();
    return reader.template();
  }

  /** Reads a text that inserts nothing. */
  static String fixedText(ScriptLine line, Scope scope) throws InvalidScript {
    line.skipSpaces();
    int start = line.place();
    Template text = text(line, scope);
    if (!text.isFixed()) {
      throw line.errorAt(start, "this text cannot insert values; write $$ for a dollar sign");
    }
    return text.parts().isEmpty() ? "" : ((Part.Text) text.parts().get(0)).text();
  }

  /** Reads the key in brackets after a name; null if there is none. */
  static @Nullable Template key(ScriptLine line, Scope scope) throws InvalidScript {
    if (line.peek() != '[') {
      return null;
    }
    int start = line.place();
    line.next();
    TemplateReader reader = new TemplateReader(line, scope);
    while (line.peek() != ']') {
      if (line.place() >= line.end()) {
        throw line.errorAt(start, "the bracket is not closed; add ]");
      }
      reader.character();
    }
    line.next();
    return reader.template();
  }

  /** Reads bytes in hex. */
  static Template hex(ScriptLine line, Scope scope) throws InvalidScript {
    TemplateReader reader = new TemplateReader(line, scope);
    while (!line.isAtEnd()) {
      int start = line.place();
      char first = line.next();
      if (first == '$') {
        reader.parts.add(new Part.Inserted(reader.reference(start)));
      } else if (HexFormat.isHexDigit(first) && HexFormat.isHexDigit(line.peek())) {
        int octet = HexFormat.fromHexDigit(first) << 4 | HexFormat.fromHexDigit(line.next());
        reader.parts.add(new Part.Bytes(Value.ofBytes(new byte[] {(byte) octet})));
      } else {
        throw line.errorAt(start, "write each byte as two hex digits, such as 0a");
      }
    }
    return reader.template();
  }

  /** Reads JSON, which stays JSON whatever is inserted. */
  static Template json(ScriptLine line, Scope scope) throws InvalidScript {
    TemplateReader reader = new TemplateReader(line, scope);
    StringBuilder probe = new StringBuilder();
    List<Integer> places = new ArrayList<>();
    boolean inString = false;
    line.skipSpaces();
    int end = line.end();
    while (line.place() < end) {
      int start = line.place();
      char c = line.next();
      if (c == '$' && line.peek() != '$') {
        reader.endFixed();
        Reference value = reader.reference(start);
        reader.parts.add(inString ? new Part.InsideJson(value) : new Part.AsJson(value));
        // Stands for the value: a character of a string, or a whole value.
        probe.append(inString ? "" : "{");
        places.addAll(inString ? List.of() : List.of(start));
        c = inString ? '0' : '}';
      } else {
        c = c == '$' ? line.next() : c;
        reader.fixed.append(c);
        if (c == '\\' && inString && line.place() < end) {
          probe.append(c);
          places.add(start);
          c = line.next();
          reader.fixed.append(c);
        } else if (c == '"') {
          inString = !inString;
        }
      }
      probe.append(c);
      places.add(start);
    }
    int wrong = JsonTree.errorIn(probe.toString());
    if (wrong >= 0) {
      int place = wrong < places.size() ? places.get(wrong) : end;
      throw line.errorAt(place, "this is not JSON; write, for example, {\"id\":1}");
    }
    return reader.template();
  }

  private Template template() {
    endFixed();
    return new Template(parts);
  }

  private void endFixed() {
    if (fixed.length() > 0) {
      parts.add(new Part.Text(fixed.toString()));
      fixed.setLength(0);
    }
  }

  private void quoted() throws InvalidScript {
    int start = line.place();
    line.next();
    while (line.peek() != '"') {
      if (line.place() >= line.end()) {
        throw line.errorAt(start, "the quotation mark is not closed; add \"");
      }
      if (line.peek() == '\\') {
        escape();
      } else {
        character();
      }
    }
    line.next();
  }

  /** Reads a character as it stands, or a value to insert. */
  private void character() throws InvalidScript {
    int start = line.place();
    char c = line.next();
    if (c != '$') {
      fixed.append(c);
    } else if (line.peek() == '$') {
      fixed.append(line.next());
    } else {
      endFixed();
      parts.add(new Part.Inserted(reference(start)));
    }
  }

  private void escape() throws InvalidScript {
    int start = line.place();
    line.next();
    char c = line.place() < line.end() ? line.next() : ' ';
    switch (c) {
      case 'n' -> fixed.append('\n');
      case 'r' -> fixed.append('\r');
      case 't' -> fixed.append('\t');
      case 'b' -> fixed.append('\b');
      case 'f' -> fixed.append('\f');
      case '0' -> fixed.append('\0');
      case '"', '\\', '/' -> fixed.append(c);
      case 'u' -> fixed.append(unicode(start));
      default ->
          throw line.errorAt(
              start,
              "unknown escape; write \\n, \\r, \\t, \\0, \\\", \\\\ or \\u with 4 hex digits");
    }
  }

  private char unicode(int start) throws InvalidScript {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      if (!HexFormat.isHexDigit(line.peek())) {
        throw line.errorAt(start, "\\u needs 4 hex digits, such as \\u00e9");
      }
      code = code << 4 | HexFormat.fromHexDigit(line.next());
    }
    return (char) code;
  }

  /**
   * Reads a reference after its dollar sign.
   *
   * @param start the place of the dollar sign
   */
  Reference reference(int start) throws InvalidScript {
    char c = line.peek();
    if (c >= '0' && c <= '9') {
      return numbered(start, String.valueOf(line.next()));
    }
    if (isLetter(c)) {
      String name = name();
      return scope.named(name, null, "$" + name, unknown(start, name));
    }
    if (c != '{') {
      throw line.errorAt(start, "write a name, a number or {...} after $, or $$ for a dollar sign");
    }
    line.next();
    Reference reference =
        line.peek() == '/' || line.peek() == '}' ? pointed(start) : inBraces(start);
    if (line.peek() != '}') {
      throw line.errorAt(start, "the brace is not closed; add }");
    }
    line.next();
    return reference;
  }

  /** Reads the reference of a guard, which stands alone. */
  static Reference reference(ScriptLine line, Scope scope) throws InvalidScript {
    line.skipSpaces();
    int start = line.place();
    if (line.isAtEnd() || line.next() != '$') {
      throw line.errorAt(start, "write a value, such as $1, $name or ${/id}");
    }
    return new TemplateReader(line, scope).reference(start);
  }

  private Reference inBraces(int start) throws InvalidScript {
    String name = name();
    if (name.isEmpty()) {
      throw line.errorAt(start, "write a name or a JSON pointer such as /id between the braces");
    }
    if (name.charAt(0) <= '9') {
      return numbered(start, name);
    }
    Template key = key(line, scope);
    return scope.named(
        name, key, "${" + name + (key == null ? "}" : "[...]}"), unknown(start, name));
  }

  private Reference pointed(int start) throws InvalidScript {
    StringBuilder source = new StringBuilder();
    while (line.place() < line.end() && line.peek() != '}') {
      source.append(line.next());
    }
    JsonPointer pointer = JsonPointer.read(source.toString());
    if (pointer == null) {
      throw line.errorAt(start, "write ~0 for ~ and ~1 for / in a name of a JSON pointer");
    }
    return scope.pointed(
        pointer,
        "${" + source + "}",
        line.errorAt(start, "only a rule on a message can insert a value of the message"));
  }

  private Reference numbered(int start, String number) throws InvalidScript {
    return scope.numbered(
        number,
        "$" + number,
        line.errorAt(
            start,
            "this rule has no group "
                + number
                + "; add one to its regular expression, or write $$ for a dollar sign"));
  }

  private InvalidScript unknown(int start, String name) {
    return line.errorAt(
        start,
        "unknown value '"
            + ScriptLine.excerpt(name)
            + "'; use a group or field of this rule, or a name that an action sets");
  }

  /** Reads a name or a number of at most three digits; empty if there is none. */
  private String name() {
    return name(line);
  }

  static String name(ScriptLine line) {
    StringBuilder name = new StringBuilder();
    boolean number = line.peek() >= '0' && line.peek() <= '9';
    while (number
        ? line.peek() >= '0' && line.peek() <= '9' && name.length() < 3
        : isLetter(line.peek()) || (line.peek() >= '0' && line.peek() <= '9')) {
      name.append(line.next());
    }
    return name.toString();
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
