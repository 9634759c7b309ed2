package wscope.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.support.SampleHandshake;

/** A client's session that agreed on permessage-deflate: literal bytes (RFC 7692 §7.2.3). */
class ClientDeflateTest {
  private static final String EXTENSION = "permessage-deflate";
  private static final String HELLO = "c107f248cdc9c90700";
  private static final String HELLO_FROM_CONTEXT = "c105f200110000";
  private static final String SENT = "c18700000000f248cdc9c90700";
  private static final String SENT_FROM_CONTEXT = "c18500000000f200110000";

  private static TestEndpoint open(Limits limits, String offer, String response) {
    TestEndpoint client = TestEndpoint.client(limits, TestEndpoint.KEY_ZERO).echoing();
    client.connect(Pair.request().field("Sec-WebSocket-Extensions", offer).build());
    client.out();
    client.feedText(
        SampleHandshake.RESPONSE.substring(0, SampleHandshake.RESPONSE.length() - 2)
            + "Sec-WebSocket-Extensions: "
            + response
            + "\r\n\r\n");
    assertEquals(Session.State.OPEN, client.session().state());
    return client;
  }

  private static TestEndpoint open(String offer, String response) {
    return open(Limits.SERVER, offer, response);
  }

  @Test
  void takesOverBothContexts() {
    TestEndpoint client = open(EXTENSION, EXTENSION);
    client.feed(HELLO + HELLO_FROM_CONTEXT);
    assertEquals(SENT + SENT_FROM_CONTEXT, client.out());
    assertEquals(new DirectionTotals(2, 2, 10, 12), client.session().totalsReceived());
    assertEquals(new DirectionTotals(2, 2, 10, 12), client.session().totalsSent());
  }

  /** The server may promise this unasked (§7.1.1.1); then it must not use its context. */
  @Test
  void failsIfTheServerUsesAContextItGaveUp() {
    TestEndpoint client = open(EXTENSION, EXTENSION + "; server_no_context_takeover");
    client.feed(HELLO + HELLO_FROM_CONTEXT);
    assertEquals(Rule.CONTEXT_TAKEN_OVER, client.session().closure().failure());
  }

  /** §7.1.1.2: the response asks the client for it. */
  @Test
  void obeysClientNoContextTakeover() {
    TestEndpoint client = open(EXTENSION, EXTENSION + "; client_no_context_takeover");
    client.feed(HELLO + HELLO_FROM_CONTEXT);
    assertEquals(SENT + SENT, client.out());
  }

  /** §7.1.1.2: a client does what its offer announces, even if the response does not repeat it. */
  @Test
  void obeysTheTakeoverOfItsOffer() {
    TestEndpoint client = open(EXTENSION + "; client_no_context_takeover", EXTENSION);
    client.feed(HELLO + HELLO_FROM_CONTEXT);
    assertEquals(SENT + SENT, client.out());
  }

  /** §7.1.2.2: the same applies to its window. */
  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "'; client_max_window_bits=9', '', true",
    "'; client_max_window_bits=9', '; client_max_window_bits=15', true",
    "'; client_max_window_bits=15', '; client_max_window_bits=9', true",
    "'; client_max_window_bits', '; client_max_window_bits=9', true",
    "'; client_max_window_bits', '', false",
    "'; client_max_window_bits=15', '', false",
    "'', '', false",
  })
  void obeysTheWindowOfItsOffer(String offered, String response, boolean small) {
    TestEndpoint client = open(EXTENSION + offered, EXTENSION + response);
    byte[] noise = new byte[2000];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, noise, 1000, 1000);
    assertTrue(client.session().send(Opcode.BINARY, ByteBuffer.wrap(noise)).isSent());
    long wire = client.session().totalsSent().wireBytes();
    // 1000 bytes that repeat are in a window of 32 KiB, but not in one of 512 bytes.
    assertTrue(small ? wire > 1900 : wire < 1100, () -> wire + " bytes");
  }

  @Test
  void setsRsv1OnlyInTheFirstFragment() {
    TestEndpoint client = open(EXTENSION, EXTENSION);
    Framing fours = Framing.of(Endpoint.CLIENT).maxPayload(4);
    ByteBuffer hello = ByteBuffer.wrap("Hello".getBytes(UTF_8));
    client.session().send(new OutgoingMessage(Opcode.TEXT, hello, fours));
    assertEquals("418400000000f248cdc9" + "808300000000c90700", client.out());
  }

  @Test
  void readsAFragmentedAndAnUncompressedMessage() {
    TestEndpoint client = open(EXTENSION, EXTENSION);
    client.feed("4103f248cd" + "8900" + "8004c9c90700" + "810548656c6c6f");
    assertEquals("8a8000000000" + SENT + SENT_FROM_CONTEXT, client.out());
  }

  @Test
  void failsOnRsv1WithoutAnAgreement() {
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, TestEndpoint.KEY_ZERO);
    client.connect(Pair.request().field("Sec-WebSocket-Extensions", EXTENSION).build());
    client.feedText(SampleHandshake.RESPONSE + "\u00c1\u0000");
    assertEquals(Rule.RSV1_WITHOUT_EXTENSION, client.session().closure().failure());
  }

  /** 10 000 zeros compress to 27 bytes; the limit applies to the inflated length. */
  @Test
  void stopsInflatingAtTheLimit() {
    TestEndpoint client = open(new Limits(1000, 10, 8192, 100), EXTENSION, EXTENSION);
    client.feed("c11b" + "ecc1010d000000c2a0f74f6d0e37a0000000000000000000e0df00");
    assertEquals(Rule.MESSAGE_TOO_BIG, client.session().closure().failure());
  }
}
