package wscope.capture.write;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.Vectors;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.event.TransportEnd.Manner;
import wscope.protocol.rule.Endpoint;

/** The file is HAR 1.2 with the messages as Chrome has them. */
class HarWriterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TransportEnd FIN = new TransportEnd(Endpoint.CLIENT, Manner.FIN);

  private final WrittenSession.MemoryFile file = new WrittenSession.MemoryFile();
  private final WrittenSession.Clock clock = new WrittenSession.Clock();
  private final HarWriter writer = new HarWriter(file, "wscope 1 2", clock);

  private WrittenSession open(long number, String fields) {
    WrittenSession session = new WrittenSession(writer, clock, number, "192.0.2.1", "192.0.2.5");
    session.feed((WrittenSession.REQUEST + fields + "\r\n").getBytes(ISO_8859_1));
    return session;
  }

  private JsonNode log() throws IOException {
    return JSON.readTree(file.bytes).get("log");
  }

  /** Every value, as http://www.softwareishard.com/blog/har-12-spec asks for it. */
  @Test
  void writesAWholeEntry() throws IOException {
    WrittenSession session = open(3, "Cookie: a=b\r\n");
    session.feed(Vectors.bytes("8185 37fa213d 7f9f4d5158"));
    session.feed(Vectors.bytes("0281 00000000 00 8980 00000000 8082 00000000 ff80"));
    session.feed(Vectors.bytes("8280 00000000 8180 00000000"));
    session.disconnect(FIN);
    JsonNode expected =
        JSON.readTree(
            """
            {"startedDateTime":"2026-11-28T12:00:00.000001Z","time":5.000,
             "request":{"method":"GET","url":"ws://example.com:8080/chat?a=1&b",
              "httpVersion":"HTTP/1.1","cookies":[],"headers":[
               {"name":"Host","value":"example.com:8080"},
               {"name":"Upgrade","value":"websocket"},
               {"name":"Connection","value":"Upgrade"},
               {"name":"Sec-WebSocket-Key","value":"dGhlIHNhbXBsZSBub25jZQ=="},
               {"name":"Sec-WebSocket-Version","value":"13"},
               {"name":"Cookie","value":"a=b"}],
              "headersSize":178,"queryString":[{"name":"a","value":"1"},{"name":"b","value":""}],
              "bodySize":0},
             "response":{"status":101,"statusText":"Switching Protocols","httpVersion":"HTTP/1.1",
              "cookies":[],"headers":[
               {"name":"Upgrade","value":"websocket"},
               {"name":"Connection","value":"Upgrade"},
               {"name":"Sec-WebSocket-Accept","value":"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="}],
              "headersSize":129,"content":{"size":0,"mimeType":"x-unknown"},"redirectURL":"",
              "bodySize":0},
             "cache":{},"timings":{"send":1.000,"wait":0.000,"receive":4.000},
             "serverIPAddress":"192.0.2.1","connection":"3",
             "comment":"not shown: 1 ping frames; not shown: 1 pong frames; not shown: the fragments of 1 messages",
             "_resourceType":"websocket","_webSocketMessages":[
              {"type":"send","time":1795867200.002001,"opcode":1,"data":"Hello"},
              {"type":"receive","time":1795867200.002001,"opcode":1,"data":"Hello"},
              {"type":"send","time":1795867200.003001,"opcode":2,"data":"AP+A"},
              {"type":"receive","time":1795867200.003001,"opcode":2,"data":"AP+A"},
              {"type":"send","time":1795867200.004001,"opcode":2,"data":""},
              {"type":"receive","time":1795867200.004001,"opcode":2,"data":""},
              {"type":"send","time":1795867200.004001,"opcode":1,"data":""},
              {"type":"receive","time":1795867200.004001,"opcode":1,"data":""}]}
            """);
    JsonNode log = log();
    assertEquals(expected.toPrettyString(), log.get("entries").get(0).toPrettyString());
    assertEquals("1.2", log.get("version").asText());
    assertEquals("{\"name\":\"wscope\",\"version\":\"1 2\"}", log.get("creator").toString());
    assertTrue(log.get("comment").asText().contains("control frames"));
  }

  @Test
  void inflatesMessages() throws IOException {
    WrittenSession session = open(1, "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    // RFC 7692 §7.2.3.1, masked with the key of RFC 6455 §5.7.
    session.feed(Vectors.bytes("c187 37fa213d c5b2 ecf4 fefd 21"));
    session.disconnect(FIN);
    JsonNode entry = log().get("entries").get(0);
    assertEquals("Hello", entry.at("/_webSocketMessages/0/data").asText());
    assertEquals("not shown: the compression of 2 messages", entry.get("comment").asText());
  }

  @Test
  void countsWhatItDoesNotHold() throws IOException {
    WrittenSession session = open(1, "");
    // An unfinished message, then a message inside it, which breaks a rule: the server says Close.
    session.feed(Vectors.bytes("0181 00000000 61 8181 00000000 62"));
    session.disconnect(FIN);
    JsonNode entry = log().get("entries").get(0);
    assertEquals("[]", entry.get("_webSocketMessages").toString());
    assertEquals(
        "not shown: 1 Close frames; not shown: 2 unfinished messages;"
            + " wscope found 1 violations and warnings",
        entry.get("comment").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "GET /p?x HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n, http://a/p?x, 200, 9, 'a page é\n'",
    "GET /p?x HTTP/1.1\\r\\nHo, '', 0, 0, ''",
    "'', '', 0, 0, ''",
  })
  void writesWhatOpensNoWebSocket(String request, String url, int status, int size, String body)
      throws IOException {
    WrittenSession session = new WrittenSession(writer, clock, 1, "::1", "::1");
    session.feed(request.translateEscapes().getBytes(ISO_8859_1));
    session.disconnect(FIN);
    JsonNode entry = log().get("entries").get(0);
    assertEquals(url, entry.at("/request/url").asText());
    assertEquals(status, entry.at("/response/status").asInt());
    assertEquals(body.getBytes(UTF_8).length, entry.at("/response/content/size").asInt());
    assertEquals(body, entry.at("/response/content/text").asText());
    assertEquals("other", entry.get("_resourceType").asText());
    assertTrue(entry.at("/_webSocketMessages").isMissingNode());
  }

  @Test
  void namesAServerWithTls() throws IOException {
    writer.event(
        new Event.Listening(
            "serve",
            List.of(new Event.ListeningAddress(new Event.Address.Tcp("::1", 1), "wss://a/")),
            "echo",
            List.of()));
    open(1, "").disconnect(FIN);
    assertTrue(log().at("/entries/0/request/url").asText().startsWith("wss://example.com:8080/"));
  }

  /** A proxy keeps no heads of these, and without a request there is no entry. */
  @Test
  void leavesOutPagesAndTunnelsOfAProxy() throws IOException {
    ExchangeListener page = writer.connection(null, 1);
    page.event(new Event.Page("GET", "/", 200, 0, 5, null, 1));
    ExchangeListener tunnel = writer.connection(null, 2);
    tunnel.event(new Event.Proxied("a.test:1", null, Event.Proxied.Treatment.NOT_NAMED));
    tunnel.event(new Event.Tunnelled(1, 2, null, 3));
    ExchangeListener refused = writer.connection(null, 3);
    refused.event(new Event.Refused(502, "away", null));
    writer.close();
    assertEquals("[]", log().get("entries").toString());
  }

  /** Connections that never end, and hold much, are written in parts. */
  @Test
  void writesPartsWhenItHoldsMuch() throws IOException {
    WrittenSession one = open(1, "");
    WrittenSession two = open(2, "");
    two.feed(Vectors.bytes("8181 00000000 62"));
    byte[] message = Vectors.bytes("81fed6d8 00000000 (61*55000)");
    assertEquals(16 << 20, HarWriter.MOST_HELD);
    int count = HarWriter.MOST_HELD / 110_000 + 2;
    for (int i = 0; i < count; i++) {
      one.feed(message);
      log();
    }
    writer.close();
    List<String> parts = new ArrayList<>();
    int messages = 0;
    for (JsonNode entry : log().get("entries")) {
      JsonNode part = entry.get("_webSocketMessages");
      parts.add(entry.get("connection").asText() + " " + entry.path("comment").asText());
      messages += part.size();
    }
    assertEquals(
        List.of("1 ", "2 ", "1 part 2 of this connection", "2 part 2 of this connection"), parts);
    assertEquals(2 * count + 2, messages);
  }

  /** At any time, what is in the file is JSON. */
  @Test
  void isValidAfterEachWrite() throws IOException {
    WrittenSession one = open(1, "");
    assertEquals(0, log().get("entries").size());
    WrittenSession two = open(2, "");
    one.disconnect(FIN);
    assertEquals(1, log().get("entries").size());
    two.disconnect(FIN);
    assertEquals(2, log().get("entries").size());
    writer.close();
    assertEquals(3, file.appends);
  }
}
