package wscope.check;

import static wscope.check.Group.HANDSHAKE;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.rule.Endpoint;

/** Correct requests in unusual forms and pieces, and bytes that are no WebSocket request. */
final class HandshakeCases {
  private static final String CONNECTION = "Connection";
  private static final String OPENING = "RFC 6455 §4.2.1";
  private static final String FIELDS = "RFC 9110 §5";

  /** A ClientHello of TLS, cut after its first bytes. */
  private static final String CLIENT_HELLO = "16030100a5010000a10303";

  private final List<Case> cases = new ArrayList<>();
  private final FrameBytes frames;

  private HandshakeCases(long seed) {
    frames = new FrameBytes(Endpoint.CLIENT, new Random(seed));
  }

  static List<Case> of(long seed) {
    HandshakeCases table = new HandshakeCases(seed);
    table.letterCases();
    table.tokens();
    table.keys();
    table.spaces();
    table.otherFields();
    table.pieces();
    table.framesAfterRequest();
    table.noRequests();
    return table.cases;
  }

  private void letterCases() {
    for (String value : List.of("WebSocket", "WEBSOCKET")) {
      opens("upgrade/" + value, OPENING, "Upgrade: " + value, value("Upgrade", value));
    }
    opens("names/lower", FIELDS, "field names in lower case", names(String::toLowerCase));
    opens("names/upper", FIELDS, "field names in upper case", names(String::toUpperCase));
  }

  private static UnaryOperator<HttpRequest> names(
      java.util.function.BiFunction<String, Locale, String> change) {
    return r ->
        Openings.fields(
            r,
            r.fields().stream()
                .map(f -> new OutgoingHeaderField(change.apply(f.name(), Locale.ROOT), f.value()))
                .toList());
  }

  private void tokens() {
    String[][] values = {
      {"upgrade", "lower"},
      {"UPGRADE", "upper"},
      {"keep-alive, Upgrade", "second"},
      {"Upgrade, keep-alive", "first"},
      {"keep-alive,Upgrade", "no-space"},
      {"keep-alive ,\tUpgrade", "tab"},
      {", Upgrade", "empty-element"},
    };
    for (String[] value : values) {
      opens(
          "connection/" + value[1],
          OPENING,
          "Connection: " + value[0],
          value(CONNECTION, value[0]));
    }
    opens(
        "connection/two-fields",
        OPENING,
        "two Connection fields, keep-alive and Upgrade",
        r ->
            Openings.with(Openings.value(r, CONNECTION, v -> "keep-alive"), CONNECTION, "Upgrade"));
    open("upgrade/list", OPENING, "Upgrade: websocket, x", value("Upgrade", "websocket, x"));
  }

  private void keys() {
    String[][] keys = {
      {"/////////////////////w==", "slashes"},
      {"+++++++++++++++++++++w==", "pluses"},
      {"AAAAAAAAAAAAAAAAAAAAAA==", "zeros"},
      {"dGhlIHNhbXBsZSBub25jZQ==", "sample"},
    };
    for (String[] key : keys) {
      opens("key/" + key[1], OPENING, "the key " + key[0], value("Sec-WebSocket-Key", key[0]));
    }
  }

  private void spaces() {
    text("spaces/none", "no space after the colons", head -> head.replace(": ", ":"));
    text("spaces/many", "three spaces after each colon", head -> head.replace(": ", ":   "));
    text("spaces/tab", "a tab after each colon", head -> head.replace(": ", ":\t"));
    text(
        "spaces/trailing",
        "spaces and tabs at the end of each value",
        head -> {
          int end = head.indexOf("\r\n") + 2;
          return head.substring(0, end)
              + head.substring(end, head.length() - 4).replace("\r\n", " \t\r\n")
              + " \t\r\n\r\n";
        });
  }

  private void otherFields() {
    opens(
        "fields/unknown",
        FIELDS,
        "50 unknown fields of 10 bytes",
        r -> {
          HttpRequest all = r;
          for (int i = 0; i < 50; i++) {
            all = Openings.with(all, "X-" + i, "0123456789");
          }
          return all;
        });
    opens(
        "fields/empty-value",
        FIELDS,
        "a field without a value",
        r -> Openings.with(r, "X-Empty", ""));
    add(
        "fields/obs-text",
        "RFC 9110 §5.5",
        "a value with bytes beyond ASCII",
        Strictness.SHOULD,
        r -> Openings.with(r, "X-Name", "caf\u00e9"));
    opens(
        "body/length-0",
        "RFC 9110 §8.6",
        "Content-Length: 0",
        r -> Openings.with(r, "Content-Length", "0"));
    for (String name : List.of("x-wscope-unknown", "constructor", "__proto__", "toString")) {
      open(
          "subprotocol/" + name,
          "RFC 6455 §4.2.2",
          "an offer of the subprotocol " + name,
          r ->
              Openings.with(
                  Openings.without(r, "Sec-WebSocket-Protocol"), "Sec-WebSocket-Protocol", name));
    }
    open(
        "target/absolute",
        OPENING,
        "the whole URL as its target",
        r ->
            new HttpRequest(
                r.method(),
                "http://" + r.fields().get(0).value() + r.target(),
                r.version(),
                r.fields()));
    open(
        "lines/empty-first",
        "RFC 9112 §2.2",
        "an empty line before the request line",
        r -> new HttpRequest("\r\n" + r.method(), r.target(), r.version(), r.fields()));
    open(
        "version/1.2",
        "RFC 9110 §2.5",
        "the version HTTP/1.2",
        r -> new HttpRequest(r.method(), r.target(), "HTTP/1.2", r.fields()));
  }

  private void pieces() {
    for (int at : List.of(1, 2, 3, 4, 5, 10, 16, 20, 40, 60, 80, 100)) {
      piece(
          "cut/" + at, "a request in two pieces, the first of " + at + " bytes", Openings.cut(at));
    }
    for (int left : List.of(1, 2, 3, 4, 5, 6)) {
      piece(
          "cut/last-" + left,
          "a request in two pieces, the last of " + left + (left == 1 ? " byte" : " bytes"),
          Openings.cut(-left));
    }
    piece("cut/single-bytes", "a request byte by byte", Openings.singleBytes());
  }

  private void piece(String name, String sends, Opening opening) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, name, "RFC 6455 §4.2.1")
            .sends(sends)
            .opening(opening)
            .expect(new Expectation.Serves(List.of())));
  }

  /** A client has to wait for the response (§4.1), so that how a server reacts is open. */
  private void framesAfterRequest() {
    ByteBuffer text = frames.text("early").bytes();
    List<Payload> echo = List.of(Observation.copy(true, Openings.bytes("early")));
    after("frame", "a request and a frame in one segment", text, echo);
    for (int cut : List.of(1, 2, 5, 8)) {
      ByteBuffer start = text.duplicate().limit(cut);
      ByteBuffer rest = text.duplicate().position(cut);
      cases.add(
          CaseBuilder.of(HANDSHAKE, "early/cut-" + cut, "RFC 6455 §4.2.2")
              .strictness(Strictness.OPEN)
              .sends(
                  "a request and "
                      + cut
                      + (cut == 1 ? " byte" : " bytes")
                      + " of a frame in one segment, then its rest")
              .opening(Openings.with(start))
              .bytes(rest)
              .expect(new Expectation.Serves(echo)));
    }
    after(
        "two-frames",
        "a request and two frames in one segment",
        FrameBytes.join(text, frames.text("early").bytes()),
        List.of(echo.get(0), echo.get(0)));
  }

  private void after(String name, String sends, ByteBuffer bytes, List<Payload> echoes) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, "early/" + name, "RFC 6455 §4.2.2")
            .strictness(Strictness.OPEN)
            .sends(sends)
            .opening(Openings.with(bytes))
            .expect(new Expectation.Serves(echoes)));
  }

  private void noRequests() {
    cases.add(
        CaseBuilder.of(HANDSHAKE, "plain/get", "RFC 9110 §9.3.1")
            .strictness(Strictness.SHOULD)
            .sends("a GET request of a browser, without an upgrade")
            .opening(Openings.of(HandshakeCases::plain))
            .expect(new Expectation.Rejects()));
    other("tls", "the start of TLS", ByteBuffer.wrap(HexFormat.of().parseHex(CLIENT_HELLO)));
    other("http2", "the preface of HTTP/2", Openings.bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    other("frame", "a frame instead of a request", frames.text("Hello").bytes());
    other("garbage", "a line that is not a request", Openings.bytes("hello, server\r\n\r\n"));
  }

  private static HttpRequest plain(HttpRequest request) {
    HttpRequest left = request;
    for (String name :
        List.of("Upgrade", CONNECTION, "Sec-WebSocket-Key", "Sec-WebSocket-Version")) {
      left = Openings.without(left, name);
    }
    return left;
  }

  private void other(String name, String sends, ByteBuffer bytes) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, "other/" + name, "RFC 9112 §3")
            .strictness(Strictness.SHOULD)
            .sends(sends)
            .opening(Openings.instead(bytes))
            .expect(new Expectation.SpeaksNoWebSocket()));
  }

  private void text(String name, String sends, UnaryOperator<String> change) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, name, FIELDS + ".5")
            .sends("a request with " + sends)
            .opening(Openings.text(change))
            .expect(new Expectation.Serves(List.of())));
  }

  private void opens(
      String name, String citation, String sends, UnaryOperator<HttpRequest> change) {
    add(name, citation, sends, Strictness.MUST, change);
  }

  private void open(String name, String citation, String sends, UnaryOperator<HttpRequest> change) {
    add(name, citation, sends, Strictness.OPEN, change);
  }

  private void add(
      String name,
      String citation,
      String sends,
      Strictness strictness,
      UnaryOperator<HttpRequest> change) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, name, citation)
            .strictness(strictness)
            .sends("a request with " + sends)
            .opening(Openings.of(change))
            .expect(new Expectation.Serves(List.of())));
  }

  private static UnaryOperator<HttpRequest> value(String field, String value) {
    return r -> Openings.value(r, field, v -> value);
  }
}
