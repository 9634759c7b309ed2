package wscope.check;

import static wscope.check.Group.HANDSHAKE;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.rule.Endpoint;

/** Correct responses in unusual forms and pieces, and responses that open no WebSocket. */
final class ClientHandshakeCases {
  private static final String OPENING = "RFC 6455 §4.1";
  private static final String FIELDS = "RFC 9110 §5";
  private static final String CONNECTION = "Connection";
  private static final String UPGRADE = "Upgrade";

  private final List<Case> cases = new ArrayList<>();
  private final FrameBytes frames;

  private ClientHandshakeCases(long seed) {
    frames = new FrameBytes(Endpoint.SERVER, new Random(seed));
  }

  static List<Case> of(long seed) {
    ClientHandshakeCases table = new ClientHandshakeCases(seed);
    table.values();
    table.lines();
    table.pieces();
    table.framesAfterResponse();
    table.interim();
    table.statuses();
    table.otherBytes();
    return table.cases;
  }

  private void values() {
    for (String value : List.of("WebSocket", "WEBSOCKET")) {
      opens("upgrade/" + value, OPENING, "Upgrade: " + value, value(UPGRADE, value));
    }
    String[][] connections = {
      {"upgrade", "lower"},
      {"UPGRADE", "upper"},
      {"keep-alive, Upgrade", "second"},
      {"Upgrade, keep-alive", "first"},
    };
    for (String[] one : connections) {
      opens("connection/" + one[1], OPENING, "Connection: " + one[0], value(CONNECTION, one[0]));
    }
    opens(
        "names/lower", FIELDS, "field names in lower case", names(n -> n.toLowerCase(Locale.ROOT)));
    opens(
        "names/upper", FIELDS, "field names in upper case", names(n -> n.toUpperCase(Locale.ROOT)));
    opens(
        "fields/order",
        FIELDS,
        "the fields in the opposite order",
        r -> {
          List<OutgoingHeaderField> fields = new ArrayList<>(r.fields());
          java.util.Collections.reverse(fields);
          return Replies.fields(r, fields);
        });
    opens(
        "fields/unknown",
        FIELDS,
        "50 unknown fields of 10 bytes",
        r -> {
          HttpResponse all = r;
          for (int i = 0; i < 50; i++) {
            all = Replies.with(all, "X-Unknown-" + i, "x".repeat(10));
          }
          return all;
        });
    for (int kib : new int[] {1, 4, 16}) {
      CaseBuilder builder =
          CaseBuilder.of(HANDSHAKE, "fields/of-" + kib + "-kib", FIELDS)
              .sends("a response with a field of " + kib + " KiB")
              .beginning(Replies.of(r -> Replies.with(r, "X-Long", "x".repeat(kib << 10))));
      if (kib > 1) {
        builder.strictness(Strictness.OPEN);
      }
      cases.add(builder.expect(new Expectation.Serves(List.of())));
    }
    opens(
        "fields/cookie",
        FIELDS,
        "a Set-Cookie field",
        r -> Replies.with(r, "Set-Cookie", "id=1; Path=/; HttpOnly"));
  }

  private void lines() {
    text("spaces/none", "no space after the colons", head -> head.replace(": ", ":"));
    text("spaces/many", "three spaces after each colon", head -> head.replace(": ", ":   "));
    text("spaces/tab", "a tab after each colon", head -> head.replace(": ", ":\t"));
    text(
        "spaces/trailing",
        "a space and a tab at the end of each value",
        head -> {
          int end = head.indexOf("\r\n") + 2;
          return head.substring(0, end)
              + head.substring(end, head.length() - 4).replace("\r\n", " \t\r\n")
              + " \t\r\n\r\n";
        });
    text(
        "status-line/no-reason",
        "a status line without a reason phrase",
        head -> head.replace("101 Switching Protocols", "101 "));
    text(
        "status-line/other-reason",
        "a status line with another reason phrase",
        head -> head.replace("Switching Protocols", "Web Socket Protocol Handshake"));
  }

  private void pieces() {
    for (int at : new int[] {1, 9, 13, 34, 60, -3, -2, -1}) {
      open(
          "cut/" + (at < 0 ? "end" + at : String.valueOf(at)),
          "a response, cut " + (at < 0 ? -at + " bytes before its end" : "after byte " + at),
          Replies.cut(at));
    }
    open("single-bytes", "a response, byte by byte", Replies.singleBytes());
  }

  /** The first frames may arrive in the segment of the response, or cut anywhere. */
  private void framesAfterResponse() {
    ByteBuffer text = frames.text("early").bytes();
    ByteBuffer ping = frames.ping("early").bytes();
    Payload echo = new Payload(true, ByteBuffer.wrap(FrameBytes.utf8("early")));
    early("one-segment/text", "a response and a text in one segment", text, echo);
    early("one-segment/ping", "a response and a ping in one segment", ping);
    early(
        "one-segment/large",
        "a response and a binary message of 64 KiB",
        frames.frame(Opcode.BINARY, new byte[65536]).bytes());
    for (int cut : new int[] {1, 2, 4}) {
      cases.add(
          CaseBuilder.of(HANDSHAKE, "one-segment/cut-" + cut, OPENING)
              .sends("a response and the first " + cut + " bytes of a text; then the rest")
              .beginning(Replies.with(text.duplicate().limit(cut)))
              .step(FramingCases.GAP)
              .bytes(text.duplicate().position(cut))
              .expect(new Expectation.Serves(List.of(echo))));
    }
  }

  private void early(String name, String sends, ByteBuffer after, Payload... echoes) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, name, OPENING)
            .sends(sends)
            .beginning(Replies.with(after))
            .expect(new Expectation.Serves(List.of(echoes))));
  }

  /** RFC 9110 §15.2: a client has to parse interim responses, and may ignore them. */
  private void interim() {
    String[][] heads = {
      {"100", "HTTP/1.1 100 Continue\r\n\r\n"},
      {"102", "HTTP/1.1 102 Processing\r\n\r\n"},
      {"103", "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"},
      {"two", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n"},
    };
    for (String[] head : heads) {
      cases.add(
          CaseBuilder.of(HANDSHAKE, "interim/" + head[0], "RFC 9110 §15.2")
              .strictness(Strictness.SHOULD)
              .sends("an interim response before the 101 response: " + head[0])
              .beginning(Replies.text(correct -> head[1] + correct))
              .expect(new Expectation.Serves(List.of())));
    }
  }

  /** Any status but 101 opens no WebSocket, even with the fields of a handshake. */
  private void statuses() {
    for (int status : new int[] {200, 204, 400, 403, 404, 426, 429, 500, 503}) {
      stays("status/" + status, "the response " + status, status, "Content-Length: 0\r\n");
    }
    stays(
        "status/401",
        "the response 401",
        401,
        "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n");
    stays(
        "status/407",
        "the response 407",
        407,
        "Proxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n");
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      stays(
          "redirect/" + status,
          "the response " + status + " to another path",
          status,
          "Location: " + Replies.REDIRECTED + "\r\nContent-Length: 0\r\n");
    }
    for (int status : new int[] {200, 201, 400}) {
      cases.add(
          CaseBuilder.of(HANDSHAKE, "status/" + status + "/handshake", OPENING)
              .sends("the response " + status + " with the fields of a correct handshake")
              .beginning(Replies.text(head -> withStatus(head, status)))
              .expect(new Expectation.StaysClosed()));
    }
    cases.add(
        CaseBuilder.of(HANDSHAKE, "body/long", OPENING)
            .sends("the response 404 with a body of 100 KiB")
            .beginning(
                Replies.instead(
                    "HTTP/1.1 404 Not Found\r\nContent-Length: 102400\r\n\r\n"
                        + "x".repeat(102400)))
            .step(new Step.Finish())
            .expect(new Expectation.StaysClosed()));
    cases.add(
        CaseBuilder.of(HANDSHAKE, "body/chunked", OPENING)
            .sends("the response 200 with a chunked body")
            .beginning(
                Replies.instead(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n0\r\n\r\n"))
            .step(new Step.Finish())
            .expect(new Expectation.StaysClosed()));
  }

  /** The fields of a handshake, and an empty body, after another status. */
  private static String withStatus(String head, int status) {
    return head.replace("101 Switching Protocols\r\n", status + " X\r\nContent-Length: 0\r\n");
  }

  private void stays(String name, String sends, int status, String fields) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, name, OPENING)
            .sends(sends + ", then the end of TCP")
            .beginning(Replies.instead("HTTP/1.1 " + status + " X\r\n" + fields + "\r\n"))
            .step(new Step.Finish())
            .expect(new Expectation.StaysClosed()));
  }

  private void otherBytes() {
    other("other/text", "a line of text", "hello\r\n\r\n");
    other("other/ssh", "the greeting of SSH", "SSH-2.0-OpenSSH_9.6\r\n");
    other("other/http-0.9", "HTML without a head", "<html>hello</html>\n");
    other("other/frame", "a frame instead of a response", "\u0081\u0005Hello");
    other("other/tls", "an alert of TLS", "\u0015\u0003\u0003\0\u0002\u0002(");
    other("other/zeros", "100 zero bytes", "\0".repeat(100));
    cases.add(
        CaseBuilder.of(HANDSHAKE, "other/nothing", OPENING)
            .sends("the end of TCP instead of a response")
            .beginning(Replies.NOTHING)
            .step(new Step.Finish())
            .expect(new Expectation.StaysClosed()));
    cases.add(
        CaseBuilder.of(HANDSHAKE, "other/half", OPENING)
            .sends("half of a response, then the end of TCP")
            .beginning(Replies.start(40))
            .step(new Step.Finish())
            .expect(new Expectation.StaysClosed()));
    cases.add(
        CaseBuilder.of(HANDSHAKE, "other/no-empty-line", OPENING)
            .sends("a response without its empty line, then the end of TCP")
            .beginning(Replies.text(head -> head.substring(0, head.length() - 2)))
            .step(new Step.Finish())
            .expect(new Expectation.StaysClosed()));
  }

  private void other(String name, String sends, String bytes) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, name, OPENING)
            .sends(sends + ", then the end of TCP")
            .beginning(Replies.instead(bytes))
            .step(new Step.Finish())
            .expect(new Expectation.StaysClosed()));
  }

  private void opens(
      String name, String citation, String sends, UnaryOperator<HttpResponse> change) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, name, citation)
            .sends(sends)
            .beginning(Replies.of(change))
            .expect(new Expectation.Serves(List.of())));
  }

  private void text(String name, String sends, UnaryOperator<String> change) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, name, FIELDS)
            .sends(sends)
            .beginning(Replies.text(change))
            .expect(new Expectation.Serves(List.of())));
  }

  private void open(String name, String sends, Reply reply) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, name, OPENING)
            .sends(sends)
            .beginning(reply)
            .expect(new Expectation.Serves(List.of())));
  }

  private static UnaryOperator<HttpResponse> value(String name, String value) {
    return r -> Replies.value(r, name, old -> value);
  }

  private static UnaryOperator<HttpResponse> names(UnaryOperator<String> change) {
    return r ->
        Replies.fields(
            r,
            r.fields().stream()
                .map(f -> new OutgoingHeaderField(change.apply(f.name()), f.value()))
                .toList());
  }
}
