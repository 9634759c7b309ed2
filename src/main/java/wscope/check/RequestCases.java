package wscope.check;

import static wscope.check.Group.HANDSHAKE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.handshake.RequestFaults;
import wscope.protocol.rule.Rule;

/** Requests that break a rule: the fault of each rule, and further values of the same fields. */
final class RequestCases {
  private static final String KEY = "Sec-WebSocket-Key";
  private static final String VERSION = "Sec-WebSocket-Version";
  private static final String UPGRADE = "Upgrade";
  private static final String CONNECTION = "Connection";

  private final List<Case> cases = new ArrayList<>();

  private RequestCases() {}

  static List<Case> of() {
    RequestCases table = new RequestCases();
    RequestFaults.rules().forEach(table::fault);
    table.methods();
    table.fields();
    table.keys();
    table.versions();
    table.lines();
    return table.cases;
  }

  /** How binding the reaction of a server to a broken request is. */
  private static Strictness strictness(Rule rule) {
    return switch (rule) {
      // RFC 9112 §2.2 lets a server take LF; §5.2 lets it replace a fold by a space.
      case LINE_END_NOT_CRLF, HEADER_FIELD_FOLDED -> Strictness.OPEN;
      // RFC 9110 §5.5 demands a reaction only to CR, LF and NUL.
      case HEADER_VALUE_MALFORMED -> Strictness.OPEN;
      // These bind the client; how a server reacts is open.
      case TARGET_MALFORMED, HOST_MALFORMED, ORIGIN_REPEATED, VERSION_REPEATED -> Strictness.OPEN;
      case BODY_ANNOUNCED, SUBPROTOCOL_MALFORMED -> Strictness.OPEN;
      // RFC 6455 §4.2.2: it is not necessary for the server to decode the key.
      case KEY_MALFORMED -> Strictness.OPEN;
      case REQUEST_LINE_MALFORMED, HEADER_FIELD_WITHOUT_COLON, HEADER_NAME_MALFORMED ->
          Strictness.SHOULD;
      default -> Strictness.MUST;
    };
  }

  private void fault(Rule rule) {
    CaseBuilder builder =
        CaseBuilder.of(HANDSHAKE, rule.id() + "/fault", rule)
            .strictness(rule.isError() ? strictness(rule) : Strictness.OPEN)
            .sends("a request that breaks the rule: " + title(rule))
            .opening(Openings.of(request -> broken(rule, request)));
    builder.fault(rule.id());
    cases.add(builder.expect(expectation(rule)));
  }

  private static Expectation expectation(Rule rule) {
    if (!rule.isError()) {
      return new Expectation.Serves(List.of());
    }
    return rule == Rule.VERSION_UNSUPPORTED
        ? new Expectation.RejectsVersion()
        : new Expectation.Rejects();
  }

  private static String title(Rule rule) {
    return Character.toLowerCase(rule.title().charAt(0)) + rule.title().substring(1);
  }

  private static HttpRequest broken(Rule rule, HttpRequest request) {
    HttpRequest changed = RequestFaults.commit(rule, request);
    return changed == null ? request : changed;
  }

  private void methods() {
    for (String method : List.of("HEAD", "PUT", "DELETE", "OPTIONS", "CONNECT", "get")) {
      rejects(
          Rule.METHOD_NOT_GET,
          method,
          "the method " + method,
          Strictness.MUST,
          r -> new HttpRequest(method, r.target(), r.version(), r.fields()));
    }
    for (String version : List.of("HTTP/0.9", "HTTP/2.0", "HTTP/3.0", "http/1.1")) {
      rejects(
          Rule.HTTP_VERSION_UNSUPPORTED,
          version.replace('/', '-'),
          "the version " + version,
          ofVersion(version),
          r -> new HttpRequest(r.method(), r.target(), version, r.fields()));
    }
  }

  private static Strictness ofVersion(String version) {
    return switch (version) {
      case "http/1.1" -> Strictness.SHOULD;
      // RFC 6455 §4.2.1 asks for 1.1 or higher.
      case "HTTP/2.0", "HTTP/3.0" -> Strictness.OPEN;
      default -> Strictness.MUST;
    };
  }

  private void fields() {
    value(Rule.UPGRADE_MISSING, UPGRADE, "websockets", "longer-name");
    value(Rule.UPGRADE_MISSING, UPGRADE, "web socket", "space");
    value(Rule.UPGRADE_MISSING, UPGRADE, "", "empty");
    rejects(
        Rule.UPGRADE_MISSING,
        "absent",
        "no Upgrade field",
        Strictness.MUST,
        r -> Openings.without(r, UPGRADE));
    value(Rule.CONNECTION_WITHOUT_UPGRADE, CONNECTION, "Upgrades", "longer-name");
    value(Rule.CONNECTION_WITHOUT_UPGRADE, CONNECTION, "x-Upgrade", "prefix");
    value(Rule.CONNECTION_WITHOUT_UPGRADE, CONNECTION, "close", "close");
    value(Rule.CONNECTION_WITHOUT_UPGRADE, CONNECTION, "", "empty");
    rejects(
        Rule.CONNECTION_WITHOUT_UPGRADE,
        "absent",
        "no Connection field",
        Strictness.MUST,
        r -> Openings.without(r, CONNECTION));
    open(Rule.HOST_MISSING, "Host", "", "empty");
    open(Rule.HOST_MALFORMED, "Host", "a b", "space");
    rejects(
        Rule.BODY_ANNOUNCED,
        "chunked",
        "Transfer-Encoding: chunked",
        Strictness.OPEN,
        r -> Openings.with(r, "Transfer-Encoding", "chunked"));
    rejects(
        Rule.EXTENSIONS_MALFORMED,
        "unclosed-quote",
        "Sec-WebSocket-Extensions: a; b=\"c",
        Strictness.MUST,
        r -> Openings.with(r, "Sec-WebSocket-Extensions", "a; b=\"c"));
  }

  private void keys() {
    open(Rule.KEY_MALFORMED, KEY, "", "empty");
    open(Rule.KEY_MALFORMED, KEY, "dGhlIHNhbXBsZSBub25j", "15-bytes");
    open(Rule.KEY_MALFORMED, KEY, "dGhlIHNhbXBsZSBub25jZTE=", "17-bytes");
    open(Rule.KEY_MALFORMED, KEY, "not base64: !!!!!!!!!!!!", "no-base64");
    open(Rule.KEY_MALFORMED, KEY, "_-hlIHNhbXBsZSBub25jZQ==", "base64url");
    open(Rule.KEY_MALFORMED, KEY, "dGhlIHNhbXBsZSBub25jZQ", "no-padding");
    open(Rule.KEY_MALFORMED, KEY, "dGhlIHNhbXBsZSBub25jZQ=", "half-padding");
    open(Rule.KEY_MALFORMED, KEY, "dGhlIHNhbXBs ZSBub25jZQ==", "inner-space");
    open(Rule.KEY_MALFORMED, KEY, "x", "one-character");
  }

  private void versions() {
    for (String version : List.of("0", "14", "255")) {
      cases.add(version(version).expect(new Expectation.RejectsVersion()));
    }
    // §4.4: a server may support the drafts with version 7 and 8 too.
    for (String version : List.of("7", "8")) {
      cases.add(version(version).strictness(Strictness.OPEN).expect(new Expectation.Rejects()));
    }
    for (String version : List.of("013", "+13", "13, 8", "x", "")) {
      cases.add(version(version).strictness(Strictness.SHOULD).expect(new Expectation.Rejects()));
    }
  }

  private static CaseBuilder version(String version) {
    return rejection(Rule.VERSION_UNSUPPORTED, name(version), VERSION + ": " + version)
        .opening(Openings.of(r -> Openings.value(r, VERSION, v -> version)));
  }

  private void lines() {
    text(
        Rule.HEADER_NAME_MALFORMED,
        "space-before-colon",
        "a space before the colon of Upgrade",
        Strictness.MUST,
        head -> head.replace("Upgrade: websocket", "Upgrade : websocket"));
    text(
        Rule.HEADER_VALUE_MALFORMED,
        "nul",
        "a NUL in a value",
        Strictness.OPEN,
        head -> head.replace("\r\n\r\n", "\r\nX-Fault: a\0b\r\n\r\n"));
    text(
        Rule.HEADER_VALUE_MALFORMED,
        "cr",
        "a CR alone in a value",
        Strictness.SHOULD,
        head -> head.replace("\r\n\r\n", "\r\nX-Fault: a\rb\r\n\r\n"));
    text(
        Rule.LINE_END_NOT_CRLF,
        "all",
        "a request whose lines all end with LF",
        Strictness.OPEN,
        head -> head.replace("\r\n", "\n"));
    text(
        Rule.REQUEST_LINE_MALFORMED,
        "no-version",
        "a request line without a version",
        Strictness.SHOULD,
        head -> head.replace(" HTTP/1.1", ""));
    text(
        Rule.REQUEST_LINE_MALFORMED,
        "two-spaces",
        "a request line with two spaces after GET",
        Strictness.OPEN,
        head -> head.replace("GET ", "GET  "));
  }

  private void value(Rule rule, String field, String value, String name) {
    valued(rule, field, value, name, Strictness.MUST);
  }

  private void open(Rule rule, String field, String value, String name) {
    valued(rule, field, value, name, Strictness.OPEN);
  }

  private void valued(Rule rule, String field, String value, String name, Strictness strictness) {
    rejects(
        rule, name, field + ": " + value, strictness, r -> Openings.value(r, field, v -> value));
  }

  private void rejects(
      Rule rule,
      String name,
      String sends,
      Strictness strictness,
      UnaryOperator<HttpRequest> change) {
    cases.add(
        rejection(rule, name, sends)
            .strictness(strictness)
            .opening(Openings.of(change))
            .expect(expectation(rule)));
  }

  private void text(
      Rule rule, String name, String sends, Strictness strictness, UnaryOperator<String> change) {
    cases.add(
        rejection(rule, name, sends)
            .strictness(strictness)
            .opening(Openings.text(change))
            .expect(new Expectation.Rejects()));
  }

  private static CaseBuilder rejection(Rule rule, String name, String sends) {
    return CaseBuilder.of(HANDSHAKE, rule.id() + "/" + name, rule).sends("a request with " + sends);
  }

  private static String name(String value) {
    return value.isEmpty() ? "empty" : value.replace(", ", "-and-").replace("+", "plus-");
  }
}
