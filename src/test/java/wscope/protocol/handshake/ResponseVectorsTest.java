package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.Limits;
import wscope.protocol.Vectors;
import wscope.protocol.rule.Violation;
import wscope.support.SampleHandshake;

/** The response to an opening handshake as a client reads it (RFC 6455 §4.1). */
class ResponseVectorsTest {
  private static final String REQUEST =
      SampleHandshake.with(
          SampleHandshake.REQUEST,
          "Sec-WebSocket-Protocol: chat, superchat",
          "Sec-WebSocket-Extensions: permessage-deflate");

  static Stream<Arguments> responses() {
    return Vectors.arguments("responses.csv");
  }

  /** S21: status lines and fields of any kind. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("responses")
  void checksResponsesAsInTheVectors(String name, Vectors.Row row) {
    String marked = Vectors.text(row.cell("response"));
    String response = Marks.removed(marked);
    String expected = Marks.resolved(row.cell("expected"), marked);

    ResponseDecoder whole = new ResponseDecoder(Limits.NONE.maxHead(), 128);
    whole.feed(bytes(response));
    assertEquals(expected, verdict(whole), "whole");

    ResponseDecoder pieces = new ResponseDecoder(Limits.NONE.maxHead(), 128);
    for (int at = 0; at < response.length(); at++) {
      pieces.feed(bytes(response.substring(at, at + 1)));
    }
    assertEquals(expected, verdict(pieces), "byte by byte");
  }

  /** Without its request, a response cannot be checked against the key and the offers. */
  @Test
  void checksAResponseWithoutItsRequest() {
    String response =
        """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r
        Sec-WebSocket-Protocol: chat\r
        Sec-WebSocket-Extensions: x-other\r
        \r
        """;
    ResponseDecoder decoder = new ResponseDecoder(Limits.NONE.maxHead(), 128);
    ByteBuffer in = bytes(response + "\u0081\u0000");
    assertTrue(decoder.feed(in));
    assertEquals(2, in.remaining());
    assertEquals(List.of(), ClientHandshake.check(null, decoder.head()).violations());
  }

  private static String verdict(ResponseDecoder decoder) {
    List<Violation> violations = new ArrayList<>(decoder.violations());
    ResponseHead head = decoder.head();
    String verdict = "broken";
    if (head != null) {
      violations.addAll(ClientHandshake.check(request(), head).violations());
      verdict = head.status() == 101 ? "open" : Integer.toString(head.status());
    }
    StringBuilder text = new StringBuilder(verdict);
    for (Violation violation : violations) {
      text.append(' ').append(violation.rule().id()).append('@').append(violation.offset());
    }
    return text.toString();
  }

  private static RequestHead request() {
    RequestDecoder decoder = new RequestDecoder(Limits.NONE.maxHead(), 128);
    decoder.feed(bytes(REQUEST));
    return decoder.head();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }
}
