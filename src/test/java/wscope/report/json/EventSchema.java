package wscope.report.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import wscope.report.Report;

/** Checks that JSON output is lines of visible ASCII, and matches {@code events.schema.json}. */
public final class EventSchema {
  private static final JsonNode SCHEMA = schema();
  private static final Set<String> TYPES = types();
  private static final Map<String, Schema> OF_TYPES = new ConcurrentHashMap<>();

  private EventSchema() {}

  /** The schema itself. */
  static JsonNode schema() {
    try (InputStream in = Report.class.getResourceAsStream("events.schema.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails unless every line matches the schema; returns the lines. */
  public static String check(String lines) {
    for (JsonNode line : parse(lines)) {
      String type = line.path("type").asText();
      assertTrue(TYPES.contains(type), () -> "unknown type in " + line);
      Schema ofType = OF_TYPES.computeIfAbsent(type, EventSchema::ofType);
      assertEquals(List.of(), ofType.validate(line), () -> "in " + line);
    }
    return lines;
  }

  /** The types of events; fails unless each of the alternatives permits one type, its own. */
  private static Set<String> types() {
    Set<String> types = new HashSet<>();
    for (JsonNode one : SCHEMA.get("oneOf")) {
      String ref = one.get("$ref").asText();
      JsonNode event = SCHEMA.at(ref.substring(1));
      String type = event.at("/properties/type/const").asText();
      assertEquals("#/$defs/" + type, ref);
      boolean required = false;
      for (JsonNode name : event.get("required")) {
        required |= name.asText().equals("type");
      }
      assertTrue(required, ref);
      types.add(type);
    }
    assertEquals(SCHEMA.get("oneOf").size(), types.size());
    return types;
  }

  /** The schema with one alternative: no other one permits the type, and each costs time. */
  private static Schema ofType(String type) {
    ObjectNode schema = SCHEMA.deepCopy();
    schema.remove("$id");
    schema.putArray("oneOf").addObject().put("$ref", "#/$defs/" + type);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
  }

  /**
   * The objects of the lines; fails unless each line ends with LF, is visible ASCII and valid JSON.
   */
  public static List<JsonNode> parse(String lines) {
    List<JsonNode> objects = new ArrayList<>();
    assertTrue(lines.isEmpty() || lines.endsWith("\n"), lines);
    lines
        .lines()
        .forEach(
            line -> {
              assertTrue(isVisibleAscii(line), line);
              JsonNode object = StrictJson.read(line);
              assertTrue(object.isObject(), line);
              objects.add(object);
            });
    return objects;
  }

  private static boolean isVisibleAscii(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) < ' ' || line.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }
}
