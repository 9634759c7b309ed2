package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.Event;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.Marks;
import wscope.protocol.handshake.UpgradeRequestBuilder;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.support.SampleHandshake;

/** What a client's session does with the response to its request (RFC 6455 §4.1). */
class ClientResponseTest {
  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

  static Stream<Arguments> responses() {
    return Vectors.arguments("responses.csv");
  }

  static Stream<Arguments> deflateResponses() {
    return Vectors.arguments("deflate-responses.csv");
  }

  /** A client that has sent a request for the vectors. */
  private static TestEndpoint connecting() {
    return connecting(
        Pair.request()
            .subprotocols(List.of("chat", "superchat"))
            .field(EXTENSIONS, "permessage-deflate"));
  }

  private static TestEndpoint connecting(UpgradeRequestBuilder request) {
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, TestEndpoint.KEY_ZERO);
    client.connect(request.build());
    client.out();
    return client;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("responses")
  void opensOnlyIfTheResponseIsValid(String name, Vectors.Row row) {
    byte[] response = Marks.removed(Vectors.text(row.cell("response"))).getBytes(ISO_8859_1);
    List<String> words = List.of(row.cell("expected").split(" "));
    List<Rule> broken =
        words.stream().skip(1).map(word -> rule(word.substring(0, word.indexOf('@')))).toList();
    TestEndpoint whole = connecting();
    whole.feed(response);
    TestEndpoint pieces = connecting();
    pieces.feedByteByByte(response);
    for (TestEndpoint client : List.of(whole, pieces)) {
      assertEquals(broken, client.brokenByHeads());
      Rule error = firstError(broken);
      if (error != null) {
        assertRejected(client, error);
      } else if (words.get(0).equals("open")) {
        assertOpen(client);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deflateResponses")
  void opensOnlyIfTheDeflateResponseIsValid(String name, Vectors.Row row) {
    TestEndpoint client = connecting(with(Pair.request(), row.cell("offers")));
    String response = SampleHandshake.RESPONSE;
    if (!row.cell("responses").isEmpty()) {
      response = withField(response, EXTENSIONS + ": " + row.cell("responses"));
    }
    client.feedText(response);
    List<Rule> broken =
        Stream.of(row.cell("expected").split(" "))
            .filter(word -> !word.equals("fine"))
            .map(ClientResponseTest::rule)
            .toList();
    assertEquals(broken, client.brokenByHeads());
    Rule error = firstError(broken);
    if (error == null) {
      assertOpen(client);
      DeflateParameters agreed = client.session().agreed();
      assertEquals(row.cell("agreed"), agreed == null ? "none" : agreed.header());
    } else {
      assertRejected(client, error);
    }
  }

  private static @Nullable Rule firstError(List<Rule> broken) {
    return broken.stream().filter(Rule::isError).findFirst().orElse(null);
  }

  private static UpgradeRequestBuilder with(UpgradeRequestBuilder request, String offers) {
    return offers.isEmpty() ? request : request.field(EXTENSIONS, offers);
  }

  private static String withField(String head, String field) {
    return head.substring(0, head.length() - 2) + field + "\r\n\r\n";
  }

  private static Rule rule(String id) {
    return Rule.valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static void assertOpen(TestEndpoint client) {
    assertEquals(List.of(Session.State.OPEN), client.states());
    assertEquals(1, client.opened());
    assertEquals(0, client.ends());
    assertTrue(client.session().send(Opcode.PING, ByteBuffer.allocate(0)).isSent());
    client.feed("8900");
    assertEquals("898000000000" + "8a8000000000", client.out());
    assertNull(client.session().closure().failure());
  }

  /**
   * §4.1, §7.1.7: the client fails the connection without a Close, because no WebSocket is open. It
   * reads nothing more, and reports no frames.
   */
  private static void assertRejected(TestEndpoint client, Rule rule) {
    assertEquals(List.of(Session.State.CLOSED), client.states());
    assertEquals(1, client.ends());
    assertEquals(1, client.events(Event.Response.class).size());
    client.feed("810161" + "8900" + "880203e8");
    client.feedText(SampleHandshake.RESPONSE);
    assertEquals(SendResult.CLOSED, client.session().check(Opcode.TEXT));
    client.session().close(1000, "");
    client.session().end();
    assertEquals("", client.out());
    assertEquals(0, client.opened());
    assertFalse(client.session().hasOpened());
    assertFalse(client.session().isAwaiting());
    assertEquals(List.of(), client.messages());
    assertEquals(List.of(), client.listenedTo());
    assertEquals(List.of(Session.State.CLOSED), client.states());
    assertEquals(1, client.ends());
    assertEquals(1, client.events(Event.Response.class).size());
    assertEquals(rule, client.session().closure().failure());
    assertNull(client.session().closure().sent());
  }

  // Responses with other statuses.

  /** The client reads the whole body, which says why, and then ends TCP. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\n'",
    "'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\ncontent-length: 5\r\n\r\n'",
    "'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 5\r\n\r\n'",
    "'HTTP/1.1 301 Moved Permanently\r\nLocation: /there\r\nContent-Length: 5\r\n\r\n'",
  })
  void readsABodyOfKnownLength(String head) {
    for (boolean byteByByte : new boolean[] {true, false}) {
      TestEndpoint client = connecting();
      feed(client, head + "nop", byteByByte);
      assertEquals("nop", client.body());
      assertEquals(0, client.ends());
      assertEquals(Session.State.CLOSED, client.session().state());
      assertEquals(AwaitedInput.Kind.BODY, client.session().awaited().kind());
      feed(client, "e\n", byteByByte);
      assertEquals("nope\n", client.body());
      assertEquals(1, client.ends());
      client.session().end();
      assertNotOpened(client);
    }
  }

  /** RFC 9112 §6.3: a body without a valid length extends to the end of TCP. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'HTTP/1.1 404 Not Found\r\n\r\n'",
    "'HTTP/1.0 502 Bad Gateway\r\n\r\n'",
    "'HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n'",
    "'HTTP/1.1 500 x\r\nContent-Length: five\r\n\r\n'",
    "'HTTP/1.1 500 x\r\nContent-Length: 99999999999999999999\r\n\r\n'",
  })
  void readsABodyToTheEndOfTcp(String head) {
    for (boolean byteByByte : new boolean[] {true, false}) {
      TestEndpoint client = connecting();
      feed(client, head + "nope\n", byteByByte);
      feed(client, "and more", byteByByte);
      assertEquals(0, client.ends());
      client.session().end();
      assertEquals("nope\nand more", client.body());
      assertNotOpened(client);
    }
  }

  /** RFC 9110 §8.6, §15.3.5, §15.4.5: the client does not wait for a body that cannot come. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n'",
    "'HTTP/1.1 204 No Content\r\n\r\n'",
    "'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'",
  })
  void endsTcpAtOnceIfThereIsNoBody(String head) {
    TestEndpoint client = connecting();
    client.feedText(head);
    assertEquals(1, client.ends());
    client.feedText("nope");
    client.session().end();
    assertEquals("", client.body());
    assertNotOpened(client);
  }

  @Test
  void keepsTheBodyReceivedBeforeTcpEnds() {
    TestEndpoint client = connecting();
    client.feedText("HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nno");
    client.session().end();
    assertEquals("no", client.body());
    assertNotOpened(client);
  }

  private static void feed(TestEndpoint client, String text, boolean byteByByte) {
    if (byteByByte) {
      client.feedByteByByte(text.getBytes(ISO_8859_1));
    } else {
      client.feedText(text);
    }
  }

  private static void assertNotOpened(TestEndpoint client) {
    assertEquals(List.of(), client.brokenByHeads());
    assertEquals(1, client.events(Event.Response.class).size());
    assertEquals(List.of(Session.State.CLOSED), client.states());
    assertEquals(0, client.opened());
    assertEquals("", client.out());
    assertEquals(1, client.ends());
    assertEquals(List.of(), client.listenedTo());
    assertFalse(client.session().isAwaiting());
    assertEquals(new ConnectionClosure(null, null, null, null), client.session().closure());
  }

  // Subprotocols.

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "'chat, superchat', superchat, true",
    "'chat, superchat', chat, true",
    "'chat, superchat', '', true",
    "'', '', true",
    "'', chat, false",
    "chat, 'chat, superchat', false",
  })
  void acceptsOnlyAnOfferedSubprotocol(String offered, String chosen, boolean opens) {
    UpgradeRequestBuilder request =
        Pair.request().subprotocols(offered.isEmpty() ? List.of() : List.of(offered.split(", ")));
    TestEndpoint client = connecting(request);
    client.feedText(
        chosen.isEmpty()
            ? SampleHandshake.RESPONSE
            : withField(SampleHandshake.RESPONSE, "Sec-WebSocket-Protocol: " + chosen));
    Rule warning = chosen.isEmpty() && !offered.isEmpty() ? Rule.SUBPROTOCOL_NOT_SELECTED : null;
    Rule broken = opens ? warning : Rule.SUBPROTOCOL_NOT_OFFERED;
    assertEquals(broken == null ? List.of() : List.of(broken), client.brokenByHeads());
    assertEquals(opens ? Session.State.OPEN : Session.State.CLOSED, client.session().state());
  }

  // The end of TCP.

  /** TCP may end after any byte. */
  @ParameterizedTest
  @CsvSource({"''", "810548656c6c6f", "0103616263 8001", "8802", "880203e8 810161"})
  void closesOnceWhereverTcpEnds(String frames) {
    byte[] stream = concat(SampleHandshake.RESPONSE.getBytes(ISO_8859_1), Vectors.bytes(frames));
    int head = SampleHandshake.RESPONSE.length();
    IntStream.rangeClosed(0, stream.length)
        .forEach(
            end -> {
              TestEndpoint client = connecting(Pair.request());
              client.feed(Arrays.copyOf(stream, end));
              assertEquals(0, client.ends());
              client.session().end();
              client.session().end();
              boolean opened = end >= head;
              assertEquals(1, client.ends(), () -> "after byte " + end);
              assertEquals(Session.State.CLOSED, client.session().state());
              assertEquals(opened, client.session().hasOpened());
              assertEquals(opened ? 1 : 0, client.received().ends());
              assertEquals(opened ? 1 : 0, client.sent().ends());
              assertEquals(
                  opened ? List.of(Endpoint.CLIENT, Endpoint.SERVER) : List.of(),
                  client.listenedTo().stream().sorted().toList());
              List<String> incomplete = new ArrayList<>();
              client
                  .events(Event.HeadIncomplete.class)
                  .forEach(event -> incomplete.add(event.raw()));
              assertEquals(
                  end == 0 || opened
                      ? List.of()
                      : List.of(SampleHandshake.RESPONSE.substring(0, end)),
                  incomplete);
              assertFalse(client.session().isAwaiting());
            });
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
