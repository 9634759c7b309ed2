package wscope.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/** A client's session and a server's, connected to each other. */
class PairTest {
  @ParameterizedTest
  @EnumSource
  void opens(Pair.Cut cut) {
    Pair pair = Pair.of(Limits.SERVER, cut).open();
    assertEquals(List.of(Session.State.OPEN), pair.client().states());
    assertEquals(List.of(Session.State.OPEN), pair.server().states());
    assertEquals(DirectionTotals.NONE, pair.client().session().totalsReceived());
  }

  @ParameterizedTest
  @EnumSource
  void exchangesMessagesOfEveryLength(Pair.Cut cut) {
    Pair pair = Pair.of(Limits.SERVER, cut).open();
    List<String> expected = new ArrayList<>();
    for (int length : new int[] {0, 1, 5, 125, 126, 127, 65535, 65536, 70_000}) {
      byte[] payload = new byte[length];
      new Random(length).nextBytes(payload);
      pair.ends()
          .forEach(
              end ->
                  assertTrue(end.session().send(Opcode.BINARY, ByteBuffer.wrap(payload)).isSent()));
      expected.add(("binary " + HexFormat.of().formatHex(payload)).strip());
    }
    pair.exchange();
    assertEquals(expected, pair.client().messages());
    assertEquals(expected, pair.server().messages());
    pair.assertBothSeeTheSame();
    pair.assertOpen();
  }

  @ParameterizedTest
  @EnumSource
  void exchangesFragmentsAndPings(Pair.Cut cut) {
    Pair pair = Pair.of(Limits.SERVER, cut).open();
    pair.ends().forEach(PairTest::sendInFragments);
    pair.exchange();
    assertEquals(List.of("text 48656c6c6f", "text c3a9"), pair.client().messages());
    assertEquals(List.of("text 48656c6c6f", "text c3a9"), pair.server().messages());
    assertEquals(List.of("6869", ""), pair.client().pongs());
    assertEquals(List.of("6869", ""), pair.server().pongs());
    pair.assertBothSeeTheSame();
    pair.assertOpen();
  }

  /** Three frames of a text, a ping, two frames of another, a ping. */
  private static void sendInFragments(TestEndpoint end) {
    Framing twos = Framing.of(end.session().self()).maxPayload(2);
    Framing ones = Framing.of(end.session().self()).maxPayload(1);
    send(end, new OutgoingMessage(Opcode.TEXT, bytes("Hello"), twos));
    assertTrue(end.session().send(Opcode.PING, bytes("hi")).isSent());
    send(end, new OutgoingMessage(Opcode.TEXT, bytes("é"), ones));
    assertTrue(end.session().send(Opcode.PING, bytes("")).isSent());
  }

  @Test
  void receivesAnEchoOfEachMessage() {
    Pair pair = Pair.of(Limits.SERVER, Pair.Cut.SMALL_PIECES);
    pair.server().echoing();
    pair.open();
    for (String text : List.of("", "Hello", "κόσμε 😀", "x".repeat(70_000))) {
      assertTrue(pair.client().session().send(Opcode.TEXT, bytes(text)).isSent());
    }
    pair.exchange();
    assertEquals(pair.server().messages(), pair.client().messages());
    assertEquals(4, pair.client().messages().size());
    pair.assertBothSeeTheSame();
  }

  /** RFC 6455 §5.3: a fresh key for each frame, which the server reads from the header. */
  @Test
  void masksEachFrameWithAFreshKey() {
    List<Integer> keys = new ArrayList<>();
    SecureRandom random = new SecureRandom();
    Pair pair =
        Pair.of(
                Limits.SERVER,
                () -> {
                  int key = random.nextInt();
                  keys.add(key);
                  return key;
                },
                Pair.Cut.PIECES)
            .open();
    Framing twos = Framing.of(Endpoint.CLIENT).maxPayload(2);
    send(pair.client(), new OutgoingMessage(Opcode.BINARY, bytes("x".repeat(40)), twos));
    assertTrue(pair.client().session().send(Opcode.PING, bytes("")).isSent());
    pair.server().session().send(Opcode.PING, bytes("p"));
    pair.client().session().close(1000, "");
    pair.exchange();
    pair.assertDisconnected();
    assertEquals(List.of("binary " + "78".repeat(40)), pair.server().messages());
    // 20 fragments, a ping, a Close and, after it, the pong that the client still owes (§5.5.2).
    List<String> masked =
        pair.server().received().lines().stream()
            .filter(line -> line.startsWith("frame "))
            .map(line -> line.replaceAll(".* masked ([0-9a-f]{8}) .*", "$1"))
            .toList();
    assertEquals(keys.stream().map(HexFormat.of()::toHexDigits).toList(), masked);
    assertEquals(23, masked.size());
    // By chance, a key may repeat.
    assertTrue(new HashSet<>(keys).size() > 20, keys::toString);
  }

  /** A server masks nothing (RFC 6455 §5.1). */
  @Test
  void serverMasksNothing() {
    Pair pair = Pair.of(Limits.SERVER, Pair.Cut.WHOLE).open();
    pair.server().session().send(Opcode.TEXT, bytes("Hello"));
    pair.server().session().send(Opcode.PING, bytes("Hello"));
    pair.server().session().close(1000, "");
    pair.exchange();
    assertTrue(
        pair.client().received().lines().stream()
            .filter(line -> line.startsWith("frame "))
            .allMatch(line -> line.contains(" unmasked ")));
  }

  private static void send(TestEndpoint end, OutgoingMessage message) {
    assertTrue(end.session().send(message).isSent());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
