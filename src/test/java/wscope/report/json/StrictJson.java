package wscope.report.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON by the grammar of RFC 8259, and nothing else. Of the library that writes JSON, it uses
 * only the nodes. It also fails for repeated names and lone surrogates, whose meaning the RFC
 * leaves open (§4, §8.2).
 */
final class StrictJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";
  private static final char END = 0;

  private final String text;
  private int at;

  private StrictJson(String text) {
    this.text = text;
  }

  /** The value of a text that is one value; fails if it is not. */
  static JsonNode read(String text) {
    StrictJson json = new StrictJson(text);
    JsonNode value = json.value();
    json.require(json.at == text.length());
    return value;
  }

  /** A value and the whitespace around it. */
  private JsonNode value() {
    skipWhitespace();
    JsonNode value =
        switch (peek()) {
          case '{' -> object();
          case '[' -> array();
          case '"' -> NODES.textNode(string());
          case 't' -> word("true", NODES.booleanNode(true));
          case 'f' -> word("false", NODES.booleanNode(false));
          case 'n' -> word("null", NODES.nullNode());
          default -> number();
        };
    skipWhitespace();
    return value;
  }

  private JsonNode object() {
    ObjectNode object = NODES.objectNode();
    take('{');
    skipWhitespace();
    boolean more = peek() != '}';
    while (more) {
      skipWhitespace();
      String name = string();
      require(!object.has(name));
      skipWhitespace();
      take(':');
      object.set(name, value());
      more = takeIf(',');
    }
    take('}');
    return object;
  }

  private JsonNode array() {
    ArrayNode array = NODES.arrayNode();
    take('[');
    skipWhitespace();
    boolean more = peek() != ']';
    while (more) {
      array.add(value());
      more = takeIf(',');
    }
    take(']');
    return array;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    take('"');
    while (!takeIf('"')) {
      require(peek() >= ' ');
      char c = text.charAt(at++);
      string.append(c == '\\' ? escape() : c);
    }
    require(string.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
    return string.toString();
  }

  /** What follows a backslash. */
  private char escape() {
    if (!takeIf('u')) {
      int index = ESCAPES.indexOf(peek());
      require(index >= 0);
      at++;
      return ESCAPED.charAt(index);
    }
    require(text.length() - at >= 4);
    int unit = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = "0123456789abcdef".indexOf(Character.toLowerCase(peek()));
      require(digit >= 0);
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  private JsonNode number() {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    require(number.lookingAt());
    at = number.end();
    boolean whole = number.group(1) == null && number.group(2) == null;
    return whole
        ? NODES.numberNode(new BigInteger(number.group()))
        : NODES.numberNode(new BigDecimal(number.group()));
  }

  private JsonNode word(String word, JsonNode value) {
    require(text.startsWith(word, at));
    at += word.length();
    return value;
  }

  private void skipWhitespace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** The next character; after the last one, a character that is valid nowhere. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private boolean takeIf(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private void take(char c) {
    require(takeIf(c));
  }

  private void require(boolean condition) {
    if (!condition) {
      throw new AssertionError("invalid JSON at " + at + ": " + text);
    }
  }
}
