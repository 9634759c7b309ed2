package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** A response whose request is unknown (RFC 6455 §4.2.2: the value is the base64 of a SHA-1). */
class ClientHandshakeTest {
  private static final String RIGHT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private static List<Violation> violations(String accept) {
    ResponseDecoder decoder = new ResponseDecoder(4096, 10);
    String head =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept
            + "\r\n\r\n";
    decoder.feed(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
    return ClientHandshake.check(null, decoder.head()).violations();
  }

  @Test
  void anyHashMayBeRight() {
    assertEquals(List.of(), violations(RIGHT));
    assertEquals(List.of(), violations("AAAAAAAAAAAAAAAAAAAAAAAAAAA="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<accept key>",
        "dGhlIHNhbXBsZSBub25jZQ==",
        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo",
        "s3pPLMBiTxaQ9kYGzzhZRbK-xOo=",
        "b37a4f2cc0624f1690f64606cf385945b2bec4ea"
      })
  void whatIsNoHashIsWrongForEachKey(String accept) {
    String found = accept + "; no key gives this: a value is the base64 of 20 bytes, 28 characters";
    assertEquals(List.of(new Violation(Rule.ACCEPT_WRONG, 97, 0, found)), violations(accept));
  }

  /** RFC 6455 §4.3: the name of a subprotocol is a token, which is not empty. */
  @Test
  void noRequestOffersAnEmptySubprotocol() {
    assertEquals(List.of(), violations(RIGHT + "\r\nSec-WebSocket-Protocol: a"));
    assertEquals(
        List.of(new Violation(Rule.SUBPROTOCOL_NOT_OFFERED, 151, 0, "an empty name")),
        violations(RIGHT + "\r\nSec-WebSocket-Protocol: "));
  }
}
