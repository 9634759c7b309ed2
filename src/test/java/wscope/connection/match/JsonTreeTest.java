package wscope.connection.match;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.frame.Opcode;

/** Values of JSON in messages, by pointers. */
class JsonTreeTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static Value find(String document, String pointer) {
    return new Subject(Opcode.TEXT, document.getBytes(UTF_8)).find(JsonPointer.read(pointer));
  }

  /** The example of RFC 6901, section 5. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "/foo;[\"bar\", \"baz\"]",
        "/foo/0;\"bar\"",
        "/;0",
        "/a~1b;1",
        "/c%d;2",
        "/e^f;3",
        "/g|h;4",
        "/i\\j;5",
        "/k\"l;6",
        "`/ `;7",
        "/m~0n;8",
        "/foo/2;",
        "/foo/-;",
        "/foo/00;",
        "/foo/0/a;",
        "/no;",
      })
  void findsTheValuesOfTheExample(String pointer, String source) {
    String document =
        """
        {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\\\j": 5, \
        "k\\"l": 6, " ": 7, "m~n": 8}""";
    Value value = find(document, pointer);
    assertEquals(source, value == null ? null : value.json());
  }

  @Test
  void theEmptyPointerIsTheWholeDocument() {
    assertEquals("[1]", find(" [1] ", "").json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", " /a", "/~", "/~2", "/a~"})
  void refusesInvalidPointers(String pointer) {
    assertNull(JsonPointer.read(pointer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1} x",
        "{\"a\":1}{\"a\":1}",
        "{'a':1}",
        "{\"a\":1,\"a\":1}",
        "[01]",
        "[\"\t\"]",
        "{\"a\":[{\"b\":1,\"b\":2}]}",
        "[NaN]",
        "\ufeff{\"a\":1}",
        "[1,]",
        "// c\n1"
      })
  void refusesWhatIsNotJson(String document) {
    assertNull(find(document, ""));
  }

  @Test
  void limitsDepthAndLength() {
    assertNotNull(find("[".repeat(100) + "]".repeat(100), "/0/0"));
    assertNull(find("[".repeat(101) + "]".repeat(101), "/0/0"));
    int most = 1_048_576;
    assertNotNull(find('"' + "a".repeat(most - 2) + '"', ""));
    Subject longer = new Subject(Opcode.TEXT, ('"' + "a".repeat(most - 1) + '"').getBytes(UTF_8));
    assertNull(longer.find(JsonPointer.read("")));
    assertEquals("the message is longer than 1 MiB and was not read as JSON", longer.takeDoubt());
    assertNull(longer.takeDoubt());
  }

  @Test
  void binaryMessagesAreNotJson() {
    assertNull(new Subject(Opcode.BINARY, "{}".getBytes(UTF_8)).find(JsonPointer.read("")));
  }

  /** Each value of a random document reads back as what Jackson's tree has at this place. */
  @Test
  void findsEachValueOfRandomDocuments() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      String document = random(random, 4);
      check(document, "", MAPPER.readTree(document));
    }
  }

  private static void check(String document, String pointer, JsonNode expected) throws Exception {
    Value value = find(document, pointer);
    assertNotNull(value, () -> pointer + " in " + document);
    assertEquals(expected, MAPPER.readTree(value.json()), () -> pointer + " in " + document);
    if (expected.isTextual()) {
      assertEquals(expected.asText(), value.text());
    }
    for (int i = 0; i < expected.size() && expected.isArray(); i++) {
      check(document, pointer + "/" + i, expected.get(i));
    }
    for (var field : expected.properties()) {
      String token = field.getKey().replace("~", "~0").replace("/", "~1");
      check(document, pointer + "/" + token, field.getValue());
    }
  }

  private static String random(Random random, int depth) {
    String space = " ".repeat(random.nextInt(2));
    String[] scalars = {
      "null",
      "true",
      "false",
      "0",
      "-1.5e+30",
      "12345678901234567890",
      "\"\"",
      "\"a/~\\u00e9\\n\"",
      "\"😀\"",
      "1.10"
    };
    StringBuilder text = new StringBuilder(space);
    int kind = depth == 0 ? 2 : random.nextInt(3);
    if (kind == 2) {
      text.append(scalars[random.nextInt(scalars.length)]);
    } else {
      int count = random.nextInt(4);
      for (int i = 0; i < count; i++) {
        String name = kind == 0 ? "\"" + "/~é ".charAt(i) + "\"" + space + ":" : "";
        text.append(i == 0 ? "" : ",").append(space).append(name).append(random(random, depth - 1));
      }
      text.insert(space.length(), kind == 0 ? '{' : '[').append(kind == 0 ? '}' : ']');
    }
    return text.append(space).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "1;1.0;true",
        "1;10e-1;true",
        "1;2;false",
        "1;\"1\";false",
        "\"é\";\"\\u00e9\";true",
        "\"a\";\"A\";false",
        "true;true;true",
        "true;false;false",
        "null;null;true",
        "null;false;false",
        "[];[];false",
        "1e999999999;1e999999999;true",
        "1e99999999999;1e99999999999;true",
        "1e99999999999;2e99999999999;false",
      })
  void comparesScalarValues(String one, String other, boolean same) {
    assertEquals(same, JsonTree.read(one).equalsScalar(JsonTree.read(other)));
  }
}
