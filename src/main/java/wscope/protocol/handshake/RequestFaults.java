package wscope.protocol.handshake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/**
 * Breaks rules of the opening handshake as a client does: for each that a short request can break
 * and an answer cannot, the correct request with one line changed. See also {@link
 * HandshakeFaults}.
 */
public final class RequestFaults {
  private static final String KEY = "Sec-WebSocket-Key: ";
  private static final String VERSION = "Sec-WebSocket-Version: ";

  /** The lines of the request of RFC 6455 §1.2, as far as they must be there. */
  private static final List<String> CORRECT =
      List.of(
          "GET /chat HTTP/1.1",
          "Host: localhost",
          "Upgrade: websocket",
          "Connection: Upgrade",
          KEY + "dGhlIHNhbXBsZSBub25jZQ==",
          VERSION + "13");

  private static final Map<Rule, String> TABLE = new EnumMap<>(Rule.class);

  static {
    TABLE.put(Rule.REQUEST_LINE_MALFORMED, change("GET ", "GET /a chat HTTP/1.1"));
    TABLE.put(Rule.METHOD_NOT_GET, change("GET ", "POST /chat HTTP/1.1"));
    TABLE.put(Rule.HTTP_VERSION_UNSUPPORTED, change("GET ", "GET /chat HTTP/1.0"));
    TABLE.put(Rule.TARGET_MALFORMED, change("GET ", "GET /chat#top HTTP/1.1"));
    TABLE.put(Rule.HOST_MISSING, change("Host: "));
    TABLE.put(Rule.HOST_REPEATED, change("Host: ", "Host: localhost", "Host: localhost"));
    TABLE.put(Rule.UPGRADE_MISSING, change("Upgrade: ", "Upgrade: h2c"));
    TABLE.put(Rule.CONNECTION_WITHOUT_UPGRADE, change("Connection: ", "Connection: keep-alive"));
    TABLE.put(Rule.KEY_MISSING, change(KEY));
    TABLE.put(
        Rule.KEY_REPEATED,
        change(KEY, KEY + "dGhlIHNhbXBsZSBub25jZQ==", KEY + "dGhlIHNhbXBsZSBub25jZQ=="));
    TABLE.put(Rule.KEY_MALFORMED, change(KEY, KEY + "dGhlIHNhbXBsZQ=="));
    TABLE.put(Rule.KEY_PAD_BITS, change(KEY, KEY + "dGhlIHNhbXBsZSBub25jZR=="));
    TABLE.put(Rule.VERSION_MISSING, change(VERSION));
    TABLE.put(Rule.VERSION_UNSUPPORTED, change(VERSION, VERSION + "12"));
    TABLE.put(Rule.BODY_ANNOUNCED, change("Host: ", "Host: localhost", "Content-Length: 5"));
    TABLE.put(Rule.SUBPROTOCOL_MALFORMED, correct("Sec-WebSocket-Protocol: chat, chat"));
  }

  private RequestFaults() {}

  /** The rules that it breaks, in the order of the table of rules. */
  public static Set<Rule> rules() {
    return Collections.unmodifiableSet(TABLE.keySet());
  }

  /** The head of a request that breaks a rule and no other; null unless it is one of the rules. */
  public static @Nullable String breaking(Rule rule) {
    return TABLE.get(rule);
  }

  /** The head of a request that breaks no rule. */
  public static String correct(String... moreFields) {
    List<String> lines = new ArrayList<>(CORRECT);
    lines.addAll(List.of(moreFields));
    return head(lines);
  }

  /** The correct head with other lines in place of the one that begins so. */
  private static String change(String start, String... instead) {
    List<String> lines = new ArrayList<>();
    for (String line : CORRECT) {
      lines.addAll(line.startsWith(start) ? List.of(instead) : List.of(line));
    }
    return head(lines);
  }

  private static String head(List<String> lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }
}
