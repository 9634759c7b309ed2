package wscope.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import wscope.report.Report;

/** Generates the manual page of the JSON events from their schema. */
final class EventsPage {
  private final Roff page = new Roff("wscope-json", 5, "the events that wscope writes as JSON");
  private final JsonNode schema;

  private EventsPage(JsonNode schema) {
    this.schema = schema;
  }

  static String write() throws IOException {
    try (InputStream in = Report.class.getResourceAsStream("events.schema.json")) {
      EventsPage events = new EventsPage(new ObjectMapper().readTree(in));
      events.writeAll();
      return events.page.toString();
    }
  }

  private void writeAll() {
    page.section("DESCRIPTION");
    page.words("", plain(schema.get("description").asText()));
    page.section("EXAMPLES");
    page.literal(List.of("wscope decode --format json 81 05 48 65 6c 6c 6f | jq ."));
    page.section("EVENTS");
    for (JsonNode reference : schema.get("oneOf")) {
      JsonNode event = resolve(reference);
      page.subsection(event.at("/properties/type/const").asText());
      page.words("", plain(event.get("description").asText()));
      properties("", event);
    }
    page.seeAlso(List.of("wscope-decode(1)", "wscope-serve(1)", "wscope-rules(1)"));
  }

  /** The properties of an object; those of nested objects have its name as their prefix. */
  private void properties(String prefix, JsonNode object) {
    List<String> required = new ArrayList<>();
    object.path("required").forEach(name -> required.add(name.asText()));
    object
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String name = prefix + property.getKey();
              JsonNode value = property.getValue();
              JsonNode meaning = resolve(value);
              String always = required.contains(property.getKey()) ? "" : ", optional";
              page.entry(
                  Roff.bold(name) + " (" + Roff.escape(type(meaning)) + always + ")",
                  description(value, meaning));
              properties(name + ".", meaning);
              properties(name + "[].", resolve(meaning.path("items")));
            });
  }

  private String type(JsonNode value) {
    if (value.has("const")) {
      return '"' + value.get("const").asText() + '"';
    }
    if (value.has("enum")) {
      List<String> words = new ArrayList<>();
      value
          .get("enum")
          .forEach(word -> words.add(word.isTextual() ? '"' + word.asText() + '"' : word.asText()));
      return String.join(" or ", words);
    }
    return value.has("items")
        ? "array of " + type(resolve(value.get("items")))
        : value.get("type").asText();
  }

  /** The description of a property; if it has none, that of the schema it refers to. */
  private static String description(JsonNode property, JsonNode meaning) {
    JsonNode own = property.has("description") ? property : meaning;
    return plain(own.get("description").asText());
  }

  private JsonNode resolve(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : schema.at(reference.asText().substring(1));
  }

  private static String plain(String markdown) {
    return markdown.replace("`", "");
  }
}
