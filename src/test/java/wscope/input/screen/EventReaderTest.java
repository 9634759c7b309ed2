package wscope.input.screen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Way;

/** The JSON of {@code decode} and {@code serve}, and of recordings. */
class EventReaderTest {
  /** 72 65 63 XOR 0a 0b 0c is 78 6e 6f. */
  private static final String FRAME =
      """
      {"type":"frame","time":"2026-11-28T12:00:01.123456Z","connection":1,"sender":"client",\
      "number":1,"offset":0,"headerLength":6,"payloadLength":3,"fin":true,"rsv1":false,\
      "rsv2":false,"rsv3":false,"opcode":1,"opcodeName":"text","masked":true,\
      "maskingKey":"0a0b0c0d","lengthForm":7,"complete":true,"violations":[],"text":"rec",\
      "omitted":0}""";

  private static final String BYTES = "81 83 0a 0b 0c 0d 78 6e 6f";

  private static final String REQUEST =
      """
      {"type":"handshake","sender":"client","offset":0,"length":30,"complete":true,\
      "method":"GET","target":"/","version":"HTTP/1.1","fields":[{"name":"A","value":"b"},\
      {"name":"C","value":"\\u00e9"}],"outcome":"plain","violations":[]}""";

  private static final String RESPONSE =
      """
      {"type":"handshake","sender":"server","offset":0,"length":25,"complete":true,\
      "version":"HTTP/1.1","status":400,"reason":"Bad","fields":[{"name":"A","value":""}],\
      "outcome":"refused","violations":[]}""";

  @Test
  void aFrame() {
    assertEquals(List.of("1 CLIENT " + FRAME + " = " + BYTES), Finds.pieces(FRAME));
    assertEquals(EnumSet.of(Evidence.OWN_OUTPUT), Finds.in(FRAME).get(0).evidence());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%s\r\n", "web_1  | %s", "[%s]", "  %s,", "%s{\"type\":", "{\"type\":\"a\"}%s"})
  void whatStandsAround(String text) {
    assertEquals(List.of(BYTES), Finds.bytes(text.formatted(FRAME)));
  }

  @Test
  void spacesAfterColons() {
    assertEquals(List.of(BYTES), Finds.bytes(FRAME.replace("\":", "\": ").replace(",\"", ", \"")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"fin\":true        | \"fin\":false                            | 01 83 0a 0b 0c 0d 78 6e 6f",
        "\"rsv1\":false      | \"rsv1\":true                            | c1 83 0a 0b 0c 0d 78 6e 6f",
        "\"rsv2\":false      | \"rsv2\":true                            | a1 83 0a 0b 0c 0d 78 6e 6f",
        "\"rsv3\":false      | \"rsv3\":true                            | 91 83 0a 0b 0c 0d 78 6e 6f",
        "\"opcode\":1        | \"opcode\":15                            | 8f 83 0a 0b 0c 0d 78 6e 6f",
        "\"text\":\"rec\"    | \"base64\":\"/wAB\"                      | 81 83 0a 0b 0c 0d f5 0b 0d",
        "\"text\":\"rec\"    | \"text\":\"\\u20ac\"                     | 81 83 0a 0b 0c 0d e8 89 a0",
        "\"complete\":true   | \"header\":\"81830a0b0c0d\",\"complete\":true | 81 83 0a 0b 0c 0d 78 6e 6f",
        "\"payloadLength\":3 | \"payloadLength\":4                      | none",
        "\"omitted\":0       | \"omitted\":1                            | none",
        "\"headerLength\":6  | \"headerLength\":2                       | none",
        "\"lengthForm\":7    | \"lengthForm\":16                        | none",
        "\"lengthForm\":7    | \"lengthForm\":8                         | none",
        "\"opcode\":1        | \"opcode\":16                            | none",
        "\"maskingKey\":\"0a0b0c0d\", | \"violations\":[],              | none",
        "0a0b0c0d            | 0a0b0c                                   | none",
        "\"masked\":true     | \"masked\":1                             | none",
        "\"text\":\"rec\"    | \"text\":\"\\ud800\"                     | none",
        "\"text\":\"rec\"    | \"base64\":\"/w\"                        | none",
        "\"text\":\"rec\"    | \"more\":\"rec\"                         | none",
        "\"complete\":true   | \"header\":\"81830a0b0c0e\",\"complete\":true | none",
        "\"complete\":true   | \"complete\":true,\"complete\":true      | none",
        "\"sender\":\"client\" | \"sender\":\"me\"                      | none",
        "\"offset\":0,       | ''                                       | none",
        "\"omitted\":0}      | \"omitted\":0                            | none",
        "\"type\":\"frame\"  | \"type\":\"message\"                     | none",
      })
  void otherFields(String field, String other, String bytes) {
    String event = FRAME.replace(field, other);
    assertNotEquals(FRAME, event);
    assertEquals(bytes.equals("none") ? List.of() : List.of(bytes), Finds.bytes(event));
  }

  @Test
  void anIncompleteFrame() {
    String event =
        FRAME
            .replace("\"complete\":true", "\"complete\":false")
            .replace("\"text\":\"rec\"", "\"text\":\"re\"");
    assertEquals(List.of("81 83 0a 0b 0c 0d 78 6e"), Finds.bytes(event));
  }

  /** An impossible length: 2^64 - 1. */
  @Test
  void theGreatestLength() {
    String event =
        FRAME
            .replace("\"complete\":true", "\"complete\":false")
            .replace("\"payloadLength\":3", "\"payloadLength\":18446744073709551615")
            .replace("\"lengthForm\":7", "\"lengthForm\":64")
            .replace("\"headerLength\":6", "\"headerLength\":14");
    assertEquals(List.of("81 ff ff ff ff ff ff ff ff ff 0a 0b 0c 0d 78 6e 6f"), Finds.bytes(event));
  }

  @Test
  void otherEventsBetweenFrames() {
    String message =
        """
        {"type":"message","connection":1,"sender":"client","number":1,"kind":"binary",\
        "base64":"gQVIZWxsbw==","omitted":0}""";
    String close = FRAME.replace("\"offset\":0", "\"offset\":9");
    String text = FRAME + "\n" + message + "\n" + close;
    assertEquals(List.of(BYTES + " " + BYTES), Finds.bytes(text));
    assertEquals(List.of(), Finds.left(text));
  }

  @Test
  void connections() {
    String second = FRAME.replace("\"connection\":1", "\"connection\":2");
    String text = FRAME + "\n" + second + "\n" + FRAME.replace("\"offset\":0", "\"offset\":9");
    assertEquals(List.of(BYTES + " " + BYTES, BYTES), Finds.bytes(text));
  }

  @Test
  void aFrameThatNeedsALostOne() {
    String lost =
        FRAME.replace("\"fin\":true", "\"fin\":false").replace("\"omitted\":0", "\"omitted\":2");
    String rest =
        FRAME.replace("\"opcode\":1", "\"opcode\":0").replace("\"offset\":0", "\"offset\":11");
    assertEquals(List.of(), Finds.bytes(lost + "\n" + rest));
  }

  @Test
  void heads() {
    List<Candidate> found = Finds.in(REQUEST + "\n" + FRAME + "\n" + RESPONSE);
    assertEquals(
        List.of(Candidate.Kind.REQUEST, Candidate.Kind.BYTES, Candidate.Kind.RESPONSE),
        found.stream().map(Candidate::kind).toList());
    assertEquals("GET / HTTP/1.1\r\nA: b\r\nC: \u00e9\r\n\r\n", text(found.get(0)));
    assertEquals("HTTP/1.1 400 Bad\r\nA: \r\n\r\n", text(found.get(2)));
    assertEquals(Way.CLIENT, found.get(0).first().way());
    assertEquals(Way.SERVER, found.get(2).first().way());
    assertEquals(EnumSet.of(Evidence.HEAD, Evidence.OWN_OUTPUT), found.get(0).evidence());
  }

  /** One byte less: no space before the empty value. */
  @Test
  void theLengthOfAHead() {
    Candidate found = Finds.in(RESPONSE.replace("\"length\":25", "\"length\":24")).get(0);
    assertEquals("HTTP/1.1 400 Bad\r\nA:\r\n\r\n", text(found));
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw", "received"})
  void headsAsTheyCame(String name) {
    String raw = "GET / HTTP/1.1\\r\\nHost:a\\n\\r\\n";
    String event =
        REQUEST.replace("\"complete\":true", "\"complete\":true,\"" + name + "\":\"" + raw + "\"");
    assertEquals("GET / HTTP/1.1\r\nHost:a\n\r\n", text(Finds.in(event).get(0)));
  }

  private static String text(Candidate found) {
    return new String(found.bytes(), ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"frame\"}",
        "{\"type\":\"handshake\",\"sender\":\"client\",\"complete\":true}",
        "{\"type\":\"handshake\",\"sender\":\"client\",\"complete\":false,\"fields\":[]}",
        "{\"type\":\"handshake\",\"sender\":\"server\",\"complete\":true,\"fields\":[]}",
        "{\"type\":\"message\",\"text\":\"{\\\"type\\\":\\\"frame\\\"}\"}",
        "{\"type\":\"text\"",
        "{\"type\":\"",
        "{\"type\":",
      })
  void otherObjects(String json) {
    assertEquals(List.of(), Finds.bytes(json));
  }
}
