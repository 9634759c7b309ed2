package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.deflate.DeflateOffer;

/** The request that a client sends (RFC 6455 §1.2, §4.1). */
class UpgradeRequestBuilderTest {
  @Test
  void hasTheRequiredFields() {
    assertEquals(
        """
        GET /chat HTTP/1.1\r
        Host: server.example.com\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        \r
        """,
        UpgradeRequestBuilder.to("server.example.com", "/chat", UpgradeRequestBuilderTest::nonce)
            .build()
            .head());
  }

  @Test
  void hasEveryAddedField() {
    assertEquals(
        """
        GET /chat?a=b HTTP/1.1\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        Origin: http://example.com\r
        Sec-WebSocket-Protocol: chat, superchat\r
        Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r
        Host: other.example\r
        \r
        """,
        UpgradeRequestBuilder.to(
                "server.example.com", "/chat?a=b", UpgradeRequestBuilderTest::nonce)
            .origin("http://example.com")
            .subprotocols(List.of("chat", "superchat"))
            .deflate(List.of(DeflateOffer.DEFAULT))
            .without("Host")
            .field("Host", "other.example")
            .build()
            .head());
  }

  @Test
  void emptyListsOfferNothing() {
    assertEquals(
        UpgradeRequestBuilder.to("a", "/", UpgradeRequestBuilderTest::nonce).build(),
        UpgradeRequestBuilder.to("a", "/", UpgradeRequestBuilderTest::nonce)
            .subprotocols(List.of())
            .deflate(List.of())
            .build());
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, 0, 0, permessage-deflate",
    "true, false, 0, 0, permessage-deflate; server_no_context_takeover",
    "false, true, 0, -1, permessage-deflate; client_no_context_takeover; client_max_window_bits",
    "false, false, 10, 12,"
        + " permessage-deflate; server_max_window_bits=10; client_max_window_bits=12",
  })
  void writesOffersOfCompression(
      boolean serverEach, boolean clientEach, int serverBits, int clientBits, String header) {
    assertEquals(header, new DeflateOffer(serverEach, clientEach, serverBits, clientBits).header());
  }

  private static void nonce(byte[] key) {
    System.arraycopy("the sample nonce".getBytes(US_ASCII), 0, key, 0, key.length);
  }
}
