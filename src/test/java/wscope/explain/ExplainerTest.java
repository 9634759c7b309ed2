package wscope.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.LinearTime.assertLinear;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainerTest {
  private static final Explainer EXPLAINER = new Explainer();

  /** Numbers and names; several headings if the question is ambiguous. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1006                  | close code 1006  abnormal closure
          0x3ee                 | close code 1006  abnormal closure
          close 1006            | close code 1006  abnormal closure
          Close code: 1006      | close code 1006  abnormal closure
          CLOSE_ABNORMAL        | close code 1006  abnormal closure
          Abnormal Closure      | close code 1006  abnormal closure
          (1006)                | close code 1006  abnormal closure
          4001                  | close code 4001  for private use
          3003                  | close code 3003  Forbidden
          3004                  | close code 3004  for libraries and frameworks
          2999                  | close code 2999  unassigned
          999                   | close code 999  out of range
          65535                 | close code 65535  out of range
          code 101              | close code 101  out of range
          101                   | HTTP status 101  Switching Protocols
          HTTP 426              | HTTP status 426  Upgrade Required
          426 Upgrade Required  | HTTP status 426  Upgrade Required
          upgrade required      | HTTP status 426  Upgrade Required
          418                   | HTTP status 418  another client error
          bad gateway           | close code 1014  bad gateway; HTTP status 502  Bad Gateway
          4000-4999             | close code 4000-4999  for private use
          5xx                   | HTTP status 500-599  another server error
          0xb                   | opcode 0xb  reserved
          opcode 11             | opcode 0xb  reserved
          11                    | opcode 0xb  reserved
          13                    | opcode 0xd  reserved; Sec-WebSocket-Version
          ping                  | opcode 0x9  ping
          Text                  | opcode 0x1  text
          sec-websocket-key     | Sec-WebSocket-Key
          Sec-WebSocket-Version: 8 | Sec-WebSocket-Version
          Sec-WebSocket-Key2    | Sec-WebSocket-Key1
          fin                   | FIN
          ws://localhost:8080/  | wss
          rsv1                  | RSV1
          masking key           | masking key
          permessage-deflate    | permessage-deflate
          econnrefused          | ECONNREFUSED
          'ENOTFOUND'           | ENOTFOUND
          ENFILE                | EMFILE
          cert has expired      | CERT_HAS_EXPIRED
          RSV1-without-extension | rule rsv1-without-extension
          frame-unfinished      | fault frame-unfinished
          """)
  void namesAndNumbers(String question, String headings) {
    assertEquals(headings, headings(question));
  }

  /** Error texts: the most specific one first, then the codes that it contains. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Error during WebSocket handshake: Unexpected response code: 426 | Error during WebSocket handshake: Unexpected response code: 426; HTTP status 426  Upgrade Required
          Unexpected response code: 10                   | Unexpected response code: 10
          Unexpected response code: 599                  | Unexpected response code: 599; HTTP status 599  another server error
          net::ERR_CONNECTION_REFUSED                    | ERR_CONNECTION_REFUSED
          GET ws://h/ net::ERR_NAME_NOT_RESOLVED         | ERR_NAME_NOT_RESOLVED
          Error in connection establishment: net::ERR_CONNECTION_TIMED_OUT | Error in connection establishment: net::ERR_CONNECTION_TIMED_OUT
          WebSocket connection to 'ws://h/' failed:      | WebSocket connection to '…' failed
          WebSocket connection to 'ws://h/control-frame-too-long?q=a' failed: Invalid frame header | Invalid frame header
          websocket: close 1006 (abnormal closure): unexpected EOF | websocket: close 1006 (abnormal closure): unexpected EOF
          websocket: close 4401: expired                 | websocket: close 4401; close code 4401  for private use
          One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 1 | One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 1
          ProtocolException: Unknown opcode: b           | ProtocolException: Unknown opcode: b; opcode 0xb  reserved
          sent 1011 (internal error) keepalive ping timeout; no close frame received | sent 1011 (internal error) keepalive ping timeout
          sent 1002 (protocol error) reserved bits must be 0; no close frame received | reserved bits must be 0
          sent 1000 (OK); no close frame received        | sent 1000 …; no close frame received; close code 1000  normal closure
          websocket: RSV1 set, bad MASK                  | websocket: RSV1 set
          """)
  void errorTexts(String question, String headings) {
    assertEquals(headings, headings(question));
  }

  /** The names that Node.js, libc and OpenSSL give alone, as in the code of an error. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ECONNREFUSED",
        "ECONNRESET",
        "ECONNABORTED",
        "ETIMEDOUT",
        "EPIPE",
        "ENOTFOUND",
        "EAI_AGAIN",
        "EAI_FAIL",
        "EHOSTUNREACH",
        "ENETUNREACH",
        "EADDRINUSE",
        "EADDRNOTAVAIL",
        "EACCES",
        "ENOENT",
        "EMFILE",
        "ENOTCONN",
        "EPROTO",
        "ERR_SSL_WRONG_VERSION_NUMBER",
        "CERT_HAS_EXPIRED",
        "CERT_NOT_YET_VALID",
        "DEPTH_ZERO_SELF_SIGNED_CERT",
        "SELF_SIGNED_CERT_IN_CHAIN",
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        "ERR_TLS_CERT_ALTNAME_INVALID",
        "HPE_INVALID_CONSTANT",
        "HPE_HEADER_OVERFLOW",
      })
  void errorCodes(String code) {
    assertEquals(code, headings(code));
    assertEquals(code, headings("{ errno: -111, code: '" + code + "', syscall: 'connect' }"));
    assertEquals(code, headings("FetchError: request to http://h/ failed, " + code + ": -3008"));
  }

  /** A text that says more than its error code goes before it. */
  @Test
  void aTextGoesBeforeItsErrorCode() {
    assertEquals(
        "Error: connect ECONNREFUSED",
        headings("Error: connect ECONNREFUSED 127.0.0.1:80 { code: 'ECONNREFUSED' }"));
    assertEquals("EHOSTUNREACH", headings("Error: connect EHOSTUNREACH 10.0.0.1:80"));
  }

  @Test
  void theTextWithMoreWordsComesFirst() {
    assertEquals(
        "Server sent a subprotocol but none was requested; Invalid frame header",
        headings("Invalid frame header\nServer sent a subprotocol but none was requested"));
    assertEquals(
        "Invalid frame header; websocket: close sent",
        headings("then Invalid frame header, and websocket: close sent"));
    assertEquals(
        "websocket: close sent; Invalid frame header",
        headings("first websocket: close sent, and Invalid frame header"));
  }

  @Test
  void textsInOtherWordsAreAboutWhatTheyMention() {
    assertEquals("close code 1006  abnormal closure", headings("why do I get close code 1006?"));
    assertEquals("close code 4403  for private use", headings("socket closed with 4403"));
    assertEquals("HTTP status 403  Forbidden", headings("the server says HTTP/1.1 403 Forbidden"));
    assertEquals("opcode 0x3  reserved", headings("I see opcode 3 in it"));
    assertEquals("masking key; close code", headings("what is a masking key, and a close code?"));
    assertEquals("rule reserved-opcode", headings("  ✗ reserved-opcode   RFC 6455 §5.2"));
    assertEquals(
        "Sec-WebSocket-Accept; Sec-WebSocket-Key",
        headings("Is Sec-WebSocket-Accept wrong, or Sec-WebSocket-Key?"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "hello world, this is fine",
        "Listening on http://localhost:3000",
        "GET /index.html 200 12ms",
        "npm WARN deprecated har-validator@5.1.5: this library is no longer supported",
        "TypeError: Cannot read properties of undefined (reading 'map')",
        "java.lang.NullPointerException: Cannot invoke \"String.length()\"",
        "panic: runtime error: index out of range [5] with length 3",
        "Traceback (most recent call last):",
        "ModuleNotFoundError: No module named 'numpy'",
        "error TS2304: Cannot find name 'foo'.",
        "segmentation fault (core dumped)",
        "fatal: not a git repository (or any of the parent directories): .git",
        "ERROR 1045 (28000): Access denied for user 'root'@'localhost'",
        "The quick brown fox jumps over the lazy dog 1000 times in 403 days",
        "port 8080 is already in use",
        "took 1006 ms, 1011 rows, 4001 bytes",
        "CONNECT BY without loop",
        "Exit code 1",
        "\u0000\u0001\u0002",
        "",
        " \n\t ",
        "?!",
        "99999999999999999999",
        "-",
      })
  void unrelatedTextsFindNothing(String text) {
    assertEquals("", headings(text));
  }

  @Test
  void closeCodesSayWhoMaySendThem() {
    assertEquals(
        List.of("a Close frame may contain it", "a page may send it: close(1000)"), facts("1000"));
    assertEquals(
        List.of(
            "a Close frame may contain it",
            "no page can send it: close() accepts only 1000 and 3000 to 4999"),
        facts("1001"));
    assertEquals(
        List.of(
            "no Close frame may contain it (RFC 6455 §7.4.1, close-code-never-sent)",
            "no page can send it: close() accepts only 1000 and 3000 to 4999"),
        facts("1006"));
    assertEquals(
        List.of("a Close frame may contain it", "a page may send it: close(3000)"), facts("3000"));
    assertEquals(
        List.of("a Close frame may contain it", "a page may send it: close(4999)"), facts("4999"));
    assertEquals(
        List.of(
            "no Close frame may contain it (RFC 6455 §7.4.2, close-code-out-of-range)",
            "no page can send it: close() accepts only 1000 and 3000 to 4999"),
        facts("5000"));
  }

  @Test
  void causesThatNameTheCodeComeFirst() {
    assertEquals(List.of("404, 200", "400, 426, 200, 404"), codesOfCauses("404").subList(0, 2));
    assertEquals(List.of("401, 403", "404, 200"), codesOfCauses("403").subList(0, 2));
    assertEquals(List.of("404, 200", "400, 426, 200, 404"), codesOfCauses("599").subList(0, 2));
  }

  /** The codes in parentheses at the end of each cause. */
  private static List<String> codesOfCauses(String status) {
    List<Found> found = EXPLAINER.explain("Unexpected response code: " + status);
    return ((Found.OfEntry) found.get(0))
        .causes().stream().map(cause -> cause.replaceAll(".*\\(|\\)\\.", "")).toList();
  }

  @Test
  void namesWhatIsNearest() {
    assertEquals(
        "Invalid WebSocket frame: RSV1 must be clear",
        EXPLAINER.nearest("Invalid frame: RSV1 should be clear").get(0));
    assertEquals(List.of(), EXPLAINER.nearest("hello world"));
  }

  /** What is shown of a text is known words and ASCII numbers, whatever the text contains. */
  @Test
  void anyTextGivesHarmlessHeadings() {
    Random random = new Random(15);
    List<String> parts = new ArrayList<>(List.of("\u202e", "\u001b[2J", "٤٠٣", "\ud800", "://"));
    for (Entry entry : EXPLAINER.entries()) {
      parts.add(entry.name());
      for (ErrorText text : entry.texts()) {
        parts.addAll(text.pattern().words());
        parts.add(text.text().replaceAll("[{}]", ""));
        parts.add(CatalogueTest.sample(text.text()));
      }
    }
    int explained = 0;
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = 0; part < 1 + i % 12; part++) {
        text.append(parts.get(random.nextInt(parts.size()))).append(" \n\"-".charAt(i % 4));
      }
      String headings = headings(text.toString());
      explained += headings.isEmpty() ? 0 : 1;
      assertTrue(headings.chars().allMatch(c -> c == '…' || (c >= ' ' && c < 0x7f)), headings);
    }
    assertTrue(explained > 300 && explained < 3000, Integer.toString(explained));
  }

  /** Every word begins a text, and placeholders may match anywhere. */
  @Test
  void hostileTextsTakeLinearTime() {
    for (String part : List.of("WebSocket connection to ", "invalid ", "sent 1 no close frame ")) {
      assertLinear(2 << 10, size -> EXPLAINER.explain(part.repeat(size / part.length())));
    }
  }

  private static List<String> facts(String question) {
    return ((Found.OfEntry) EXPLAINER.explain(question).get(0)).facts();
  }

  private static String headings(String question) {
    return EXPLAINER.explain(question).stream()
        .map(ExplainerTest::heading)
        .collect(Collectors.joining("; "));
  }

  private static String heading(Found found) {
    if (found instanceof Found.OfEntry entry) {
      return entry.heading();
    }
    assertTrue(found instanceof Found.OfRule || found instanceof Found.OfStall);
    return found instanceof Found.OfRule rule
        ? "rule " + rule.rule().id()
        : "fault " + ((Found.OfStall) found).stall().id();
  }
}
