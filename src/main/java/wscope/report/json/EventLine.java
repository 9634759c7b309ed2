package wscope.report.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a {@link JsonReport}, which can be changed before it is written elsewhere. */
public final class EventLine {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final Map<String, Object> properties;

  private EventLine(Map<String, Object> properties) {
    this.properties = properties;
  }

  /**
   * Reads a line.
   *
   * @param json one JSON object, as a report writes it
   */
  public static EventLine of(String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      return new EventLine(object(parser));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
      case START_ARRAY -> {
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          values.add(value(parser));
        }
        yield values;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  /** The properties in their order; values are texts, numbers, flags, lists and maps of these. */
  Map<String, Object> properties() {
    return properties;
  }

  /** The type of the event. */
  public String type() {
    return String.valueOf(properties.get("type"));
  }

  /** The text of a property; null if it has none. */
  public @Nullable String text(String name) {
    return properties.get(name) instanceof String text ? text : null;
  }

  /** Whether a property is true. */
  public boolean is(String name) {
    return Boolean.TRUE.equals(properties.get(name));
  }

  /** Whether there is a property. */
  public boolean has(String name) {
    return properties.containsKey(name);
  }

  /** A number; 0 if there is none. */
  public long number(String name) {
    return properties.get(name) instanceof BigInteger number ? number.longValue() : 0;
  }

  /** Removes a property. */
  public void remove(String name) {
    properties.remove(name);
  }

  /** Replaces the text of a property in its place. */
  void replace(String name, String text) {
    properties.put(name, text);
  }

  /** Adds a flag that is true. */
  public void mark(String name) {
    properties.put(name, true);
  }

  /** The line without its end, in ASCII. */
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonLines.generator(text)) {
      write(json, properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** A text as JSON in ASCII, with its quotation marks. */
  public static String quoted(String text) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JsonLines.generator(out)) {
      json.writeString(new String(text.getBytes(UTF_8), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      json.writeStartObject();
      for (Map.Entry<?, ?> each : object.entrySet()) {
        json.writeFieldName((String) each.getKey());
        write(json, each.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> values) {
      json.writeStartArray();
      for (Object each : values) {
        write(json, each);
      }
      json.writeEndArray();
    } else if (value instanceof BigInteger number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString((String) value);
    }
  }
}
