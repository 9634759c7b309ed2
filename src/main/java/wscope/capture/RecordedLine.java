package wscope.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/** One JSON object of a recording, with checked access to its properties. */
final class RecordedLine {
  private static final int DEEPEST = 8;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(RecordingReader.LONGEST_LINE)
                  .build())
          .build();

  private final long number;
  private final Map<String, Object> properties;

  private RecordedLine(long number, Map<String, Object> properties) {
    this.number = number;
    this.properties = properties;
  }

  /**
   * Reads a line.
   *
   * @param number the number of the line, from 1
   */
  static RecordedLine of(long number, byte[] json, int length) throws InvalidRecording {
    try (JsonParser parser = FACTORY.createParser(json, 0, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidRecording(number, "the line is not a JSON object");
      }
      Map<String, Object> properties = object(parser);
      if (parser.nextToken() != null) {
        throw new InvalidRecording(number, "text follows the JSON object");
      }
      return new RecordedLine(number, properties);
    } catch (IOException e) {
      throw new InvalidRecording(number, "the line is not valid JSON");
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> properties = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      properties.put(name, value(parser));
    }
    return properties;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getBigIntegerValue().longValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return values;
  }

  /** Creates an exception for an error in this line. */
  InvalidRecording invalid(String why) {
    return new InvalidRecording(number, why);
  }

  boolean has(String name) {
    return properties.containsKey(name);
  }

  String text(String name) throws InvalidRecording {
    return required(name, String.class);
  }

  @Nullable String textOrNull(String name) throws InvalidRecording {
    return has(name) ? text(name) : null;
  }

  long number(String name) throws InvalidRecording {
    return required(name, Long.class);
  }

  long numberOr(String name, long otherwise) throws InvalidRecording {
    return has(name) ? number(name) : otherwise;
  }

  /** A number that must fit in an int. */
  int small(String name) throws InvalidRecording {
    long value = number(name);
    if (value != (int) value) {
      throw invalid("\"" + name + "\" is out of range");
    }
    return (int) value;
  }

  boolean flag(String name) throws InvalidRecording {
    return required(name, Boolean.class);
  }

  Endpoint endpoint(String name) throws InvalidRecording {
    String id = text(name);
    for (Endpoint endpoint : Endpoint.values()) {
      if (endpoint.id().equals(id)) {
        return endpoint;
      }
    }
    throw invalid("\"" + name + "\" is neither client nor server");
  }

  /** A nested object; null if it is absent. */
  @Nullable RecordedLine objectOrNull(String name) throws InvalidRecording {
    Object value = properties.get(name);
    return value == null ? null : nested(name, value);
  }

  /** The objects of an array; none if it is absent. */
  List<RecordedLine> objects(String name) throws InvalidRecording {
    List<RecordedLine> all = new ArrayList<>();
    if (has(name)) {
      for (Object value : required(name, List.class)) {
        all.add(nested(name, value));
      }
    }
    return all;
  }

  /** The strings of an array. */
  List<String> texts(String name) throws InvalidRecording {
    List<String> all = new ArrayList<>();
    for (Object value : required(name, List.class)) {
      if (!(value instanceof String text)) {
        throw invalid("\"" + name + "\" must hold only strings");
      }
      all.add(text);
    }
    return all;
  }

  /** The time of the event. */
  Instant time() throws InvalidRecording {
    try {
      return Instant.parse(text("time"));
    } catch (DateTimeParseException e) {
      throw invalid("\"time\" is not a valid time");
    }
  }

  /** The bytes of a head, one for each character. */
  ByteBuffer head(String name) throws InvalidRecording {
    return ByteBuffer.wrap(text(name).getBytes(StandardCharsets.ISO_8859_1));
  }

  ByteBuffer hex(String name) throws InvalidRecording {
    try {
      return ByteBuffer.wrap(HexFormat.of().parseHex(text(name)));
    } catch (IllegalArgumentException e) {
      throw invalid("\"" + name + "\" is not hex");
    }
  }

  /** A payload, from {@code text} or {@code base64}. */
  ByteBuffer payload() throws InvalidRecording {
    if (has("withheldPayload")) {
      throw invalid(
          "the recording was redacted and lacks the bytes of compressed messages, so wscope cannot"
              + " decode the rest; it holds their redacted text in the lines with the type"
              + " \"message\"");
    }
    if (numberOr("omitted", 0) > 0) {
      throw invalid("the payload is incomplete");
    }
    return bytes("text", "base64");
  }

  /** The bytes that one property contains as text or another in base64. */
  ByteBuffer bytes(String text, String base64) throws InvalidRecording {
    try {
      return ByteBuffer.wrap(
          has(base64)
              ? Base64.getDecoder().decode(text(base64))
              : text(text).getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw invalid("\"" + base64 + "\" is not base64");
    }
  }

  private RecordedLine nested(String name, Object value) throws InvalidRecording {
    if (!(value instanceof Map<?, ?> map)) {
      throw invalid("\"" + name + "\" is not an object");
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    map.forEach((key, inner) -> properties.put((String) key, inner));
    return new RecordedLine(number, properties);
  }

  private <T> T required(String name, Class<T> type) throws InvalidRecording {
    Object value = properties.get(name);
    if (value == null) {
      throw invalid("\"" + name + "\" is missing");
    }
    if (!type.isInstance(value)) {
      throw invalid("\"" + name + "\" has the wrong type");
    }
    return type.cast(value);
  }
}
