package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.Limits;
import wscope.protocol.Vectors;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.support.SampleHandshake;

/** The opening handshake as a server reads it and responds to it (RFC 6455 §4.2). */
class RequestVectorsTest {
  private static final String VALID = SampleHandshake.REQUEST;
  private static final String NEXT = "\u0081\u0000";

  static Stream<Arguments> requests() {
    return Vectors.arguments("requests.csv");
  }

  /** S12, S21: the status is 101 only if no rule is broken, whatever the fields say. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void respondsAsInTheVectors(String name, Vectors.Row row) {
    String marked = Vectors.text(row.cell("request"));
    String request = Marks.removed(marked);
    String expected = Marks.resolved(row.cell("expected"), marked);

    RequestDecoder whole = decoder();
    whole.feed(bytes(request));
    assertEquals(expected, verdict(whole), "whole");

    RequestDecoder pieces = decoder();
    for (int at = 0; at < request.length(); at++) {
      pieces.feed(bytes(request.substring(at, at + 1)));
    }
    assertEquals(expected, verdict(pieces), "byte by byte");
    assertEquals(found(whole), found(pieces));
    assertEquals(whole.received(), pieces.received());
    assertTrue(request.startsWith(whole.received()), "what was received is not what was sent");
  }

  /** The first frames may come with the request (RFC 6455 §4.1): the decoder does not read them. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void stopsAfterTheEmptyLine(String name, Vectors.Row row) {
    String request = Marks.removed(Vectors.text(row.cell("request")));
    RequestDecoder decoder = decoder();
    ByteBuffer in = bytes(request + NEXT);
    boolean done = decoder.feed(in);
    RequestHead head = decoder.head();
    if (done && head != null) {
      assertEquals(request.length(), in.position());
      assertEquals(request.length(), head.size());
      assertTrue(decoder.feed(in), "it stays done");
      assertEquals(request.length(), in.position());
      assertEquals(request, decoder.received());
    }
  }

  @Test
  void stopsBeforeTheFirstFrame() {
    RequestDecoder decoder = decoder();
    ByteBuffer in = bytes(VALID + NEXT);
    assertTrue(decoder.feed(in));
    assertEquals(2, in.remaining());
  }

  @Test
  void keepsTheHeadAsReceived() {
    RequestDecoder decoder = decoder();
    decoder.feed(bytes("GET /a?b HTTP/1.1\r\nHost:  a \r\nX: 1\r\nx:\t2\r\n\r\n"));
    RequestHead head = decoder.head();
    assertEquals(
        new RequestHead(
            "GET",
            "/a?b",
            "HTTP/1.1",
            List.of(
                new HeaderField("Host", "a", 19, 26),
                new HeaderField("X", "1", 30, 33),
                new HeaderField("x", "2", 36, 39)),
            44),
        head);
    assertEquals(List.of("1", "2"), head.all("X").stream().map(HeaderField::value).toList());
    assertEquals("1", head.first("x").value());
    assertEquals(4, head.targetOffset());
    assertEquals(9, head.versionOffset());
  }

  /** RFC 6455 §4.2.2-5: the whole response, byte for byte. */
  @Test
  void respondsWith101() {
    assertEquals(SampleHandshake.RESPONSE, responseTo(VALID));
  }

  /** RFC 6455 §4.2.2-5: the response does not confirm offers that the server does not support. */
  @Test
  void confirmsNoUnsupportedOffer() {
    assertEquals(
        responseTo(VALID),
        responseTo(
            with(
                """
                Sec-WebSocket-Protocol: chat, superchat\r
                Sec-WebSocket-Extensions: x-unknown; a=b\r
                Origin: http://example.com\r
                """)));
  }

  /** The accept value is computed from the text as received (RFC 6455 §4.2.2-5.4). */
  @Test
  void respondsToAKeyWithPadBits() {
    assertEquals(
        """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: OfS0wDaT5NoxF2gqm7Zj2YtetzM=\r
        \r
        """,
        responseTo(VALID.replace(SampleHandshake.KEY, " AQIDBAUGBwgJCgsMDQ4PEC== ")));
  }

  @Test
  void respondsWith405ToAnotherMethod() {
    assertEquals(
        rejection(
            "405 Method Not Allowed", "Connection: close\r\nAllow: GET\r\n", Rule.METHOD_NOT_GET),
        responseTo(VALID.replace("GET", "POST")));
  }

  /** RFC 9110 §9.3.2: the response to HEAD has no content. */
  @Test
  void respondsToHeadWithoutContent() {
    String response = responseTo(VALID.replace("GET", "HEAD"));
    assertTrue(response.startsWith("HTTP/1.1 405 "), response);
    assertEquals("", response.substring(response.indexOf("\r\n\r\n") + 4));
  }

  /** S12: no version but 13 gets the status 101. */
  @Test
  void respondsWith426ToAnotherVersion() {
    assertEquals(
        rejection(
            "426 Upgrade Required",
            """
            Connection: Upgrade, close\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            """,
            Rule.VERSION_UNSUPPORTED),
        responseTo(VALID.replace(": 13", ": 12")));
  }

  /** The response to a client of an old protocol names that protocol. */
  @Test
  void respondsWith426ToAnOldProtocol() {
    String response = responseTo(VALID.replace(": 13", ": 8"));
    assertEquals(
        """
        426 Upgrade Required

        This client speaks an old protocol: draft-ietf-hybi-thewebsocketprotocol-08 to -12
          framing and accept value of RFC 6455, but Sec-WebSocket-Origin instead of Origin
        This server speaks RFC 6455:

        version-unsupported: The WebSocket version is not 13 (RFC 6455 §4.2.2)
          RFC 6455 and its drafts from -13 on have version 13; 0 to 8 are older drafts
        """,
        response.substring(response.indexOf("\r\n\r\n") + 4));
  }

  @Test
  void respondsWith426WithoutUpgrade() {
    assertEquals(
        rejection(
            "426 Upgrade Required",
            """
            Connection: Upgrade, close\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            """,
            Rule.UPGRADE_MISSING),
        responseTo(VALID.replace("Upgrade: websocket\r\n", "")));
  }

  @Test
  void respondsWith400AndAllErrors() {
    assertEquals(
        rejection("400 Bad Request", "Connection: close\r\n", Rule.HOST_MISSING, Rule.KEY_MISSING),
        responseTo(
            VALID
                .replace("Host: server.example.com\r\n", "")
                .replace("Sec-WebSocket-Key: " + SampleHandshake.KEY + "\r\n", "")));
  }

  @Test
  void respondsWith431ToALargeHead() {
    assertEquals(
        rejection(
            "431 Request Header Fields Too Large", "Connection: close\r\n", Rule.HEAD_TOO_LARGE),
        responseTo(with("X: " + "a".repeat(40_000) + "\r\n")));
  }

  @Test
  void respondsWith505ToAnotherVersionOfHttp() {
    assertEquals(
        rejection(
            "505 HTTP Version Not Supported",
            "Connection: close\r\n",
            Rule.HTTP_VERSION_UNSUPPORTED),
        responseTo(VALID.replace("/1.1", "/1.0")));
  }

  /** S12: response splitting: a response contains nothing from the wire, valid or not. */
  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "GET /evil HTTP/1.1\r\n",
        "GET /%0d%0aEvil:%20x HTTP/1.1\r\n",
        "GET /\rEvil: HTTP/1.1\r\n",
        "GET /<script>evil</script> HTTP/1.1\r\n",
        "GET /#evil HTTP/1.1\r\n",
        "GET evil HTTP/1.1\r\n",
        "EVIL / HTTP/1.1\r\n",
        "evil\r\n",
        "GET / EVIL/1.1\r\n",
        "Origin: http://evil.example\r\n",
        "Origin: a\rEvil: b\r\n",
        "Origin: a\nEvil: b\r\n",
        "Origin: a\r\n Evil: b\r\n",
        "Host: evil\r\n",
        "Evil: a\r\n",
        "Evil : a\r\n",
        "Evil\r\n",
        " Evil: a\r\n",
        "X: evil\u0000\r\n",
        "Sec-WebSocket-Protocol: evil\r\n",
        "Sec-WebSocket-Protocol: evil evil\r\n",
        "Sec-WebSocket-Protocol: evil, evil\r\n",
        "Sec-WebSocket-Protocol: a\rEvil: b\r\n",
        "Sec-WebSocket-Protocol: a\nEvil: b\r\n",
        "Sec-WebSocket-Protocol: a\u0000evil\r\n",
        "Sec-WebSocket-Extensions: evil; evil=evil\r\n",
        "Sec-WebSocket-Extensions: a; b=\"\r\nEvil: \"\r\n",
        "Sec-WebSocket-Extensions: evil/evil\r\n",
        "Sec-WebSocket-Version: evil\r\n",
        "Sec-WebSocket-Key: evil\r\n",
        "Upgrade: evil\r\n",
        "Connection: evil\r\n",
        "Transfer-Encoding: evil\r\n",
        "Content-Length: evil\r\n"
      })
  void responsesContainNothingFromTheWire(String line) {
    boolean isRequestLine = !line.contains(": ") || line.contains("HTTP/") || line.contains("/1.1");
    String alone = line + VALID.substring(VALID.indexOf("\r\n") + 2);
    for (String request : isRequestLine ? List.of(alone, with(line)) : List.of(with(line))) {
      HandshakeResult handshake = check(decode(request));
      if (handshake instanceof HandshakeResult.PlainRequest) {
        continue;
      }
      assertFalse(
          responseTo(request).toLowerCase(Locale.ROOT).contains("evil"), () -> responseTo(request));
    }
  }

  /** Every response is well-formed HTTP: known fields, one empty line, the length of the body. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void responsesAreWellFormed(String name, Vectors.Row row) {
    String expected = row.cell("expected");
    if (expected.equals("page") || expected.equals("more")) {
      return;
    }
    String response = responseTo(Marks.removed(Vectors.text(row.cell("request"))));
    int end = response.indexOf("\r\n\r\n");
    String[] head = response.substring(0, end).split("\r\n", -1);
    String body = response.substring(end + 4);
    assertTrue(head[0].startsWith("HTTP/1.1 " + expected.substring(0, 3) + " "), head[0]);
    for (int at = 1; at < head.length; at++) {
      assertTrue(
          head[at].matches(
              "(Upgrade|Connection|Sec-WebSocket-Accept|Sec-WebSocket-Version|Allow|Content-Type"
                  + "|Content-Length|X-Content-Type-Options): [\\x20-\\x7e]+"),
          head[at]);
    }
    if (expected.startsWith("101") || row.cell("request").startsWith("{1}HEAD")) {
      assertEquals("", body);
    } else {
      assertTrue(
          List.of(head).contains("Content-Length: " + body.getBytes(UTF_8).length), response);
    }
  }

  /** S9: the list of violations is bounded. */
  @Test
  void stopsAfterManyViolations() {
    RequestDecoder decoder = decoder();
    assertTrue(decoder.feed(bytes("GET / HTTP/1.1\r\n" + "X\r\n".repeat(1000))));
    assertTrue(decoder.violations().size() < 100, "as many violations as lines");
    assertEquals(400, invalid(decoder).response().status());
  }

  @Test
  void appliesOtherLimits() {
    int size = VALID.length();
    assertEquals("101", verdict(feed(new RequestDecoder(size, 5), VALID)));
    assertEquals(
        "431 head-too-large@" + (size - 1), verdict(feed(new RequestDecoder(size - 1, 5), VALID)));
    assertEquals(
        "431 too-many-header-fields@" + VALID.indexOf("Sec-WebSocket-Version"),
        verdict(feed(new RequestDecoder(size, 4), VALID)));
  }

  private static String verdict(RequestDecoder decoder) {
    if (decoder.head() == null && decoder.violations().isEmpty()) {
      return "more";
    }
    HandshakeResult handshake = check(decoder);
    StringBuilder verdict = new StringBuilder();
    if (handshake instanceof HandshakeResult.Accepted accepted) {
      verdict.append(accepted.response().status());
    } else if (handshake instanceof HandshakeResult.Invalid invalid) {
      verdict.append(invalid.response().status());
    } else {
      verdict.append("page");
    }
    for (Violation violation : handshake.violations()) {
      assertEquals(0, violation.frame());
      verdict.append(' ').append(violation.rule().id()).append('@').append(violation.offset());
    }
    return verdict.toString();
  }

  private static List<String> found(RequestDecoder decoder) {
    return decoder.violations().stream().map(Violation::found).toList();
  }

  private static HandshakeResult check(RequestDecoder decoder) {
    return ServerHandshake.check(decoder.head(), decoder.violations());
  }

  private static HandshakeResult.Invalid invalid(RequestDecoder decoder) {
    return (HandshakeResult.Invalid) check(decoder);
  }

  private static String responseTo(String request) {
    HandshakeResult handshake = check(decode(request));
    HttpResponse response =
        handshake instanceof HandshakeResult.Accepted accepted
            ? accepted.response()
            : ((HandshakeResult.Invalid) handshake).response();
    return UTF_8.decode(response.bytes()).toString();
  }

  /** A whole rejection: its body is what the rule table says about each error. */
  private static String rejection(String status, String fields, Rule... rules) {
    StringBuilder body = new StringBuilder(status).append("\n\n");
    for (Rule rule : rules) {
      body.append(rule.id()).append(": ").append(rule.title()).append(" (").append(rule.citation());
      body.append(")\n  ").append(rule.hint()).append('\n');
    }
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + fields
        + """
      Content-Type: text/plain; charset=utf-8\r
      X-Content-Type-Options: nosniff\r
      """
        + "Content-Length: "
        + body.toString().getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  private static String with(String fields) {
    return VALID.substring(0, VALID.length() - 2) + fields + "\r\n";
  }

  private static RequestDecoder decode(String request) {
    return feed(decoder(), request);
  }

  private static RequestDecoder feed(RequestDecoder decoder, String request) {
    decoder.feed(bytes(request));
    return decoder;
  }

  private static RequestDecoder decoder() {
    return new RequestDecoder(Limits.SERVER.maxHead(), Limits.SERVER.maxHeaderFields());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }
}
