package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.handshake.ResponseDecoder;

/** Header fields that parsers stumble over. */
@Timeout(10)
class HostileFieldsTest {
  private static final int LENGTH = 30_000;
  private static final List<String> NAMES =
      List.of(
          "Sec-WebSocket-Extensions",
          "Sec-WebSocket-Protocol",
          "Sec-WebSocket-Version",
          "Sec-WebSocket-Key",
          "Upgrade",
          "Connection",
          "Host",
          "Origin",
          "Cookie");

  static Stream<String> values() {
    Stream<String> repeated =
        Stream.of(
            " ",
            "\t",
            ",",
            ";",
            "=",
            "\"",
            "\\",
            "a,",
            "a;",
            "a, ",
            "a ;",
            "a=",
            "(",
            "\"\\a",
            "a=\"\\a\";",
            "permessage-deflate;",
            "a=b,",
            "__proto__,",
            "/",
            "\r",
            "\u0000",
            "\u0080",
            "\u00ff");
    return Stream.concat(
        repeated.flatMap(text -> Stream.of(text, "a=\"" + text)),
        Stream.of("\"" + "\\a".repeat(100), "a=\"" + "\\a".repeat(100)));
  }

  /** S11: the server accepts or rejects the longest values that fit into a head, without delay. */
  @ParameterizedTest
  @MethodSource("values")
  void respondsToLongValues(String start) {
    String value = start + start.substring(start.length() - 1).repeat(LENGTH - start.length());
    String repeated = start.repeat(LENGTH / start.length());
    for (String name : NAMES) {
      assertResponds(name + ": " + value + "\r\n");
      assertResponds(name + ": " + repeated + "\r\n");
    }
  }

  /** S11: names with a meaning in JavaScript are ordinary names. */
  @ParameterizedTest
  @ValueSource(strings = {"__proto__", "constructor", "toString", "prototype", "hasOwnProperty"})
  void acceptsNamesThatJavaScriptUses(String name) {
    String deflate = "Sec-WebSocket-Extensions: permessage-deflate; ";
    for (String field :
        List.of(
            "Sec-WebSocket-Extensions: " + name,
            "Sec-WebSocket-Extensions: x; " + name + "=1",
            deflate + name,
            deflate + name + "=1",
            "Sec-WebSocket-Protocol: " + name,
            name + ": " + name)) {
      assertEquals(101, assertResponds(field + "\r\n"), field);
    }
  }

  /**
   * S21: an offer with an invalid window is declined; only a value that is not a token is an error.
   */
  @Test
  void declinesInvalidWindows() {
    List<String> numbers =
        Stream.concat(
                IntStream.rangeClosed(-1, 40).mapToObj(Integer::toString),
                Stream.of("", "08", "015", "9999999999", "9".repeat(1000), "1e1", "0x0f", "\u00b2"))
            .toList();
    for (String number : numbers) {
      for (String name : List.of("client_max_window_bits", "server_max_window_bits")) {
        for (String value : List.of(number, "\"" + number + "\"")) {
          int status =
              assertResponds(
                  "Sec-WebSocket-Extensions: permessage-deflate; " + name + "=" + value + "\r\n");
          boolean token = !number.isEmpty() && number.charAt(0) != '\u00b2';
          assertEquals(token ? 101 : 400, status, name + "=" + value);
        }
      }
    }
  }

  /** S21: a status line may end anywhere. */
  @Test
  void readsStatusLinesOfEveryLength() {
    String line = "HTTP/1.1 101 Switching Protocols";
    for (int length = 0; length <= line.length(); length++) {
      ResponseDecoder decoder = new ResponseDecoder(1000, 10);
      String head = line.substring(0, length) + "\r\nUpgrade: websocket\r\n\r\n";
      assertTrue(decoder.feed(ByteBuffer.wrap(head.getBytes(ISO_8859_1))));
      // The reason may be missing, but not the status.
      assertEquals(length >= "HTTP/1.1 101".length(), decoder.head() != null, head);
    }
  }

  /**
   * Checks that the server opens the connection or ends it with one response; returns the status.
   */
  private static int assertResponds(String field) {
    String request = new String(Peer.request(), ISO_8859_1);
    CountingEcho echo = new CountingEcho(Limits.SERVER);
    echo.feed((request.substring(0, request.length() - 2) + field + "\r\n").getBytes(ISO_8859_1));
    int status = echo.status();
    assertTrue(status == 101 || status == 400 || status == 426, () -> status + " for " + field);
    assertEquals(status == 101 ? 0 : 1, echo.ends());
    return status;
  }
}
