package wscope.input.screen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of an event that wscope wrote as JSON. Of arrays, only the fields of a head are
 * kept.
 */
final class JsonEvent {
  /** How an event begins, but for a space before its type. */
  private static final String START = "{\"type\":";

  private static final int DEEPEST = 8;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** A header field, with one character for each byte. */
  record Field(String name, String value) {}

  private final Map<String, Object> properties = new HashMap<>();
  private final List<Field> fields = new ArrayList<>();
  private int end;

  private JsonEvent() {}

  /** Whether an event may begin at an index. */
  static boolean begins(byte[] text, int at, int to) {
    int type = at + START.length();
    return Cursor.isAt(text, at, to, START)
        && (Cursor.isAt(text, type, to, "\"") || Cursor.isAt(text, type, to, " \""));
  }

  /** The event that begins at an index; null if it is not whole, or not valid JSON. */
  static @Nullable JsonEvent of(byte[] text, int from, int to) {
    JsonEvent event = new JsonEvent();
    try (JsonParser parser = FACTORY.createParser(text, from, to - from)) {
      parser.nextToken();
      event.read(parser);
      event.end = from + (int) parser.currentLocation().getByteOffset();
      return event;
    } catch (IOException e) {
      return null;
    }
  }

  private void read(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      switch (parser.nextToken()) {
        case VALUE_STRING -> properties.put(name, parser.getText());
        case VALUE_NUMBER_INT -> {
          // Lengths have 64 bits without a sign.
          boolean fits = parser.getBigIntegerValue().bitLength() <= Long.SIZE;
          properties.put(name, fits ? parser.getBigIntegerValue().longValue() : name);
        }
        case VALUE_TRUE -> properties.put(name, true);
        case VALUE_FALSE -> properties.put(name, false);
        case START_ARRAY -> array(parser, name);
        default -> parser.skipChildren();
      }
    }
  }

  private void array(JsonParser parser, String name) throws IOException {
    if (!name.equals("fields")) {
      parser.skipChildren();
      return;
    }
    properties.put(name, true);
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      JsonEvent field = new JsonEvent();
      field.read(parser);
      fields.add(new Field(field.text("name"), field.text("value")));
    }
  }

  /** The index in the text after the event. */
  int end() {
    return end;
  }

  boolean has(String name) {
    return properties.containsKey(name);
  }

  /** A text; empty if it is absent. */
  String text(String name) {
    return properties.get(name) instanceof String text ? text : "";
  }

  /** A number; -1 if it is absent. */
  long number(String name) {
    return properties.get(name) instanceof Long number ? number : -1;
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(properties.get(name));
  }

  boolean isFlag(String name) {
    return properties.get(name) instanceof Boolean;
  }

  /** Bytes in hex; null if they are absent or invalid. */
  byte @Nullable [] hex(String name) {
    try {
      return has(name) ? HexFormat.of().parseHex(text(name)) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Bytes in base64; null if they are absent or invalid. */
  byte @Nullable [] base64(String name) {
    try {
      return has(name) ? Base64.getDecoder().decode(text(name)) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The header fields of a head. */
  List<Field> fields() {
    return fields;
  }
}
