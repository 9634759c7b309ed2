package wscope.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.deflate.DeflateOffer;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/** A client and a server that agree on permessage-deflate (RFC 7692), with every parameter. */
class PairDeflateTest {
  private static final int ABSENT = DeflateOffer.ABSENT;
  private static final int NO_VALUE = DeflateOffer.NO_VALUE;

  /** Every value of every parameter, requested by either end. */
  static Stream<Arguments> agreements() {
    List<Arguments> all = new ArrayList<>();
    for (boolean server : new boolean[] {false, true}) {
      for (boolean client : new boolean[] {false, true}) {
        DeflateParameters contexts = new DeflateParameters(server, client, 15, 15);
        all.add(Arguments.of(new DeflateOffer(server, client, ABSENT, ABSENT), any(), contexts));
        all.add(Arguments.of(new DeflateOffer(false, false, ABSENT, ABSENT), contexts, contexts));
      }
    }
    for (int bits = 8; bits <= 15; bits++) {
      DeflateParameters ofServer = new DeflateParameters(false, false, bits, 15);
      DeflateParameters ofClient = new DeflateParameters(false, false, 15, bits);
      DeflateParameters both = new DeflateParameters(true, true, bits, bits);
      all.add(Arguments.of(new DeflateOffer(false, false, bits, ABSENT), any(), ofServer));
      all.add(Arguments.of(new DeflateOffer(false, false, ABSENT, ABSENT), ofServer, ofServer));
      all.add(Arguments.of(new DeflateOffer(false, false, ABSENT, bits), any(), ofClient));
      all.add(Arguments.of(new DeflateOffer(false, false, ABSENT, NO_VALUE), ofClient, ofClient));
      all.add(Arguments.of(new DeflateOffer(false, false, ABSENT, ABSENT), ofClient, any()));
      all.add(Arguments.of(new DeflateOffer(true, true, bits, bits), any(), both));
    }
    return all.stream();
  }

  private static DeflateParameters any() {
    return DeflateParameters.DEFAULT;
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("agreements")
  void exchangesMessagesWithEveryAgreement(
      DeflateOffer offer, DeflateParameters preferred, DeflateParameters agreed) {
    for (Pair.Cut cut : Pair.Cut.values()) {
      Pair pair = Pair.of(Limits.SERVER, cut).open(offer, preferred, agreed);
      List<String> expected = new ArrayList<>();
      for (byte[] payload : payloads()) {
        pair.ends().forEach(end -> send(end, payload));
        expected.add(("binary " + HexFormat.of().formatHex(payload)).strip());
        expected.add(("binary " + HexFormat.of().formatHex(payload)).strip());
      }
      pair.exchange();
      assertEquals(expected, pair.client().messages());
      assertEquals(expected, pair.server().messages());
      pair.assertBothSeeTheSame();
      pair.assertOpen();
    }
  }

  /** Sends a payload in one frame and in several, then a ping. */
  private static void send(TestEndpoint end, byte[] payload) {
    Session session = end.session();
    assertTrue(session.send(Opcode.BINARY, ByteBuffer.wrap(payload)).isSent());
    Framing framing = Framing.of(session.self()).maxPayload(100);
    assertTrue(
        session
            .send(new OutgoingMessage(Opcode.BINARY, ByteBuffer.wrap(payload), framing))
            .isSent());
    assertTrue(session.send(Opcode.PING, ByteBuffer.wrap(new byte[] {1})).isSent());
  }

  /** No bytes, a word twice, noise that repeats beyond small windows, and zeros. */
  private static List<byte[]> payloads() {
    byte[] noise = new byte[1500];
    new Random(1).nextBytes(noise);
    byte[] hello = "Hello".getBytes(UTF_8);
    return List.of(new byte[0], hello, hello, noise, noise, new byte[5000]);
  }

  /** The examples of RFC 7692 §7.2.3.2: with takeover the second message refers to the first. */
  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void refersToTheMessageBeforeOnlyWithTakeover(Endpoint sender) {
    boolean client = sender == Endpoint.CLIENT;
    String first = "f248cdc9c90700";
    assertEquals(
        List.of(first, "f200110000"),
        helloTwice(sender, new DeflateParameters(client, !client, 15, 15)));
    assertEquals(
        List.of(first, first), helloTwice(sender, new DeflateParameters(!client, client, 15, 15)));
  }

  private static List<String> helloTwice(Endpoint sender, DeflateParameters agreed) {
    Pair pair =
        new Pair(
            TestEndpoint.client(Limits.SERVER, TestEndpoint.KEY_ZERO),
            TestEndpoint.server(Limits.SERVER),
            Pair.Cut.WHOLE);
    pair.open(agreed);
    TestEndpoint from = sender == Endpoint.CLIENT ? pair.client() : pair.server();
    TestEndpoint to = sender == Endpoint.CLIENT ? pair.server() : pair.client();
    for (int i = 0; i < 2; i++) {
      from.session().send(Opcode.TEXT, ByteBuffer.wrap("Hello".getBytes(UTF_8)));
    }
    pair.exchange();
    return to.received().lines().stream()
        .filter(line -> line.startsWith("payload "))
        .map(line -> line.substring("payload ".length()))
        .toList();
  }

  @Test
  void sendsUncompressedIfTheServerDeclines() {
    Pair pair = Pair.of(Limits.SERVER, Pair.Cut.WHOLE);
    pair.client().connect(Pair.request().deflate(List.of(DeflateOffer.DEFAULT)).build());
    pair.exchange();
    pair.assertOpen();
    assertNull(pair.client().session().agreed());
    pair.client().session().send(Opcode.TEXT, ByteBuffer.wrap("Hello".getBytes(UTF_8)));
    assertEquals("818537fa213d7f9f4d5158", pair.client().out());
  }

  /** The second offer, because the first has an invalid value. */
  @Test
  void agreesOnTheFirstValidOffer() {
    Pair pair = Pair.of(Limits.SERVER, Pair.Cut.WHOLE);
    pair.server()
        .deciding(request -> new UpgradeDecision.Accept(null, any(), List.of(), List.of()));
    pair.client()
        .connect(
            Pair.request()
                .field("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=7")
                .deflate(List.of(new DeflateOffer(true, false, 9, ABSENT), DeflateOffer.DEFAULT))
                .build());
    pair.exchange();
    pair.assertOpen();
    assertEquals(new DeflateParameters(true, false, 9, 15), pair.client().session().agreed());
    assertEquals(new DeflateParameters(true, false, 9, 15), pair.server().session().agreed());
  }
}
