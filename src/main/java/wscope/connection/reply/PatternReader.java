package wscope.connection.reply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import wscope.connection.match.BytePattern;
import wscope.connection.match.BytePattern.Length;
import wscope.connection.match.BytePattern.Part;

/** Reads a pattern for bytes. */
final class PatternReader {
  /** The largest length of a field that the pattern determines. */
  private static final int LONGEST_FIELD = 65_535;

  private final ScriptLine line;
  private final List<Part> parts = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private PatternReader(ScriptLine line) {
    this.line = line;
  }

  /** Reads a pattern to the end of the line. */
  static BytePattern read(ScriptLine line) throws InvalidScript {
    PatternReader reader = new PatternReader(line);
    boolean complete = false;
    while (!line.isAtEnd()) {
      String word = line.word();
      if (complete) {
        throw line.error("nothing can follow the end or the rest of the message");
      }
      complete = reader.part(word);
    }
    return new BytePattern(reader.parts);
  }

  /** Reads a word; returns whether it reaches the end of the message. */
  private boolean part(String word) throws InvalidScript {
    int colon = word.indexOf(':');
    if (word.equals("end")) {
      parts.add(new Part.End());
      return true;
    }
    if (colon >= 0) {
      Part.Field field = field(word.substring(0, colon), word.substring(colon + 1));
      parts.add(field);
      return field.length() == Length.REST;
    }
    if (word.length() % 2 != 0) {
      throw invalid(word);
    }
    for (int i = 0; i < word.length(); i += 2) {
      parts.add(octet(word, word.charAt(i), word.charAt(i + 1)));
    }
    return false;
  }

  private Part octet(String word, char high, char low) throws InvalidScript {
    int mask = (high == '?' ? 0 : 0xf0) | (low == '?' ? 0 : 0x0f);
    return new Part.Octet(digit(word, high) << 4 | digit(word, low), mask);
  }

  private int digit(String word, char c) throws InvalidScript {
    if (c != '?' && !HexFormat.isHexDigit(c)) {
      throw invalid(word);
    }
    return c == '?' ? 0 : HexFormat.fromHexDigit(c);
  }

  private Part.Field field(String name, String length) throws InvalidScript {
    ScriptLine letters = new ScriptLine(line.number(), name);
    if (name.isEmpty()
        || name.charAt(0) <= '9'
        || TemplateReader.name(letters).length() < name.length()
        || Scope.isReserved(name)
        || !names.add(name)) {
      throw line.error(
          "'" + ScriptLine.excerpt(name) + "' cannot name this field; write another name");
    }
    return switch (length) {
      case "varint" -> new Part.Field(name, Length.VARINT, 0);
      case "u16+bytes" -> new Part.Field(name, Length.AFTER_U16, 0);
      case "varint+bytes" -> new Part.Field(name, Length.AFTER_VARINT, 0);
      case "rest" -> new Part.Field(name, Length.REST, 0);
      default -> new Part.Field(name, Length.FIXED, count(length));
    };
  }

  private int count(String length) throws InvalidScript {
    int count = Numbers.read(length, LONGEST_FIELD);
    if (count < 1) {
      throw line.error(
          "'"
              + ScriptLine.excerpt(length)
              + "' is not the length of a field; write 1 to 65535, varint, u16+bytes,"
              + " varint+bytes or rest");
    }
    return count;
  }

  private InvalidScript invalid(String word) {
    return line.error(
        "'"
            + ScriptLine.excerpt(word)
            + "' is neither bytes (0a, 3?, ??) nor a field (NAME:2) nor end");
  }
}
