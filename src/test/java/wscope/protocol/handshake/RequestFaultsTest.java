package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** A server finds the rule that {@link RequestFaults} breaks, and no other. */
class RequestFaultsTest {
  private static final Set<Rule> RULES = rules();

  /** All rules that a server checks in a request, except its limits. */
  private static Set<Rule> rules() {
    Set<Rule> rules = EnumSet.range(Rule.METHOD_NOT_GET, Rule.EXTENSIONS_MALFORMED);
    rules.addAll(EnumSet.range(Rule.LINE_END_NOT_CRLF, Rule.HEADER_VALUE_MALFORMED));
    rules.add(Rule.REQUEST_LINE_MALFORMED);
    return rules;
  }

  @ParameterizedTest
  @EnumSource
  void breaksThisRuleAndNoOther(Rule rule) {
    if (RULES.contains(rule)) {
      assertEquals(List.of(rule), broken(RequestFaults.commit(rule, request()).head()));
    } else {
      assertThrows(IllegalArgumentException.class, () -> RequestFaults.commit(rule, request()));
    }
  }

  @Test
  void hasAFaultForEveryRuleOfRequests() {
    assertEquals(RULES, RequestFaults.rules());
  }

  /** A fault is not committed if another one leaves it without effect. */
  @Test
  void commitsNoFaultWithoutEffect() {
    HttpRequest withoutKey = RequestFaults.commit(Rule.KEY_MISSING, request());
    assertNull(RequestFaults.commit(Rule.KEY_REPEATED, withoutKey));
    HttpRequest both = RequestFaults.commit(Rule.HOST_MISSING, withoutKey);
    assertEquals(List.of(Rule.HOST_MISSING, Rule.KEY_MISSING), broken(both.head()));
  }

  private static HttpRequest request() {
    byte[] nonce = "the sample nonce".getBytes(ISO_8859_1);
    return UpgradeRequestBuilder.to(
            "localhost", "/chat", key -> System.arraycopy(nonce, 0, key, 0, key.length))
        .build();
  }

  private static List<Rule> broken(String head) {
    RequestDecoder decoder = new RequestDecoder(head.length(), 12);
    decoder.feed(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
    return ServerHandshake.check(decoder.head(), decoder.violations()).violations().stream()
        .map(Violation::rule)
        .toList();
  }
}
