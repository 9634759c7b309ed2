package wscope.input.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.LinearTime;
import wscope.input.find.Evidence;

class HeadMatcherTest {
  private static final String REQUEST = "REQUEST GET /a HTTP/1.1 | Host: x | Upgrade: websocket";

  /** Texts with {@link #REQUEST}, one line of the text in each string. */
  static Stream<List<String>> requests() {
    return Stream.of(
        List.of("GET /a HTTP/1.1", "Host: x", "Upgrade: websocket", ""),
        List.of("GET /a HTTP/1.1", "Host: x", "Upgrade: websocket"),
        List.of("Request Headers:", "GET /a HTTP/1.1", "Host: x", "Upgrade: websocket"),
        List.of("", "", "GET /a HTTP/1.1", "Host: x", "Upgrade: websocket", ""),
        List.of("\ufeffGET /a HTTP/1.1", "Host: x", "Upgrade: websocket", ""),
        List.of("    GET /a HTTP/1.1", "    Host: x", "    Upgrade: websocket", ""),
        List.of("\tGET /a HTTP/1.1", "\tHost: x", "\tUpgrade: websocket", "\t"),
        List.of("GET /a HTTP/1.1", "    Host: x", "    Upgrade: websocket"),
        List.of("> GET /a HTTP/1.1", "> Host: x", "> Upgrade: websocket", ">", "> Thanks: no"),
        List.of("> GET /a HTTP/1.1", "> Host: x", "* Info", "> Upgrade: websocket", "> "),
        List.of(">> GET /a HTTP/1.1", ">> Host: x", ">> Upgrade: websocket"),
        List.of("RX: GET /a HTTP/1.1", "RX: Host: x", "RX: Upgrade: websocket", "RX:"),
        List.of("[WS][0] GET /a HTTP/1.1", "[WS][0] Host: x", "[WS][0] Upgrade: websocket"),
        List.of(
            "17:43:13.645 -> [Line #1] GET /a HTTP/1.1",
            "17:43:13.7 -> [Line #2] Host: x",
            "17:43:14.001 -> [Line #10] Upgrade: websocket",
            "17:43:14.001 -> [Line #11] "),
        List.of(
            "2026-11-28T13:00:01.100Z INFO GET /a HTTP/1.1",
            "2026-11-28T13:00:01.101Z INFO Host: x",
            "2026-11-28T13:00:01.102Z INFO Upgrade: websocket",
            "2026-11-28T13:00:01.103Z WARN Done: yes"),
        List.of(
            "web_1  | GET /a HTTP/1.1",
            "web_1  | Host: x",
            "db_1   | checkpoint",
            "web_1  | Upgrade: websocket",
            "web_1  |"),
        List.of(" 9  GET /a HTTP/1.1", "10  Host: x", "11  Upgrade: websocket"),
        List.of("9: GET /a HTTP/1.1", "10: Host: x", "11: Upgrade: websocket"),
        List.of("0000: GET /a HTTP/1.1", "000d: Host: x", "00c1: Upgrade: websocket", "00d0: "),
        List.of("13:00:01 DEBUG sent GET /a HTTP/1.1", "Host: x", "Upgrade: websocket", ""),
        List.of("- GET /a HTTP/1.1", "- Host: x", "- Upgrade: websocket"),
        List.of("GET /a HTTP/1.1", "* Host: x", "* Upgrade: websocket"),
        List.of("request: GET /a HTTP/1.1", "header: Host: x", "header: Upgrade: websocket"),
        List.of("```http", "GET /a HTTP/1.1", "Host: x", "Upgrade: websocket", "```"),
        List.of("GET /a HTTP/1.1", "", "Host: x", "", "Upgrade: websocket", "", "", "A: b"),
        List.of("GET /a HTTP/1.1  ", "Host: x         ", "Upgrade: websocket  "),
        List.of("| GET /a HTTP/1.1    |", "| Host: x            |", "| Upgrade: websocket |"),
        List.of("GET /a HTTP/1.1\\r\\n", "Host: x\\r\\n", "Upgrade: websocket\\r\\n", "\\r\\n"),
        List.of(
            "  GET /a HTTP/1.1\\r\\n",
            "    [Expert Info (Chat/Sequence): GET /a HTTP/1.1\\r\\n]",
            "      [GET /a HTTP/1.1\\r\\n]",
            "    Request Method: GET",
            "  Host: x\\r\\n",
            "  Upgrade: websocket\\r\\n",
            "  \\r\\n",
            "  [Full request URI: http://x/a]"),
        List.of("GET /a HTTP/1.1.", "Host: x.", "Upgrade: websocket.", "."),
        List.of("GET /a HTTP/1.1.", "Host: x.", "Upgrade: websocket.", "..", "A: b."),
        List.of("GET /a HTTP/1.1^M$", "Host: x^M$", "Upgrade: websocket^M$", "^M$"),
        List.of("GET /a HTTP/1.1<CR><LF>", "Host: x<CR><LF>", "Upgrade: websocket<CR><LF>"),
        List.of("['GET /a HTTP/1.1',", " 'Host: x',", " 'Upgrade: websocket'].join('')"),
        List.of(
            ">> \"GET /a HTTP/1.1[\\r][\\n]\"",
            ">> \"Host: x[\\r][\\n]\"",
            ">> \"Upgrade: websocket[\\r][\\n]\"",
            ">> \"[\\r][\\n]\""),
        List.of(
            "-> \"GET /a HTTP/1.1\\r\\n\"",
            "-> \"Host: x\\r\\n\"",
            "-> \"Upgrade: websocket\\r\\n\"",
            "-> \"\\r\\n\""));
  }

  /** The lines of a head that wscope wrapped on a terminal, and lines that only look alike. */
  @Test
  void joinsOnlyLinesThatWscopeWrapped() {
    FoundHeads wrapped =
        FoundHeads.in("> GET / HTTP/1.1\n> Host: x\n> Cookie: a=b; \\\n>     c=d\n>\n");
    assertEquals(List.of("REQUEST GET / HTTP/1.1 | Host: x | Cookie: a=b; c=d"), wrapped.heads());
    assertEquals(
        List.of("1 GET / HTTP/1.1", "2 Host: x", "3 Cookie: a=b; \\", "4 c=d"), wrapped.places(0));
    for (List<String> lines :
        List.of(
            List.of("> GET /a HTTP/1.1", "> Host: x", "> Upgrade: \\", ">     websocket", ">"),
            List.of("    GET /a HT\\", "        TP/1.1", "    Host: x", "    Upgrade: websocket"),
            List.of(
                "#7 < GET \\",
                "#7 <     /a \\",
                "#7 <     HTTP/1.1",
                "#7 < Host: x",
                "#7 < Upgrade: websocket"),
            List.of(
                "1.250 #7 < GET /\\",
                "      #7 <     a HTTP/1.1",
                "      #7 < Host: x",
                "      #7 < Upgrade: websocket"))) {
      assertEquals(List.of(REQUEST), FoundHeads.in(String.join("\n", lines)).heads());
    }
    // The server sent a folded field, or a backslash.
    for (String sent : List.of("Cookie: a=b;", "Cookie: a=b\\\\")) {
      assertEquals(
          List.of("REQUEST GET / HTTP/1.1 | Host: x | " + sent + " |     c=d | A-B: c"),
          FoundHeads.in("> GET / HTTP/1.1\n> Host: x\n> " + sent + "\n>     c=d\n> A-B: c\n>\n")
              .heads());
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void findsARequestHoweverItsLinesStand(List<String> lines) {
    assertEquals(List.of(REQUEST), FoundHeads.in(String.join("\n", lines)).heads());
    assertEquals(List.of(REQUEST), FoundHeads.in(String.join("\r\n", lines) + "\r\n").heads());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void eachPieceIsTheLineWithoutWhatStandsAroundIt(List<String> lines) {
    FoundHeads found = FoundHeads.in(String.join("\n", lines));
    List<String> places =
        found.places(0).stream().map(place -> place.replaceFirst("\\d+ ", "")).toList();
    assertEquals(List.of("GET /a HTTP/1.1", "Host: x", "Upgrade: websocket"), places);
    assertTrue(found.has(0, Evidence.HEAD));
    assertFalse(found.has(0, Evidence.OPEN_HEAD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101",
        "HTTP/1.1 101 Switching Protocols",
        "http/1.1 101 switching protocols",
        "HTTP/1.0 400 Bad Request",
        "HTTP/2 403 ",
        "HTTP/1.1 101 Web Socket Protocol Handshake.",
        "HTTP/1.1 Switching Protocols"
      })
  void findsResponses(String statusLine) {
    String expected = "RESPONSE " + statusLine + " | Server: x";
    assertEquals(List.of(expected), FoundHeads.in(statusLine + "\nServer: x\n\n").heads());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET ws://host/path HTTP/1.1",
        "get /a http/1.1",
        "POST /a HTTP/1.1",
        "FOO /a HTTP/1.1",
        "GET /a b HTTP/1.1",
        "GET  /a HTTP/1.1",
        "CONNECT host:80 HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "GET /a"
      })
  void findsRequestLines(String requestLine) {
    String expected = "REQUEST " + requestLine + " | Host: x";
    assertEquals(List.of(expected), FoundHeads.in(requestLine + "\nHost: x\n\n").heads());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "\n\n",
        "",
        "-----\n",
        "===== RESPONSE =====\n",
        "RECEIVED:\n",
        "\nResponse:\n",
        "Server:\n",
        "and the server responds\n",
        "\n# Response\n\n",
        "```\n\n```http\n"
      })
  void findsBothHeadsWhateverStandsBetween(String between) {
    String text =
        "GET /a HTTP/1.1\nHost: x\nUpgrade: websocket\n" + between + "HTTP/1.1 101 OK\nDate: y\n";
    assertEquals(
        List.of(REQUEST, "RESPONSE HTTP/1.1 101 OK | Date: y"), FoundHeads.in(text).heads());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "81 05 48 65 6c 6c 6f",
        "RX: 81 05 48 65 6c 6c 6f",
        "0000: 81 05 48 65 6c 6c 6f",
        "0x81, 0x05",
        "<Buffer 81 05>",
        "Frame: b'\\x81\\x05Hello'",
        "[129, 5]",
        "http://example.com",
        "As you can see, it works",
        "```",
        "13:00:01 closed"
      })
  void whatIsNotAFieldEndsAHead(String line) {
    String text = "GET /a HTTP/1.1\nHost: x\nUpgrade: websocket\n" + line + "\n";
    assertEquals(List.of(REQUEST), FoundHeads.in(text).heads());
  }

  @Test
  void keepsWhatWasSentWrong() {
    List<String> head =
        List.of(
            "GET / HTTP/1.1",
            "HOST : x",
            "Upgrade:\twebsocket ",
            " folded",
            "User Agent: y",
            "No colon",
            "Connection:Upgrade",
            "X-Empty:");
    assertEquals(
        List.of("REQUEST " + String.join(" | ", head)),
        FoundHeads.in(String.join("\n", head) + "\n\n").heads());
  }

  @Test
  void saysWhereTheLinesStand() {
    FoundHeads found = FoundHeads.in("é\n> GET / HTTP/1.1\r\n> Host:  é\r\n> \r\n");
    assertEquals(List.of("2 GET / HTTP/1.1", "3 Host:  é"), found.places(0));
    assertEquals(
        "GET / HTTP/1.1\r\n", FoundHeads.string(found.candidates().get(0).first().bytes()));
    assertEquals(
        "Host:  \u00c3\u00a9\r\n\r\n", FoundHeads.string(found.candidates().get(0).last().bytes()));
  }

  @Test
  void aTextWithNothingElseIsAlone() {
    assertTrue(FoundHeads.in("\nGET / HTTP/1.1\nHost: x\n\n").has(0, Evidence.ALONE));
    assertFalse(FoundHeads.in("Hi\nGET / HTTP/1.1\nHost: x\n\n").has(0, Evidence.ALONE));
    assertFalse(FoundHeads.inWindow("GET / HTTP/1.1\nHost: x\n\n").has(0, Evidence.ALONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\nHost: x\n",
        "GET / HTTP/1.1\n",
        "> GET / HTTP/1.1\n> Host: x\n* Info\n",
        "\"GET / HTTP/1.1\\r\\n\"\n\"Host: x\\r\\n\"\n",
        "Request URL: ws://x/\nRequest Headers\nHost: x\n"
      })
  void aHeadThatMayGoOnAfterTheWindowIsMarked(String text) {
    assertTrue(FoundHeads.inWindow(text).has(0, Evidence.OPEN_HEAD));
    assertFalse(FoundHeads.in(text).has(0, Evidence.OPEN_HEAD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\nHost: x\n\n",
        "GET / HTTP/1.1\nHost: x\n-----\n",
        "> GET / HTTP/1.1\n> Host: x\n>\n",
        "GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n\n"
      })
  void aHeadThatEndsInTheWindowIsNotMarked(String text) {
    assertEquals(List.of("REQUEST GET / HTTP/1.1 | Host: x"), FoundHeads.inWindow(text).heads());
    assertFalse(FoundHeads.inWindow(text).has(0, Evidence.OPEN_HEAD));
  }

  @Test
  void aLoneStartLineIsWeaker() {
    FoundHeads found = FoundHeads.in("It replies\nHTTP/1.1 101 Switching Protocols\n\n81 00\n");
    assertEquals(List.of("RESPONSE HTTP/1.1 101 Switching Protocols"), found.heads());
    assertTrue(found.has(0, Evidence.START_LINE));
    assertTrue(found.candidates().get(0).points() < Evidence.NEEDED);
    assertEquals(
        List.of("REQUEST GET / HTTP/1.1"), FoundHeads.in("# GET / HTTP/1.1\n# then\n").heads());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The client sends GET /x HTTP/1.1 and waits.",
        "The client sends GET /x HTTP/1.1\nNote: this fails",
        "127.0.0.1 - - [28/Nov/2026] \"GET / HTTP/1.1\" 101 123 \"-\" \"curl/8\"",
        "127.0.0.1 - - [28/Nov/2026] GET / HTTP/1.1 101 123",
        "request: \"GET / HTTP/1.1\", upstream: \"http://127.0.0.1/\"",
        "Upgrade from HTTP/1.0 to HTTP/1.1 first",
        "HTTP/1.1 is old\nHost: x",
        "Via: HTTP/1.1 proxy",
        "    [GET /chat HTTP/1.1\\r\\n]",
        "00000000  47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1..",
        "00000000: 4745 5420 2f20 4854 5450 2f31 2e31 0d0a  GET / HTTP/1.1..",
        "00000000  47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31  |GET / HTTP/1.1|",
        "http://example.com/HTTP/1.1"
      })
  void findsNoHead(String text) {
    assertEquals(List.of(), FoundHeads.in(text).candidates());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1 ",
        "HTTP/1",
        "HTTP/1.1 101 x",
        "GET / HTTP/1.1\\r\\nA: b\\r\\n\\r\\n",
        "\"GET / HTTP/1.1\\r\\n\"\n",
        "GET / HTTP/1.1\n> A: b\n",
        "> GET / HTTP/1.1\n",
        "81 HTTP/1.1 101 \\r",
        "Host: x\nHost: y\n",
        ":method: a\nb\n",
        "Request Headers\n\nhost\n"
      })
  void takesLinearTime(String unit) {
    LinearTime.assertLinear(4096 / unit.length(), size -> FoundHeads.in(unit.repeat(size)));
  }
}
