package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static wscope.LinearTime.assertLinear;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.LinearTime;

/** S5: the time that a server takes is linear in its input. */
class LinearTimeTest {
  /** Heads and messages of any size. */
  private static final Limits NONE = new Limits(1 << 30, 1 << 30, 1 << 30, 1 << 30);

  @Test
  void framesInOneBuffer() {
    assertLinear(5_000, count -> open().feed(repeat("81810000000061", count)));
  }

  @Test
  void fragments() {
    assertLinear(
        5_000,
        count -> {
          CountingEcho echo = open();
          echo.feed(hex("018000000000"));
          echo.feed(repeat("00810000000061", count));
          assertEquals(count + 1, echo.session().totalsReceived().frames());
        });
  }

  @Test
  void framesInSingleBytes() {
    assertLinear(500, count -> feedByBytes(open(), repeat("81810000000061", count)));
  }

  @Test
  void aHeadInSingleBytes() {
    assertLinear(
        10_000,
        count -> {
          CountingEcho echo = new CountingEcho(NONE);
          feedByBytes(echo, request("X: " + "a".repeat(count) + "\r\n"));
          assertEquals(101, echo.status());
        });
  }

  @Test
  void headerFields() {
    assertResponds(500, count -> "X: a\r\n".repeat(count));
  }

  @Test
  void subprotocolFields() {
    assertResponds(
        500,
        count -> {
          StringBuilder fields = new StringBuilder();
          for (int i = 0; i < count; i++) {
            fields.append("Sec-WebSocket-Protocol: p").append(i).append("\r\n");
          }
          return fields.toString();
        });
  }

  @Test
  void subprotocols() {
    assertResponds(
        500,
        count -> {
          StringBuilder list = new StringBuilder("Sec-WebSocket-Protocol: p");
          for (int i = 0; i < count; i++) {
            list.append(", p").append(i);
          }
          return list.append("\r\n").toString();
        });
  }

  @Test
  void deflateOffers() {
    String offer = ", permessage-deflate; client_max_window_bits=99";
    assertResponds(200, count -> "Sec-WebSocket-Extensions: x" + offer.repeat(count) + "\r\n");
  }

  @Test
  void parametersOfAnOffer() {
    assertResponds(
        500,
        count ->
            "Sec-WebSocket-Extensions: permessage-deflate"
                + "; client_max_window_bits=15".repeat(count)
                + "\r\n");
  }

  /** S11: a quoted string in which every character is escaped. */
  @Test
  void quotedPairs() {
    assertResponds(
        500, count -> "Sec-WebSocket-Extensions: x; y=\"" + "\\a".repeat(count) + "\"\r\n");
  }

  @Test
  void quotedParameters() {
    assertResponds(
        500, count -> "Sec-WebSocket-Extensions: x" + "; y=\"\\a\"".repeat(count) + "\r\n");
  }

  /** S11: quoted strings that do not end. */
  @ParameterizedTest
  @ValueSource(strings = {"\\a", "a", " ", ",", ";", "=", "\"", "\\"})
  void unclosedQuotes(String repeated) {
    // An even count never closes the string, whether it is of quotes or of backslashes.
    assertResponds(
        400,
        1_001,
        count -> "Sec-WebSocket-Extensions: x; y=\"" + repeated.repeat(count / 2 * 2) + "\r\n");
  }

  /** S11: whitespace and empty list elements, any number of which may separate elements. */
  @ParameterizedTest
  @ValueSource(strings = {" ", "\t", ",", ", ", " ,\t"})
  void emptyListElements(String repeated) {
    assertResponds(
        1_000, count -> "Sec-WebSocket-Extensions: x," + repeated.repeat(count) + "y\r\n");
  }

  /** The fields that are added to a valid request, for a given count. */
  private interface Fields {
    String of(int count);
  }

  private static void assertResponds(int count, Fields fields) {
    assertResponds(101, count, fields);
  }

  private static void assertResponds(int status, int count, Fields fields) {
    byte[] few = request(fields.of(count));
    byte[] many = request(fields.of(LinearTime.FACTOR * count));
    assertLinear(
        count,
        size -> {
          CountingEcho echo = new CountingEcho(NONE);
          echo.feed(size == count ? few : many);
          assertEquals(status, echo.status());
        });
  }

  private static CountingEcho open() {
    return CountingEcho.open(NONE, false);
  }

  private static void feedByBytes(CountingEcho echo, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    for (int at = 0; at < bytes.length; at++) {
      echo.session().feed(in.limit(at + 1));
    }
  }

  private static byte[] request(String fields) {
    String request = new String(Peer.request(), ISO_8859_1);
    return (request.substring(0, request.length() - 2) + fields + "\r\n").getBytes(ISO_8859_1);
  }

  private static byte[] repeat(String hex, int count) {
    return hex(hex.repeat(count));
  }

  private static byte[] hex(String hex) {
    return Vectors.bytes(hex);
  }
}
