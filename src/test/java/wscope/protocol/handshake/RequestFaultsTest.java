package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** What {@link RequestFaults} breaks, a server finds, and nothing else. */
class RequestFaultsTest {
  private static final Set<Rule> RULES = rules();

  private static Set<Rule> rules() {
    Set<Rule> rules = EnumSet.range(Rule.METHOD_NOT_GET, Rule.SUBPROTOCOL_MALFORMED);
    rules.add(Rule.REQUEST_LINE_MALFORMED);
    return rules;
  }

  @ParameterizedTest
  @EnumSource
  void breaksThisRuleAndNoOther(Rule rule) {
    String head = RequestFaults.breaking(rule);
    if (RULES.contains(rule)) {
      assertEquals(List.of(rule), broken(head));
    } else {
      assertNull(head);
    }
  }

  @Test
  void theTable() {
    assertEquals(RULES, RequestFaults.rules());
  }

  @Test
  void correct() {
    assertEquals(
        """
        GET /chat HTTP/1.1\r
        Host: localhost\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        X: 1\r
        Y: 2\r
        \r
        """,
        RequestFaults.correct("X: 1", "Y: 2"));
    assertEquals(List.of(), broken(RequestFaults.correct()));
  }

  private static List<Rule> broken(String head) {
    RequestDecoder decoder = new RequestDecoder(head.length(), 9);
    decoder.feed(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
    return ServerHandshake.judge(decoder.head(), decoder.violations()).violations().stream()
        .map(Violation::rule)
        .toList();
  }
}
