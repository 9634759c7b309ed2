package wscope.input.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.find.Evidence;

class PanelReaderTest {
  private static final String RESPONSE =
      "RESPONSE HTTP/1.1 101 Switching Protocols | Upgrade: websocket | Sec-WebSocket-Accept: a=";
  private static final String REQUEST =
      "REQUEST GET /p?q=1 HTTP/1.1 | Host: h:80 | Sec-WebSocket-Key: k==";

  private static void assertBoth(String text) {
    assertEquals(List.of(RESPONSE, REQUEST), FoundHeads.in(text).heads());
    assertEquals(List.of(RESPONSE, REQUEST), FoundHeads.in(text.replace("\n", "\r\n")).heads());
  }

  @Test
  void readsFieldsAfterTheirLabels() {
    assertBoth(
        """
        General
        Request URL: ws://h:80/p?q=1#f
        Request Method: GET
        Status Code: 101 Switching Protocols
        Remote Address: 127.0.0.1:80
        Response Headers  view source
        Upgrade: websocket
        Sec-WebSocket-Accept: a=
        Request Headers (412 B)
        Host: h:80
        Sec-WebSocket-Key: k==
        """);
  }

  @Test
  void readsValuesOnTheNextLines() {
    assertBoth(
        """
        Request URL:
        ws://h:80/p?q=1
        Request Method:
        GET
        Status Code:
        101 Switching Protocols
        Upgrade:
        websocket
        Sec-WebSocket-Accept:
        a=
        Host:
        h:80
        Sec-WebSocket-Key:
        k==
        """);
  }

  @Test
  void readsTheSummaryOfFirefox() {
    assertBoth(
        """
        GET
        \tws://h:80/p?q=1
        Status
        101
        Switching Protocols
        VersionHTTP/1.1
        Transferred129 B (0 B size)

        \t
        Response Headers (129 B)
        \t
        Upgrade
        \twebsocket
        Sec-WebSocket-Accept
        \ta=
        Request Headers (412 B)
        \t
        Host
        \th:80
        Sec-WebSocket-Key
        \tk==
        """);
  }

  @Test
  void repeatedNamesBeginTheOtherHead() {
    String text =
        """
        Request URL: ws://h/
        Request Method: GET
        Status Code: 101
        connection: Upgrade
        sec-websocket-accept: a=
        accept-encoding: gzip
        connection: Upgrade
        host: h
        """;
    assertEquals(
        List.of(
            "RESPONSE HTTP/1.1 101  | connection: Upgrade | sec-websocket-accept: a=",
            "REQUEST GET / HTTP/1.1 | accept-encoding: gzip | connection: Upgrade | host: h"),
        FoundHeads.in(text).heads());
  }

  @Test
  void theFirstPieceHasTheStartLineToo() {
    FoundHeads found = FoundHeads.in("Request URL: ws://h/\nRequest Headers\nHost:  h\nA: b\n");
    assertEquals(List.of("3 Host:  h", "4 A: b"), found.places(0));
    assertEquals(
        "GET / HTTP/1.1\r\nHost:  h\r\n",
        FoundHeads.string(found.candidates().get(0).first().bytes()));
    assertTrue(found.has(0, Evidence.HEAD));
  }

  @Test
  void pseudoHeadersMakeTheRequestLineAndTheHost() {
    String text =
        ":authority: h\n:method: GET\n:path: /p\n:scheme: https\nsec-websocket-key: k==\n";
    assertEquals(
        List.of("REQUEST GET /p HTTP/1.1 | Host: h | sec-websocket-key: k=="),
        FoundHeads.in("Request Headers\n" + text).heads());
    assertEquals(
        List.of("REQUEST GET /p HTTP/1.1 | Host: h | sec-websocket-key: k=="),
        FoundHeads.in("Request Headers\n" + text.replace(": ", "\n")).heads());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Request Headers\nHost: h\nSec-WebSocket-Key: k==\n",
        "Host: h\nSec-WebSocket-Key: k==\n"
      })
  void fieldsWithoutAStartLineAreNotEnough(String text) {
    FoundHeads found = FoundHeads.in(text);
    assertEquals(List.of("REQUEST Host: h | Sec-WebSocket-Key: k=="), found.heads());
    assertTrue(found.has(0, Evidence.HEADER_FIELDS));
    assertTrue(found.candidates().get(0).points() < Evidence.NEEDED);
  }

  @Test
  void rawHeadsBelowALabelAreReadAsTheyAre() {
    String text =
        """
        Response Headers (187 B)
        \t
        HTTP/1.1 101 OK
        Server: s

        Request Headers (4 B)
        \t
        GET /a HTTP/1.1
        Host: h
        """;
    assertEquals(
        List.of("RESPONSE HTTP/1.1 101 OK | Server: s", "REQUEST GET /a HTTP/1.1 | Host: h"),
        FoundHeads.in(text).heads());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Request Headers are wrong.\nHost: h\n",
        "Host: h\nDate: today\n",
        "Request URL: see below\nHost: h\n",
        "Status Code: 101 Switching Protocols\n",
        "Request Method: GET\nRequest URI: /chat\nHost: h\n",
        "General\nGet well soon\n"
      })
  void findsNoHead(String text) {
    assertEquals(List.of(), FoundHeads.in(text).candidates());
  }
}
