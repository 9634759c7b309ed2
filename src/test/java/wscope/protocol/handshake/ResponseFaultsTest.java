package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.support.SampleHandshake;

/** A client finds the rule that {@link ResponseFaults} breaks, and no other. */
class ResponseFaultsTest {
  private static final String ACCEPT = SampleHandshake.ACCEPT;

  static Set<Rule> faults() {
    return ResponseFaults.rules();
  }

  /** The offer has a parameter, which the response can ignore. */
  @ParameterizedTest
  @MethodSource("faults")
  void breaksThisRuleAndNoOther(Rule rule) {
    String extensions =
        "permessage-deflate; server_max_window_bits=10"
            + (rule == Rule.DEFLATE_CLIENT_WINDOW_RAISED ? "; client_max_window_bits=10" : "");
    RequestHead request = request(extensions);
    HttpResponse correct = response("chat", extensions);
    assertEquals(List.of(), broken(request, correct));
    HttpResponse response = ResponseFaults.commit(rule, request, correct);
    assertNotNull(response);
    assertEquals(Set.of(rule), Set.copyOf(broken(request, response)));
  }

  /** Every fault is committed, except those with a condition. */
  @Test
  void commitsFaultsWithoutAnAgreement() {
    RequestHead request = request(null);
    HttpResponse correct = response(null, null);
    List<Rule> warnings = List.of(Rule.SUBPROTOCOL_NOT_SELECTED);
    assertEquals(warnings, broken(request, correct));
    for (Rule rule : faults()) {
      HttpResponse response = ResponseFaults.commit(rule, request, correct);
      if (ResponseFaults.condition(rule) == null) {
        assertNotNull(response, rule::id);
        Set<Rule> found = EnumSet.copyOf(broken(request, response));
        found.removeAll(warnings);
        assertEquals(Set.of(rule), found);
      } else {
        assertNull(response, rule::id);
      }
    }
  }

  /** Several faults are committed, as long as none undoes another. */
  @Test
  void commitsSeveralFaults() {
    RequestHead request = request(null);
    HttpResponse response = response(null, null);
    List<Rule> together =
        List.of(Rule.ACCEPT_WRONG, Rule.EXTENSION_NOT_OFFERED, Rule.SUBPROTOCOL_NOT_OFFERED);
    for (Rule rule : together) {
      response = ResponseFaults.commit(rule, request, response);
      assertNotNull(response, rule::id);
    }
    assertEquals(Set.copyOf(together), Set.copyOf(broken(request, response)));
    assertNull(ResponseFaults.commit(Rule.ACCEPT_MISSING, request, response));
  }

  /** The offer of a browser allows a limit for its window, and requires nothing. */
  @Test
  void commitsFaultsWithTheOfferOfABrowser() {
    RequestHead request = request("permessage-deflate; client_max_window_bits");
    HttpResponse correct = response("chat", "permessage-deflate");
    Set<Rule> kept = EnumSet.noneOf(Rule.class);
    for (Rule rule : faults()) {
      if (ResponseFaults.commit(rule, request, correct) == null) {
        kept.add(rule);
      }
    }
    assertEquals(
        EnumSet.of(
            Rule.DEFLATE_PARAMETER_NOT_OFFERED,
            Rule.DEFLATE_CLIENT_WINDOW_RAISED,
            Rule.DEFLATE_OFFER_IGNORED),
        kept);
  }

  /** The lines that the fault removes from the correct response, and those that it adds. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "STATUS_LINE_MALFORMED | HTTP/1.1 101 Switching Protocols | HTTP/1.1 10 Switching Protocols",
        "ANSWER_WITHOUT_UPGRADE | Upgrade: websocket | -",
        "ANSWER_WITHOUT_CONNECTION_UPGRADE | Connection: Upgrade | -",
        "ACCEPT_MISSING | Sec-WebSocket-Accept: " + ACCEPT + " | -",
        "ACCEPT_WRONG | Sec-WebSocket-Accept: "
            + ACCEPT
            + " | Sec-WebSocket-Accept: Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=",
        "ACCEPT_REPEATED | - | Sec-WebSocket-Accept: " + ACCEPT,
        "SUBPROTOCOL_NOT_OFFERED | Sec-WebSocket-Protocol: chat"
            + " | Sec-WebSocket-Protocol: not-offered",
        "SUBPROTOCOL_REPEATED | - | Sec-WebSocket-Protocol: chat",
        "EXTENSION_NOT_OFFERED | - | Sec-WebSocket-Extensions: not-offered",
        "EXTENSIONS_MALFORMED | - | Sec-WebSocket-Extensions: ,",
        "DEFLATE_AGREED_TWICE | - | Sec-WebSocket-Extensions: permessage-deflate",
        "DEFLATE_PARAMETER_UNKNOWN | Sec-WebSocket-Extensions: permessage-deflate"
            + " | Sec-WebSocket-Extensions: permessage-deflate; unknown",
        "DEFLATE_PARAMETER_NOT_OFFERED | Sec-WebSocket-Extensions: permessage-deflate"
            + " | Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=15",
        "ANSWER_HTTP_VERSION | HTTP/1.1 101 Switching Protocols | HTTP/1.0 101 Switching Protocols",
        "ANSWER_LINE_END_NOT_CRLF | - | X-Fault: LF alone<LF>X-Next: CR LF",
        "ANSWER_FIELD_FOLDED | - | X-Fault: one line<CRLF> and another",
        "ANSWER_FIELD_MALFORMED | - | X-Fault : a space before the colon",
        "ANSWER_BODY_ANNOUNCED | - | Content-Length: 0",
        "ANSWER_UPGRADE_REPEATED | - | Upgrade: websocket",
        "SUBPROTOCOL_NOT_SELECTED | Sec-WebSocket-Protocol: chat | -",
      })
  void changesTheseLines(Rule rule, @Nullable String less, @Nullable String more) {
    RequestHead request = request("permessage-deflate");
    HttpResponse correct = response("chat", "permessage-deflate");
    HttpResponse response = ResponseFaults.commit(rule, request, correct);
    assertNotNull(response);
    List<String> before = lines(correct);
    List<String> after = lines(response);
    List<String> added = new ArrayList<>(after);
    before.forEach(added::remove);
    List<String> removed = new ArrayList<>(before);
    after.forEach(removed::remove);
    assertEquals(less == null ? List.of() : List.of(less), removed);
    assertEquals(more == null ? List.of() : lines(more), added);
  }

  /** Every rule that a client checks can be broken. */
  @ParameterizedTest
  @EnumSource
  void hasAFaultForEveryRuleOfResponses(Rule rule) {
    boolean ofResponses =
        rule.compareTo(Rule.STATUS_LINE_MALFORMED) >= 0 || rule == Rule.EXTENSIONS_MALFORMED;
    boolean ofHeads = rule == Rule.HEADER_VALUE_MALFORMED;
    assertEquals(ofResponses || ofHeads, ResponseFaults.rules().contains(rule));
    if (!ResponseFaults.rules().contains(rule)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> ResponseFaults.commit(rule, request(null), response(null, null)));
    }
  }

  /** If the client offers the extension of the fault, the fault is impossible. */
  @Test
  void commitsNoFaultThatTheOfferPrevents() {
    RequestHead request = request("not-offered");
    HttpResponse correct = response("chat", null);
    assertNull(ResponseFaults.commit(Rule.EXTENSION_NOT_OFFERED, request, correct));
    assertTrue(broken(request, correct).isEmpty());
  }

  private static List<String> lines(HttpResponse response) {
    return List.of(response.head().split("\r\n"));
  }

  private static List<String> lines(String marked) {
    return Stream.of(marked.split("<CRLF>")).map(line -> line.replace("<LF>", "\n")).toList();
  }

  private static HttpResponse response(@Nullable String subprotocol, @Nullable String extensions) {
    List<OutgoingHeaderField> fields = new ArrayList<>();
    fields.add(new OutgoingHeaderField("Upgrade", "websocket"));
    fields.add(new OutgoingHeaderField("Connection", "Upgrade"));
    fields.add(new OutgoingHeaderField("Sec-WebSocket-Accept", ACCEPT));
    if (subprotocol != null) {
      fields.add(new OutgoingHeaderField("Sec-WebSocket-Protocol", subprotocol));
    }
    if (extensions != null) {
      fields.add(new OutgoingHeaderField("Sec-WebSocket-Extensions", extensions));
    }
    return new HttpResponse(101, "Switching Protocols", fields, "");
  }

  /** The RFC's own request (§1.2). */
  private static RequestHead request(@Nullable String extensions) {
    String head =
        SampleHandshake.with(SampleHandshake.REQUEST, "Sec-WebSocket-Protocol: chat, superchat");
    if (extensions != null) {
      head = SampleHandshake.with(head, "Sec-WebSocket-Extensions: " + extensions);
    }
    RequestDecoder decoder = new RequestDecoder(16384, 128);
    decoder.feed(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
    assertEquals(List.of(), decoder.violations());
    return decoder.head();
  }

  /** The rules that a client finds broken, each as often as it finds it. */
  private static List<Rule> broken(RequestHead request, HttpResponse response) {
    ResponseDecoder decoder = new ResponseDecoder(16384, 128);
    assertTrue(decoder.feed(response.bytes()));
    List<Violation> violations = new ArrayList<>(decoder.violations());
    ResponseHead head = decoder.head();
    if (head != null) {
      violations.addAll(ClientHandshake.check(request, head).violations());
    }
    return violations.stream().map(Violation::rule).toList();
  }
}
