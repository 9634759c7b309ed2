package wscope.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.deflate.DeflateOffer;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.Event;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * Every fault of one end: the other end and an observer find the rule of the fault, and the
 * connection ends as the rule says.
 */
class PairFaultsTest {
  static Stream<RequestFault> requestFaults() {
    return of(Endpoint.CLIENT, RequestFault.class);
  }

  static Stream<ResponseFault> responseFaults() {
    return of(Endpoint.SERVER, ResponseFault.class);
  }

  /** The faults of frames that break a rule, with each endpoint that can commit them. */
  static Stream<Arguments> frameFaults() {
    return Stream.of(Endpoint.values())
        .flatMap(
            sender ->
                of(sender, FrameFault.class)
                    .filter(fault -> fault.rule() != null)
                    .map(fault -> Arguments.of(fault, sender)));
  }

  private static <T extends Fault> Stream<T> of(Endpoint sender, Class<T> kind) {
    return Faults.of(sender).stream().filter(kind::isInstance).map(kind::cast);
  }

  /** Each fault of the table is in one of the tests here. */
  @Test
  void testsEveryFault() {
    Set<String> ofClient = ids(requestFaults());
    Set<String> ofServer = ids(responseFaults());
    frameFaults()
        .forEach(
            arguments -> {
              Endpoint sender = (Endpoint) arguments.get()[1];
              String id = ((Fault) arguments.get()[0]).id();
              (sender == Endpoint.CLIENT ? ofClient : ofServer).add(id);
            });
    List<String> stalls = List.of("message-unfinished", "frame-unfinished");
    ofClient.addAll(stalls);
    ofServer.addAll(stalls);
    ofClient.addAll(List.of("masking-key-zero", "masking-key-repeated"));
    assertEquals(ofClient, ids(Faults.of(Endpoint.CLIENT).stream()));
    assertEquals(ofServer, ids(Faults.of(Endpoint.SERVER).stream()));
  }

  private static Set<String> ids(Stream<? extends Fault> faults) {
    return faults.map(Fault::id).collect(Collectors.toSet());
  }

  // The opening handshake.

  @ParameterizedTest
  @MethodSource("requestFaults")
  void detectsFaultsOfRequests(RequestFault fault) {
    for (Pair.Cut cut : Pair.Cut.values()) {
      HttpRequest broken = fault.commit(Pair.request().build());
      assertNotNull(broken);
      Pair pair = Pair.of(Limits.SERVER, cut);
      pair.client().connect(broken);
      pair.exchange();
      Rule rule = fault.rule();
      assertEquals(List.of(rule), pair.server().brokenByHeads());
      assertEquals(List.of(rule.id()), observed(pair).broken(Endpoint.CLIENT));
      if (rule.isError()) {
        assertRejected(pair, rule);
      } else {
        assertEquals(Session.State.OPEN, pair.client().session().state());
        assertEquals(Session.State.OPEN, pair.server().session().state());
      }
    }
  }

  /** The server responds with the status of the rule, and the client reads a body that says why. */
  private static void assertRejected(Pair pair, Rule rule) {
    pair.assertDisconnected();
    List<Event.Response> responses = pair.client().events(Event.Response.class);
    assertEquals(1, responses.size());
    assertNotNull(responses.get(0).head());
    assertEquals(rule.httpStatus(), responses.get(0).head().status());
    assertFalse(pair.client().body().isEmpty());
    pair.ends().forEach(end -> assertFalse(end.session().hasOpened()));
  }

  /** The request offers everything that a fault may need. */
  @ParameterizedTest
  @MethodSource("responseFaults")
  void detectsFaultsOfResponses(ResponseFault fault) {
    for (Pair.Cut cut : Pair.Cut.values()) {
      Pair pair = Pair.of(Limits.SERVER, cut);
      pair.server()
          .deciding(
              request ->
                  new UpgradeDecision.Accept(
                      "chat", DeflateParameters.DEFAULT, List.of(), List.of(fault)));
      pair.client()
          .connect(
              Pair.request()
                  .subprotocols(List.of("chat", "superchat"))
                  .deflate(List.of(new DeflateOffer(false, false, 10, clientBits(fault.rule()))))
                  .build());
      pair.exchange();
      Rule rule = fault.rule();
      assertEquals(List.of(), pair.server().events(Event.FaultImpossible.class));
      assertEquals(Set.of(rule), Set.copyOf(pair.client().brokenByHeads()));
      assertEquals(Set.of(rule.id()), Set.copyOf(observed(pair).broken(Endpoint.SERVER)));
      if (!rule.isError()) {
        assertEquals(1, pair.client().opened());
        continue;
      }
      // TCP ends without a Close (§4.1).
      assertEquals(rule, pair.client().session().closure().failure());
      assertEquals(0, pair.client().opened());
      assertEquals(0, pair.server().session().totalsReceived().frames());
      pair.assertDisconnected();
    }
  }

  private static int clientBits(Rule rule) {
    return rule == Rule.DEFLATE_CLIENT_WINDOW_RAISED ? 10 : DeflateOffer.ABSENT;
  }

  // Frames.

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("frameFaults")
  void detectsFaultsOfFrames(FrameFault fault, Endpoint sender) {
    for (Pair.Cut cut : Pair.Cut.values()) {
      DeflateParameters agreed = fault.deflate().adjust(null, sender);
      for (Opcode opcode :
          List.of(Opcode.TEXT, Opcode.BINARY, Opcode.PING, Opcode.PONG, Opcode.CLOSE)) {
        Pair pair = Pair.of(Limits.SERVER, cut).open(agreed);
        TestEndpoint from = end(pair, sender);
        assertTrue(from.session().allows(fault));
        assertEquals(SendResult.SENT, from.session().commit(fault, message(from, opcode)));
        pair.exchange();
        assertFound(pair, fault, sender, opcode);
        assertEquals(
            Set.copyOf(end(pair, sender.peer()).brokenByFrames()),
            Set.copyOf(observed(pair).broken(sender)));
      }
    }
  }

  private static OutgoingMessage message(TestEndpoint from, Opcode opcode) {
    byte[] payload = opcode == Opcode.CLOSE ? new byte[] {3, (byte) 0xe8} : "Hello".getBytes(UTF_8);
    return Pair.outgoing(from, opcode, payload);
  }

  private static void assertFound(Pair pair, FrameFault fault, Endpoint sender, Opcode opcode) {
    TestEndpoint to = end(pair, sender.peer());
    TestEndpoint from = end(pair, sender);
    Set<String> expected = fault.breaks(opcode).stream().map(Rule::id).collect(Collectors.toSet());
    assertEquals(expected, Set.copyOf(to.brokenByFrames()), opcode::label);
    if (fault.rule() == Rule.MASKING_KEY_REPEATED
        || fault.rule() == Rule.CLOSE_CODE_ONLY_FOR_CLIENTS) {
      // A warning: the connection goes on.
      assertNull(to.session().closure().failure());
      return;
    }
    pair.assertDisconnected();
    if (fault.rule() == Rule.DATA_AFTER_CLOSE) {
      // It comes after the closing handshake, so no Close can report it.
      assertTrue(to.session().closure().isClean());
      assertNull(to.session().closure().failure());
      return;
    }
    Rule failure = to.session().closure().failure();
    assertNotNull(failure);
    assertTrue(fault.breaks(opcode).contains(failure));
    CloseBody close = CloseBody.of(failure.closeCode(), failure.title());
    assertEquals(close, to.session().closure().sent());
    assertEquals(close, from.session().closure().received());
  }

  // Faults that break no rule.

  @ParameterizedTest
  @EnumSource
  void waitsForTheRestOfAMessage(Endpoint sender) {
    Pair pair = stalled(sender, "message-unfinished");
    Session to = end(pair, sender.peer()).session();
    assertEquals(AwaitedInput.Kind.FRAME, to.awaited().kind());
    assertEquals(1, to.awaited().open().size());
    assertEquals(5, to.awaited().open().get(0).length());
    assertEquals(SendResult.IN_MESSAGE, end(pair, sender).session().check(Opcode.TEXT));
    assertEquals(SendResult.SENT, end(pair, sender).session().check(Opcode.PING));
  }

  @ParameterizedTest
  @EnumSource
  void waitsForTheRestOfAFrame(Endpoint sender) {
    Pair pair = stalled(sender, "frame-unfinished");
    Session to = end(pair, sender.peer()).session();
    assertEquals(AwaitedInput.Kind.REST_OF_FRAME, to.awaited().kind());
    assertNotNull(to.awaited().frame());
    assertEquals(1, to.awaited().frame().missing());
    assertEquals(SendResult.IN_FRAME, end(pair, sender).session().check(Opcode.TEXT));
    assertEquals(SendResult.IN_FRAME, end(pair, sender).session().check(Opcode.PING));
  }

  /** The peer waits, and does nothing else. */
  private static Pair stalled(Endpoint sender, String id) {
    Pair pair = Pair.of(Limits.SERVER, Pair.Cut.SMALL_PIECES).open();
    TestEndpoint from = end(pair, sender);
    TestEndpoint to = end(pair, sender.peer());
    assertFalse(to.session().isAwaiting());
    assertEquals(
        SendResult.SENT, from.session().commit(fault(sender, id), message(from, Opcode.TEXT)));
    pair.exchange();
    pair.assertOpen();
    assertTrue(to.session().isAwaiting());
    assertFalse(from.session().isAwaiting());
    assertEquals(List.of(), to.messages());
    assertEquals(List.of(), to.brokenByFrames());
    assertEquals(List.of(), observed(pair).broken(sender));
    return pair;
  }

  /** A key of zeros does not change the payload (RFC 6455 §5.3). */
  @Test
  void masksWithAKeyOfZeros() {
    Pair pair = masked("masking-key-zero");
    assertEquals(List.of("00000000", "00000000"), keys(pair));
    assertTrue(pair.server().received().lines().contains("payload 48656c6c6f"));
  }

  private static Pair masked(String id) {
    int[] next = {1};
    Pair pair = Pair.of(Limits.SERVER, () -> next[0]++, Pair.Cut.PIECES).open();
    FrameFault fault = fault(Endpoint.CLIENT, id);
    for (Opcode opcode : List.of(Opcode.TEXT, Opcode.PING)) {
      OutgoingMessage message = message(pair.client(), opcode);
      assertEquals(SendResult.SENT, pair.client().session().commit(fault, message));
    }
    pair.exchange();
    pair.assertOpen();
    assertEquals(List.of("text 48656c6c6f"), pair.server().messages());
    assertEquals(List.of("48656c6c6f"), pair.client().pongs());
    assertEquals(List.of(), pair.server().brokenByFrames());
    assertFalse(pair.server().session().isAwaiting());
    return pair;
  }

  private static List<String> keys(Pair pair) {
    List<String> keys = new ArrayList<>();
    for (String line : pair.server().received().lines()) {
      if (line.startsWith("frame ")) {
        keys.add(line.replaceAll(".* masked ([0-9a-f]{8}) .*", "$1"));
      }
    }
    return keys;
  }

  private static FrameFault fault(Endpoint sender, String id) {
    return (FrameFault) Faults.find(sender, id);
  }

  private static TestEndpoint end(Pair pair, Endpoint endpoint) {
    return endpoint == Endpoint.CLIENT ? pair.client() : pair.server();
  }

  /** An observer that has read everything that both ends have sent. */
  private static Observer observed(Pair pair) {
    Observer observer = new Observer(null);
    observer.feed(Endpoint.CLIENT, pair.sentBy(Endpoint.CLIENT));
    observer.feed(Endpoint.SERVER, pair.sentBy(Endpoint.SERVER));
    return observer;
  }
}
