package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** A session that agreed on permessage-deflate (RFC 7692 §7.2.3 has the vectors). */
class SessionDeflateTest {
  private static final String HELLO = "c18700000000" + "f248cdc9c90700";
  private static final String HELLO_FROM_CONTEXT = "c18500000000" + "f200110000";
  private static final String PLAIN_HELLO = "818500000000" + "48656c6c6f";
  private static final String ECHO = "c107" + "f248cdc9c90700";
  private static final String ECHO_FROM_CONTEXT = "c105" + "f200110000";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate | permessage-deflate",
        "permessage-deflate; client_max_window_bits | permessage-deflate",
        "permessage-deflate; server_max_window_bits=15 | permessage-deflate; server_max_window_bits=15",
        "permessage-deflate; server_max_window_bits=16, permessage-deflate | permessage-deflate",
      })
  void takesOverBothContexts(String offer, String response) {
    Peer peer = Peer.offering(Limits.SERVER, offer, response);
    peer.feed(HELLO + HELLO_FROM_CONTEXT);
    assertEquals(ECHO + ECHO_FROM_CONTEXT, peer.out());
    assertEquals(List.of("text 48656c6c6f", "text 48656c6c6f"), peer.messages());
  }

  /** S19: after the header, the session compresses, reports and writes nothing more. */
  @Test
  void stopsWhenTheLinkBreaksInsideAFrame() {
    Peer peer = Peer.offering(Limits.SERVER, "permessage-deflate", "permessage-deflate");
    peer.breakAtNextWrite();
    // These bytes do not get shorter, and a short payload would share a write with its header.
    byte[] random = new byte[100];
    new Random(1).nextBytes(random);
    peer.session().send(Opcode.BINARY, ByteBuffer.wrap(random));
    String header = peer.out();
    assertEquals(2 + 2, header.length());
    assertEquals("c2", header.substring(0, 2));
    assertEquals(1, peer.ends());
    assertFalse(peer.session().send(Opcode.TEXT, ByteBuffer.wrap(new byte[] {'H', 'i'})).isSent());
  }

  @Test
  void isClosedIfTheLinkBreaksAtItsClose() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.breakAtNextWrite();
    peer.session().close(1000, "");
    assertEquals(Session.State.CLOSED, peer.session().state());
  }

  /** Pings count as frames, not as messages. */
  @Test
  void countsInflatedAndWireBytes() {
    Peer peer = Peer.offering(Limits.SERVER, "permessage-deflate", "permessage-deflate");
    peer.feed(HELLO + "898100000000" + "21" + HELLO_FROM_CONTEXT);
    assertEquals(new DirectionTotals(3, 2, 10, 12), peer.session().totalsReceived());
    assertEquals(new DirectionTotals(3, 2, 10, 12), peer.session().totalsSent());
  }

  @Test
  void obeysServerNoContextTakeover() {
    String offer = "permessage-deflate; server_no_context_takeover";
    Peer peer = Peer.offering(Limits.SERVER, offer, offer);
    peer.feed(HELLO + HELLO_FROM_CONTEXT);
    assertEquals(ECHO + ECHO, peer.out());
  }

  @Test
  void failsIfTheClientUsesAContextItGaveUp() {
    String offer = "permessage-deflate; client_no_context_takeover";
    Peer peer = Peer.offering(Limits.SERVER, offer, offer);
    peer.feed(HELLO + HELLO_FROM_CONTEXT);
    assertEquals(Rule.CONTEXT_TAKEN_OVER, peer.session().closure().failure());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; unknown",
        "x-webkit-deflate-frame",
      })
  void compressesNothingWithoutAnAgreement(String offer) {
    Peer peer = Peer.offering(Limits.SERVER, offer, null);
    peer.feed(PLAIN_HELLO);
    assertEquals("810548656c6c6f", peer.out());
    peer.feed(HELLO);
    assertEquals(Rule.RSV1_WITHOUT_EXTENSION, peer.session().closure().failure());
  }

  /** With compression agreed on, a message may still be uncompressed (RFC 7692 §6). */
  @Test
  void compressesTheEchoOfAnUncompressedMessage() {
    Peer peer = Peer.offering(Limits.SERVER, "permessage-deflate", "permessage-deflate");
    peer.feed(PLAIN_HELLO);
    assertEquals(ECHO, peer.out());
  }

  @Test
  void reportsItsOwnMessagesInflated() {
    Peer peer = Peer.offering(Limits.SERVER, "permessage-deflate", "permessage-deflate");
    peer.feed(HELLO + HELLO_FROM_CONTEXT);
    List<String> sent = peer.sent().lines().stream().filter(SessionDeflateTest::isMessage).toList();
    assertEquals(
        peer.received().lines().stream().filter(SessionDeflateTest::isMessage).toList(), sent);
    assertEquals(2, sent.size());
  }

  @Test
  void setsRsv1OnlyInTheFirstFragment() {
    Peer peer = Peer.offering(Limits.SERVER, "permessage-deflate", "permessage-deflate");
    ByteBuffer hello = ByteBuffer.wrap(HexFormat.of().parseHex("48656c6c6f"));
    Framing halves = Framing.of(Endpoint.SERVER).maxPayload(4);
    peer.session().send(new OutgoingMessage(Opcode.TEXT, hello, halves));
    assertEquals("4104f248cdc9" + "8003c90700", peer.out());
    assertEquals(new DirectionTotals(2, 1, 5, 7), peer.session().totalsSent());
  }

  /** S6: 10 000 zeros compress to 27 bytes; the limit applies to the inflated length. */
  @Test
  void stopsInflatingAtTheLimit() {
    Limits limits = new Limits(1000, 10, 8192, 100);
    Peer peer = Peer.offering(limits, "permessage-deflate", "permessage-deflate");
    peer.feed("c19b00000000" + "ecc1010d000000c2a0f74f6d0e37a0000000000000000000e0df00");
    assertEquals(Rule.MESSAGE_TOO_BIG, peer.session().closure().failure());
    assertFalse(peer.session().send(Opcode.TEXT, ByteBuffer.allocate(0)).isSent());
  }

  private static boolean isMessage(String line) {
    return line.startsWith("message ");
  }
}
