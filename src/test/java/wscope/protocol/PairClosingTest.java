package wscope.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * How a client and a server end their connection (RFC 6455 §7.1): a Close each way, then the server
 * ends TCP, and the client after it.
 */
class PairClosingTest {
  private static final CloseBody BYE = CloseBody.of(1000, "bye");

  static Stream<Arguments> either() {
    return Stream.of(Pair.Cut.values())
        .flatMap(cut -> Stream.of(Endpoint.values()).map(end -> Arguments.of(end, cut)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("either")
  void oneEndCloses(Endpoint initiator, Pair.Cut cut) {
    Pair pair = Pair.of(Limits.SERVER, cut).open();
    of(pair, initiator).session().close(1000, "bye");
    assertEquals(Session.State.CLOSING, of(pair, initiator).session().state());
    pair.exchange();
    pair.ends()
        .forEach(
            end -> {
              assertEquals(
                  new ConnectionClosure(initiator, BYE, BYE, null), end.session().closure());
              assertTrue(end.session().closure().isClean());
            });
    assertEquals(
        List.of(Session.State.OPEN, Session.State.CLOSING, Session.State.CLOSED),
        of(pair, initiator).states());
    assertEquals(
        List.of(Session.State.OPEN, Session.State.CLOSED), of(pair, initiator.peer()).states());
    pair.assertDisconnected();
    pair.assertBothSeeTheSame();
  }

  /** The Closes cross: neither is a reply, and each end is the initiator (§7.1.3). */
  @ParameterizedTest
  @EnumSource
  void bothEndsClose(Pair.Cut cut) {
    Pair pair = Pair.of(Limits.SERVER, cut).open();
    pair.client().session().close(1000, "client");
    pair.server().session().close(1001, "server");
    pair.exchange();
    CloseBody byClient = CloseBody.of(1000, "client");
    CloseBody byServer = CloseBody.of(1001, "server");
    assertEquals(
        new ConnectionClosure(Endpoint.CLIENT, byServer, byClient, null),
        pair.client().session().closure());
    assertEquals(
        new ConnectionClosure(Endpoint.SERVER, byClient, byServer, null),
        pair.server().session().closure());
    pair.assertDisconnected();
    pair.assertBothSeeTheSame();
  }

  /** Data that crosses a Close does not reach the handler (§1.4). */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("either")
  void ignoresDataThatCrossesAClose(Endpoint initiator, Pair.Cut cut) {
    Pair pair = Pair.of(Limits.SERVER, cut).open();
    TestEndpoint closer = of(pair, initiator);
    TestEndpoint other = of(pair, initiator.peer());
    assertTrue(other.session().send(Opcode.TEXT, ByteBuffer.wrap("late".getBytes(UTF_8))).isSent());
    closer.session().close(1000, "");
    assertEquals(SendResult.CLOSING, closer.session().send(Opcode.TEXT, ByteBuffer.allocate(1)));
    pair.exchange();
    assertEquals(List.of(), closer.messages());
    assertTrue(closer.received().lines().contains("message 1 text 1 frame 6c617465"));
    pair.assertDisconnected();
    pair.assertBothSeeTheSame();
  }

  /** §7.1.7: the end that fails the connection sends the code; the other closes with the same. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("either")
  void oneEndFailsTheConnection(Endpoint failing, Pair.Cut cut) {
    Pair pair = Pair.of(Limits.SERVER, cut).open();
    TestEndpoint failed = of(pair, failing);
    TestEndpoint other = of(pair, failing.peer());
    other.session().send(Opcode.TEXT, ByteBuffer.wrap(new byte[] {(byte) 0xff}));
    pair.exchange();
    CloseBody sent = CloseBody.of(1007, Rule.TEXT_NOT_UTF8.title());
    assertEquals(
        new ConnectionClosure(failing, null, sent, Rule.TEXT_NOT_UTF8), failed.session().closure());
    assertFalse(failed.session().closure().isClean());
    assertEquals(new ConnectionClosure(failing, sent, sent, null), other.session().closure());
    pair.assertDisconnected();
  }

  /** No end sends Close twice (§5.5.1). */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("either")
  void sendsNoSecondCloseOnAViolation(Endpoint closer, Pair.Cut cut) {
    Pair pair = Pair.of(Limits.SERVER, cut).open();
    TestEndpoint other = of(pair, closer.peer());
    other.session().send(Opcode.TEXT, ByteBuffer.wrap(new byte[] {(byte) 0xff}));
    of(pair, closer).session().close(1000, "bye");
    pair.exchange();
    assertEquals(
        new ConnectionClosure(closer, null, BYE, Rule.TEXT_NOT_UTF8),
        of(pair, closer).session().closure());
    assertEquals(
        1, other.received().lines().stream().filter(line -> line.startsWith("close ")).count());
    pair.assertDisconnected();
  }

  /** §7.1.1: the server ends TCP; the client waits for it. */
  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void clientWaitsForTheServerToEndTcp(Endpoint initiator) {
    Pair pair = Pair.of(Limits.SERVER, Pair.Cut.WHOLE).open();
    of(pair, initiator).session().close(1000, "");
    of(pair, initiator.peer()).feed(of(pair, initiator).take(Integer.MAX_VALUE));
    of(pair, initiator).feed(of(pair, initiator.peer()).take(Integer.MAX_VALUE));
    assertEquals(Session.State.CLOSED, pair.client().session().state());
    assertEquals(Session.State.CLOSED, pair.server().session().state());
    assertEquals(1, pair.server().ends());
    assertEquals(0, pair.client().ends());
    pair.exchange();
    pair.assertDisconnected();
  }

  /** TCP ends without a Close: applications see the code 1006 (§7.1.5). */
  @ParameterizedTest
  @EnumSource(Endpoint.class)
  void oneEndEndsTcpWithoutAClose(Endpoint ending) {
    Pair pair = Pair.of(Limits.SERVER, Pair.Cut.WHOLE).open();
    of(pair, ending.peer()).session().end();
    pair.exchange();
    pair.assertDisconnected();
    ConnectionClosure none = new ConnectionClosure(null, null, null, null);
    pair.ends().forEach(end -> assertEquals(none, end.session().closure()));
    assertNull(pair.client().session().agreed());
  }

  private static TestEndpoint of(Pair pair, Endpoint endpoint) {
    return endpoint == Endpoint.CLIENT ? pair.client() : pair.server();
  }
}
