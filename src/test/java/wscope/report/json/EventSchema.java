package wscope.report.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import wscope.report.Report;

/** Checks that JSON output is lines of visible ASCII, and matches {@code events.schema.json}. */
public final class EventSchema {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema());

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
      assertEquals(List.of(), SCHEMA.validate(line), () -> "in " + line);
    }
    return lines;
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
