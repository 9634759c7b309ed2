package wscope.report.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.frame.FrameField;
import wscope.protocol.frame.Opcode;

/** The schema documents what is written: every property, nothing else, each described. */
class EventSchemaTest {
  private final JsonNode schema = EventSchema.schema();
  private final Set<String> described = new TreeSet<>();

  @Test
  void describesEveryProperty() {
    visit(schema);
    assertEquals(
        Arrays.stream(Property.values()).map(Property::toString).collect(Collectors.toSet()),
        described);
  }

  @Test
  void listsTheWordsOfEnums() {
    assertEquals(
        Arrays.stream(Opcode.values()).map(Opcode::label).collect(Collectors.toSet()),
        words(schema.at("/$defs/opcodeName/enum")));
    assertEquals(
        Stream.concat(
                Arrays.stream(FrameField.values()).map(FrameField::label),
                Stream.of("head", "challenge"))
            .collect(Collectors.toSet()),
        words(schema.at("/$defs/end/properties/incomplete/properties/field/enum")));
  }

  @Test
  void acceptsValidLines() {
    EventSchema.check(timed("{\"type\":\"stopped\",TIME,\"connections\":1}\n"));
    EventSchema.check("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"stopped\",TIME}\n",
        "{\"type\":\"stopped\",TIME,\"connections\":-1}\n",
        "{\"type\":\"stopped\",TIME,\"connections\":null}\n",
        "{\"type\":\"stopped\",TIME,\"connections\":1,\"more\":1}\n",
        "{\"type\":\"stopped\",TIME,\"connections\":1,\"connections\":1}\n",
        "{\"type\":\"stopped\",TIME,\"connections\":1}",
        "{\"type\":\"stopped\",TIME,\"connections\":1} {}\n",
        "{\"type\":\"accept-failed\",TIME,\"cause\":\"\u00e9\"}\n",
        "{\"type\":\"accept-failed\",TIME,\"cause\":\"\\ud800\"}\n",
        "{\"type\":\"stopped\",\"connections\":1}\n",
        "{\"type\":\"stopped\",\"time\":\"2026-11-21 14:06:05Z\",\"connections\":1}\n",
        "{\"type\":\"unknown\"}\n",
        "{\"type\":\"body\",\"sender\":\"client\",\"length\":0,\"omitted\":0}\n",
        "1\n",
        "\n",
      })
  void failsForInvalidLines(String line) {
    assertThrows(AssertionError.class, () -> EventSchema.check(timed(line)));
  }

  private static String timed(String line) {
    return line.replace("TIME", "\"time\":\"2026-11-21T14:06:05.000001Z\"");
  }

  private void visit(JsonNode node) {
    JsonNode properties = node.get("properties");
    if (properties != null && properties.isObject()) {
      assertEquals("false", node.path("additionalProperties").asText(), node::toString);
      properties
          .properties()
          .forEach(
              property -> {
                described.add(property.getKey());
                assertTrue(isDescribed(property.getValue()), property::toString);
              });
    }
    node.forEach(this::visit);
  }

  private boolean isDescribed(JsonNode property) {
    JsonNode reference = property.get("$ref");
    return property.has("description")
        || (reference != null && schema.at(reference.asText().substring(1)).has("description"));
  }

  private static Set<String> words(JsonNode array) {
    assertFalse(array.isEmpty());
    Set<String> words = new TreeSet<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }
}
