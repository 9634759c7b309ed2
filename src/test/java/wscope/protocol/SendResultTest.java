package wscope.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.support.SampleHandshake;

/**
 * Why something was not sent, from either end. Only the owner of a connection knows whether the
 * peer lags; {@code BehaviourHandlerTest} checks that.
 */
class SendResultTest {
  private static final EnumSet<Opcode> SENDABLE =
      EnumSet.of(Opcode.TEXT, Opcode.BINARY, Opcode.PING, Opcode.PONG);

  @ParameterizedTest
  @EnumSource
  void isNotOpenBeforeTheHandshakeEnds(Endpoint self) {
    Pair pair = Pair.of(Limits.SERVER, Pair.Cut.WHOLE);
    assertAll(pair, self, SendResult.NOT_OPEN);
    assertEquals(SendResult.NOT_OPEN, raw(pair, self));
    pair.client().connect(Pair.request().build());
    String request = pair.client().out();
    assertAll(pair, self, SendResult.NOT_OPEN);
    assertEquals(SampleHandshake.REQUEST.length(), request.length() / 2);
  }

  @ParameterizedTest
  @EnumSource
  void isSentWhenOpen(Endpoint self) {
    assertAll(Pair.of(Limits.SERVER, Pair.Cut.WHOLE).open(), self, SendResult.SENT);
  }

  /** RFC 6455 §5.5.1: nothing follows a Close. */
  @ParameterizedTest
  @EnumSource
  void isClosingAfterOurClose(Endpoint self) {
    Pair pair = Pair.of(Limits.SERVER, Pair.Cut.WHOLE).open();
    end(pair, self).session().close(1000, "");
    end(pair, self).out();
    assertAll(pair, self, SendResult.CLOSING);
    assertEquals(SendResult.SENT, raw(pair, self));
  }

  @ParameterizedTest
  @EnumSource
  void isClosedAfterTheClosingHandshake(Endpoint self) {
    Pair pair = Pair.of(Limits.SERVER, Pair.Cut.WHOLE).open();
    pair.client().session().close(1000, "");
    pair.exchange();
    assertAll(pair, self, SendResult.CLOSED);
    assertEquals(SendResult.CLOSED, raw(pair, self));
  }

  @ParameterizedTest
  @EnumSource
  void isInMessageAfterAnUnfinishedMessage(Endpoint self) {
    Pair pair = stalled(self, "message-unfinished");
    Session session = end(pair, self).session();
    for (Opcode opcode : SENDABLE) {
      SendResult expected = opcode.isControl() ? SendResult.SENT : SendResult.IN_MESSAGE;
      assertEquals(expected, session.check(opcode));
      assertEquals(expected, session.send(opcode, ByteBuffer.allocate(0)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isInFrameAfterAnUnfinishedFrame(Endpoint self) {
    Pair pair = stalled(self, "frame-unfinished");
    assertAll(pair, self, SendResult.IN_FRAME);
    end(pair, self).session().close(1000, "");
    assertFalse(end(pair, self).hasOutput());
    assertEquals(Session.State.CLOSING, end(pair, self).session().state());
  }

  private static Pair stalled(Endpoint self, String id) {
    Pair pair = Pair.of(Limits.SERVER, Pair.Cut.WHOLE).open();
    TestEndpoint end = end(pair, self);
    assertEquals(SendResult.SENT, commit(end, id));
    end.out();
    return pair;
  }

  /** Some faults need compression; others are impossible with it. */
  @ParameterizedTest
  @EnumSource
  void isNotNegotiatedIfCompressionDoesNotFit(Endpoint self) {
    Pair plain = Pair.of(Limits.SERVER, Pair.Cut.WHOLE).open();
    assertEquals(SendResult.NOT_NEGOTIATED, commit(end(plain, self), "compressed-data-corrupt"));
    assertEquals(SendResult.SENT, commit(end(plain, self), "rsv1-without-extension"));
    Pair deflate = Pair.of(Limits.SERVER, Pair.Cut.WHOLE).open(DeflateParameters.DEFAULT);
    assertEquals(SendResult.NOT_NEGOTIATED, commit(end(deflate, self), "context-taken-over"));
    assertEquals(SendResult.NOT_NEGOTIATED, commit(end(deflate, self), "rsv1-without-extension"));
    assertFalse(end(deflate, self).hasOutput());
    assertEquals(SendResult.SENT, commit(end(deflate, self), "compressed-data-corrupt"));
  }

  /** Each reason is different, and can follow "because". */
  @Test
  void reasonsDiffer() {
    Set<String> reasons = new HashSet<>();
    for (SendResult result : SendResult.values()) {
      assertEquals(result == SendResult.SENT, result.isSent());
      assertTrue(reasons.add(result.reason()), result::reason);
      assertFalse(result.reason().endsWith("."), result::reason);
    }
  }

  /** Every way to send gives this result, and writes bytes only if it is SENT. */
  private static void assertAll(Pair pair, Endpoint self, SendResult expected) {
    TestEndpoint end = end(pair, self);
    for (Opcode opcode : SENDABLE) {
      assertEquals(expected, end.session().check(opcode));
      assertEquals(expected, end.session().send(opcode, ByteBuffer.wrap(new byte[] {'a'})));
      assertEquals(expected, end.session().send(Pair.outgoing(end, opcode, "a".getBytes(UTF_8))));
    }
    assertEquals(expected, commit(end, "rsv2-without-extension"));
    assertEquals(expected.isSent(), end.hasOutput());
  }

  private static SendResult commit(TestEndpoint end, String id) {
    FrameFault fault = (FrameFault) Faults.find(end.session().self(), id);
    return end.session().commit(fault, Pair.outgoing(end, Opcode.BINARY, "Hello".getBytes(UTF_8)));
  }

  private static SendResult raw(Pair pair, Endpoint self) {
    return end(pair, self).session().sendRaw(ByteBuffer.wrap(new byte[] {0}));
  }

  private static TestEndpoint end(Pair pair, Endpoint endpoint) {
    return endpoint == Endpoint.CLIENT ? pair.client() : pair.server();
  }
}
