package wscope.check;

import static wscope.check.Group.HANDSHAKE;
import static wscope.check.Group.LIMITS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import wscope.protocol.handshake.AcceptKey;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.ResponseFaults;
import wscope.protocol.rule.Rule;

/** Responses that break a rule: the fault of each rule, and further values of the same fields. */
final class ClientResponseCases {
  private static final String ACCEPT = "Sec-WebSocket-Accept";
  private static final String UPGRADE = "Upgrade";
  private static final String CONNECTION = "Connection";
  private static final String SAMPLE = AcceptKey.of("dGhlIHNhbXBsZSBub25jZQ==").value();

  private final List<Case> cases = new ArrayList<>();

  private ClientResponseCases() {}

  static List<Case> of() {
    ClientResponseCases table = new ClientResponseCases();
    ResponseFaults.rules().forEach(table::fault);
    table.accepts();
    table.upgrades();
    table.statusLines();
    table.lines();
    table.agreements();
    table.heads();
    return table.cases;
  }

  /** How binding the reaction of a client to a broken response is. */
  private static Strictness strictness(Rule rule) {
    return switch (rule) {
      // RFC 9110 §5.5 lets a recipient replace a zero byte by a space.
      case HEADER_VALUE_MALFORMED -> Strictness.OPEN;
      case STATUS_LINE_MALFORMED -> Strictness.SHOULD;
      default -> rule.isError() ? Strictness.MUST : Strictness.OPEN;
    };
  }

  private void fault(Rule rule) {
    Group group = ResponseFaults.needsDeflate(rule) ? Group.OFFERS : HANDSHAKE;
    cases.add(
        CaseBuilder.of(group, rule.id() + "/fault", rule)
            .strictness(strictness(rule))
            .sends("a response that breaks the rule: " + rule.title())
            .beginning(Replies.breaking(rule))
            .fault(rule.id())
            .expect(new Expectation.StaysClosed()));
  }

  /** The values that servers written by hand send. */
  private void accepts() {
    accept("empty", "an empty Sec-WebSocket-Accept", value -> "");
    accept("cut", "a Sec-WebSocket-Accept without its last character", value -> cut(value, 1));
    accept("longer", "a Sec-WebSocket-Accept and one more character", value -> value + "A");
    accept("other-case", "a Sec-WebSocket-Accept in upper case", ClientResponseCases::otherCase);
    accept("quoted", "a Sec-WebSocket-Accept in quotes", value -> '"' + value + '"');
    accept("other-key", "the Sec-WebSocket-Accept of another key", value -> SAMPLE);
    accept("zeros", "the base64 of 20 zero bytes", value -> "A".repeat(27) + "=");
    accept("list", "a Sec-WebSocket-Accept and another value", value -> value + ", " + SAMPLE);
    Reply echoed =
        (request, correct) -> {
          HeaderField key = request.first("Sec-WebSocket-Key");
          String value = key == null ? "" : key.value();
          return List.of(Replies.value(correct, ACCEPT, old -> value).bytes());
        };
    cases.add(
        CaseBuilder.of(HANDSHAKE, Rule.ACCEPT_WRONG.id() + "/key", Rule.ACCEPT_WRONG)
            .sends("the key as Sec-WebSocket-Accept")
            .beginning(echoed)
            .expect(new Expectation.StaysClosed()));
  }

  private static String cut(String value, int count) {
    return value.substring(0, value.length() - count);
  }

  private static String otherCase(String value) {
    return value.toUpperCase(java.util.Locale.ROOT);
  }

  private void accept(String name, String sends, UnaryOperator<String> change) {
    broken(Rule.ACCEPT_WRONG, name, sends, r -> Replies.value(r, ACCEPT, change));
  }

  private void upgrades() {
    for (String value : List.of("h2c", "websocket2", "xwebsocket", "")) {
      broken(
          Rule.ANSWER_WITHOUT_UPGRADE,
          value.isEmpty() ? "empty" : value,
          value.isEmpty() ? "an empty Upgrade" : "Upgrade: " + value,
          r -> Replies.value(r, UPGRADE, old -> value));
    }
    for (String value : List.of("keep-alive", "close", "Upgrades", "xUpgrade", "")) {
      broken(
          Rule.ANSWER_WITHOUT_CONNECTION_UPGRADE,
          value.isEmpty() ? "empty" : value,
          value.isEmpty() ? "an empty Connection" : "Connection: " + value,
          r -> Replies.value(r, CONNECTION, old -> value));
    }
  }

  private void statusLines() {
    for (String version : List.of("HTTP/0.9", "HTTP/2.0", "HTTP/3.0")) {
      text(
          Rule.ANSWER_HTTP_VERSION,
          version.replace('/', '-'),
          Strictness.OPEN,
          "the version " + version,
          head -> head.replace("HTTP/1.1", version));
    }
    String[][] lines = {
      {"no-status", "HTTP/1.1 Switching Protocols"},
      {"four-digits", "HTTP/1.1 1010 Switching Protocols"},
      {"letters", "HTTP/1.1 abc Switching Protocols"},
      {"no-version", "101 Switching Protocols"},
      {"other-protocol", "ICY 101 Switching Protocols"},
    };
    for (String[] line : lines) {
      text(
          Rule.STATUS_LINE_MALFORMED,
          line[0],
          Strictness.SHOULD,
          "the status line " + line[1],
          head -> head.replace("HTTP/1.1 101 Switching Protocols", line[1]));
    }
  }

  private void lines() {
    text(
        Rule.ANSWER_LINE_END_NOT_CRLF,
        "all",
        Strictness.OPEN,
        "a response whose lines all end with LF alone",
        head -> head.replace("\r\n", "\n"));
    text(
        Rule.ANSWER_FIELD_FOLDED,
        "accept",
        Strictness.OPEN,
        "a response with a folded Sec-WebSocket-Accept",
        head -> head.replace(ACCEPT + ": ", ACCEPT + ":\r\n "));
    text(
        Rule.ANSWER_FIELD_MALFORMED,
        "accept",
        Strictness.OPEN,
        "a response with a space before the colon of Sec-WebSocket-Accept",
        head -> head.replace(ACCEPT + ":", ACCEPT + " :"));
  }

  private void agreements() {
    for (String name : List.of("x-webkit-deflate-frame", "permessage-bzip2", "mux; max=1")) {
      broken(
          Rule.EXTENSION_NOT_OFFERED,
          name.split(";", -1)[0],
          "an agreement to the extension " + name,
          r -> Replies.with(r, Replies.EXTENSIONS, name));
    }
    String[][] malformed = {
      {"semicolon", ";"},
      {"no-parameter", "permessage-deflate;"},
      {"equals", "="},
      {"space", "a b"},
      {"no-name", "permessage-deflate; =1"},
    };
    for (String[] value : malformed) {
      broken(
          Rule.EXTENSIONS_MALFORMED,
          value[0],
          "Sec-WebSocket-Extensions: " + value[1],
          r -> Replies.with(r, Replies.EXTENSIONS, value[1]));
    }
    broken(
        Rule.SUBPROTOCOL_NOT_OFFERED,
        "empty",
        "an empty Sec-WebSocket-Protocol",
        r -> Replies.with(r, Replies.SUBPROTOCOL, ""));
    cases.add(
        CaseBuilder.of(
                HANDSHAKE,
                Rule.SUBPROTOCOL_NOT_OFFERED.id() + "/other-case",
                Rule.SUBPROTOCOL_NOT_OFFERED)
            .sends("the offered subprotocol in the other letter case")
            .beginning(Replies.subprotocol(ClientResponseCases::swapped))
            .expect(new Expectation.StaysClosed()));
    cases.add(
        CaseBuilder.of(HANDSHAKE, "subprotocol/first", "RFC 6455 §4.1")
            .sends("the first offered subprotocol")
            .beginning(Replies.subprotocol(UnaryOperator.identity()))
            .expect(new Expectation.Serves(List.of())));
  }

  private static String swapped(String name) {
    String upper = name.toUpperCase(java.util.Locale.ROOT);
    return upper.equals(name) ? name.toLowerCase(java.util.Locale.ROOT) : upper;
  }

  /** A client has to limit a head, or has to read it: it must not wait for ever. */
  private void heads() {
    for (int kib : new int[] {64, 1024}) {
      CaseBuilder builder =
          CaseBuilder.of(LIMITS, "head/field-of-" + kib + "-kib", Rule.HEAD_TOO_LARGE)
              .strictness(Strictness.OPEN)
              .sends("a response with a field of " + kib + " KiB")
              .beginning(Replies.of(r -> Replies.with(r, "X-Long", "x".repeat(kib << 10))));
      if (kib > 64) {
        builder.flood();
      }
      cases.add(builder.expect(new Expectation.Serves(List.of())));
    }
    for (int count : new int[] {100, 2000}) {
      CaseBuilder builder =
          CaseBuilder.of(LIMITS, "head/" + count + "-fields", Rule.TOO_MANY_HEADER_FIELDS)
              .strictness(Strictness.OPEN)
              .sends("a response with " + count + " more fields")
              .beginning(Replies.text(head -> withFields(head, count)));
      if (count > 200) {
        builder.flood();
      }
      cases.add(builder.expect(new Expectation.Serves(List.of())));
    }
  }

  private static String withFields(String head, int count) {
    StringBuilder all = new StringBuilder(head);
    all.setLength(head.length() - 2);
    for (int i = 0; i < count; i++) {
      all.append("X-").append(i).append(": 1\r\n");
    }
    return all.append("\r\n").toString();
  }

  private void broken(Rule rule, String name, String sends, UnaryOperator<HttpResponse> change) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, rule.id() + "/" + name, rule)
            .strictness(strictness(rule))
            .sends(sends)
            .beginning(Replies.of(change))
            .expect(new Expectation.StaysClosed()));
  }

  private void text(
      Rule rule, String name, Strictness strictness, String sends, UnaryOperator<String> change) {
    cases.add(
        CaseBuilder.of(HANDSHAKE, rule.id() + "/" + name, rule)
            .strictness(strictness)
            .sends(sends)
            .beginning(Replies.text(change))
            .expect(new Expectation.StaysClosed()));
  }
}
