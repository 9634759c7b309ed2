package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.rule.Endpoint;
import wscope.support.SampleHandshake;

/** What a session expects next from its peer, and whether the peer owes it. */
class AwaitedInputTest {
  private static TestEndpoint open(Endpoint self) {
    Pair pair = Pair.of(Limits.SERVER, Pair.Cut.WHOLE).open();
    return self == Endpoint.CLIENT ? pair.client() : pair.server();
  }

  /** Feeds frames of the peer, given as a server would send them. */
  private static void feed(TestEndpoint end, String frames) {
    byte[] bytes = Vectors.bytes(frames);
    end.feed(end.session().self() == Endpoint.CLIENT ? bytes : MirroredFrames.of(bytes));
  }

  /** Between two messages a peer owes nothing, however long it is silent. */
  @ParameterizedTest
  @EnumSource
  void owesNothingBetweenMessages(Endpoint self) {
    TestEndpoint end = open(self);
    for (String frames : List.of("", "810161", "8900", "0101618000", "8a00")) {
      feed(end, frames);
      assertFalse(end.session().isAwaiting());
      assertEquals(AwaitedInput.of(AwaitedInput.Kind.FRAME), end.session().awaited());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "81, payload length, 1",
    "82, payload length, 1",
    "817e, extended payload length, 2",
    "817e01, extended payload length, 1",
    "827f00000000, extended payload length, 4",
    "8105, payload data, 5",
    "81054865, payload data, 3",
    "827f7fffffffffffffff, payload data, 9223372036854775807",
    "8902, payload data, 2",
  })
  void serverOwesTheRestOfItsFrame(String bytes, String field, long missing) {
    assertInside(Endpoint.CLIENT, Limits.NONE, bytes, field, missing);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "81, payload length, 1",
    "81fe00, extended payload length, 1",
    "8185, masking key, 4",
    "818537fa21, masking key, 1",
    "818537fa213d7f, payload data, 4",
  })
  void clientOwesTheRestOfItsFrame(String bytes, String field, long missing) {
    assertInside(Endpoint.SERVER, Limits.NONE, bytes, field, missing);
  }

  private static void assertInside(
      Endpoint self, Limits limits, String bytes, String field, long missing) {
    Pair pair = Pair.of(limits, Pair.Cut.WHOLE).open();
    TestEndpoint end = self == Endpoint.CLIENT ? pair.client() : pair.server();
    end.feed(bytes);
    assertTrue(end.session().isAwaiting());
    AwaitedInput awaited = end.session().awaited();
    assertEquals(AwaitedInput.Kind.REST_OF_FRAME, awaited.kind());
    IncompleteFrame frame = awaited.frame();
    assertNotNull(frame);
    assertEquals(1, frame.frame());
    assertEquals(field, frame.field().label());
    assertEquals(missing, frame.missing());
  }

  @ParameterizedTest
  @EnumSource
  void owesTheRestOfAMessage(Endpoint self) {
    TestEndpoint end = open(self);
    feed(end, "0103616263" + "000164" + "8900");
    assertTrue(end.session().isAwaiting());
    assertEquals(AwaitedInput.Kind.FRAME, end.session().awaited().kind());
    assertEquals(1, end.session().awaited().open().size());
    assertEquals(4, end.session().awaited().open().get(0).length());
    feed(end, "8000");
    assertFalse(end.session().isAwaiting());
    assertEquals(List.of(), end.session().awaited().open());
  }

  /** After our Close the peer owes its own (RFC 6455 §7.1.3), and the rest of a frame before it. */
  @ParameterizedTest
  @EnumSource
  void owesACloseAfterOurs(Endpoint self) {
    TestEndpoint end = open(self);
    end.session().close(1000, "");
    assertTrue(end.session().isAwaiting());
    assertEquals(AwaitedInput.of(AwaitedInput.Kind.CLOSE), end.session().awaited());
    end.feed(self == Endpoint.CLIENT ? "810261" : "81820000000061");
    assertTrue(end.session().isAwaiting());
    assertEquals(AwaitedInput.Kind.REST_OF_FRAME, end.session().awaited().kind());
    end.feed("61");
    assertEquals(AwaitedInput.of(AwaitedInput.Kind.CLOSE), end.session().awaited());
    feed(end, "880203e8");
    assertEndOfTcp(end);
  }

  /** After both Closes, only the end of TCP is owed. */
  @ParameterizedTest
  @EnumSource
  void owesTheEndOfTcpAfterTheClosingHandshake(Endpoint self) {
    TestEndpoint end = open(self);
    feed(end, "880203e8");
    assertEndOfTcp(end);
  }

  @ParameterizedTest
  @EnumSource
  void owesTheEndOfTcpAfterAFailure(Endpoint self) {
    TestEndpoint end = open(self);
    feed(end, "c100");
    assertEndOfTcp(end);
  }

  private static void assertEndOfTcp(TestEndpoint end) {
    assertEquals(Session.State.CLOSED, end.session().state());
    assertTrue(end.session().isAwaiting());
    assertEquals(AwaitedInput.of(AwaitedInput.Kind.TCP_END), end.session().awaited());
    end.session().end();
    assertFalse(end.session().isAwaiting());
    assertEquals(AwaitedInput.of(AwaitedInput.Kind.NOTHING), end.session().awaited());
  }

  /** The end of TCP inside a frame leaves nothing to wait for. */
  @ParameterizedTest
  @EnumSource
  void owesNothingAfterTheEndOfTcp(Endpoint self) {
    TestEndpoint end = open(self);
    end.feed("81");
    end.session().end();
    assertFalse(end.session().isAwaiting());
    assertEquals(AwaitedInput.of(AwaitedInput.Kind.NOTHING), end.session().awaited());
  }

  /** The opening handshake has a deadline of its own, so nothing is owed yet. */
  @Test
  void owesNothingInTheOpeningHandshake() {
    TestEndpoint server = TestEndpoint.server(Limits.SERVER);
    assertEquals(AwaitedInput.of(AwaitedInput.Kind.REQUEST_HEAD), server.session().awaited());
    server.feed(Arrays.copyOf(SampleHandshake.REQUEST.getBytes(ISO_8859_1), 20));
    assertEquals(AwaitedInput.of(AwaitedInput.Kind.REQUEST_HEAD), server.session().awaited());
    assertFalse(server.session().isAwaiting());
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, TestEndpoint.KEY_ZERO);
    client.connect(Pair.request().build());
    assertEquals(AwaitedInput.of(AwaitedInput.Kind.RESPONSE_HEAD), client.session().awaited());
    assertFalse(client.session().isAwaiting());
    client.feedText("HTTP/1.1 ");
    assertEquals(AwaitedInput.of(AwaitedInput.Kind.RESPONSE_HEAD), client.session().awaited());
    assertNull(client.session().awaited().frame());
    client.session().end();
    assertFalse(client.session().isAwaiting());
  }

  /** After we abandon a connection, the peer owes nothing. */
  @ParameterizedTest
  @EnumSource
  void owesNothingToAnAbandonedSession(Endpoint self) {
    TestEndpoint end = open(self);
    end.feed("81");
    end.session().abandon();
    assertFalse(end.session().isAwaiting());
    assertEquals(AwaitedInput.of(AwaitedInput.Kind.NOTHING), end.session().awaited());
  }
}
