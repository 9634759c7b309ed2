package wscope.protocol.handshake;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * Changes a request so that it breaks a rule of the opening handshake on purpose. It breaks the
 * rules that {@link RequestDecoder} and {@link ServerHandshake} check. {@link ResponseFaults} does
 * the same for a server.
 */
public final class RequestFaults {
  private static final String HOST = "Host";
  private static final String KEY = "Sec-WebSocket-Key";
  private static final String VERSION = "Sec-WebSocket-Version";
  private static final String ORIGIN = "Origin";
  private static final String ORIGINS = "http://localhost";
  private static final String EXTRA = "X-Fault";

  /**
   * The index of the last base64 character in a correct key: it holds the last bits of the nonce.
   */
  private static final int LAST_DATA = 21;

  private static final Map<Rule, UnaryOperator<HttpRequest>> TABLE = new EnumMap<>(Rule.class);

  static {
    TABLE.put(Rule.LINE_END_NOT_CRLF, r -> with(r, EXTRA, "LF alone\nX-Next: CR LF"));
    TABLE.put(Rule.HEADER_FIELD_FOLDED, r -> afterHost(r, EXTRA, "one line\r\n and another"));
    TABLE.put(Rule.HEADER_FIELD_WITHOUT_COLON, r -> afterHost(r, EXTRA, "one line\r\nand another"));
    TABLE.put(Rule.HEADER_NAME_MALFORMED, r -> with(r, "X Fault", "a space in the name"));
    TABLE.put(Rule.HEADER_VALUE_MALFORMED, r -> with(r, EXTRA, "a control character: \u0001"));
    TABLE.put(Rule.REQUEST_LINE_MALFORMED, r -> r.target("/a " + r.target().substring(1)));
    TABLE.put(Rule.METHOD_NOT_GET, r -> r.method("POST"));
    TABLE.put(Rule.HTTP_VERSION_UNSUPPORTED, r -> r.version("HTTP/1.0"));
    TABLE.put(Rule.TARGET_MALFORMED, r -> r.target(r.target() + "#top"));
    TABLE.put(Rule.TARGET_NOT_ENCODED, r -> r.target(r.target() + "%zz"));
    TABLE.put(Rule.HOST_MISSING, r -> without(r, HOST));
    TABLE.put(Rule.HOST_REPEATED, r -> twice(r, HOST));
    TABLE.put(Rule.HOST_MALFORMED, r -> change(r, HOST, RequestFaults::withHighPort));
    TABLE.put(Rule.ORIGIN_REPEATED, r -> twice(with(r, ORIGIN, ORIGINS), ORIGIN));
    TABLE.put(Rule.UPGRADE_MISSING, r -> change(r, "Upgrade", v -> "h2c"));
    TABLE.put(Rule.CONNECTION_WITHOUT_UPGRADE, r -> change(r, "Connection", v -> "keep-alive"));
    TABLE.put(Rule.KEY_MISSING, r -> without(r, KEY));
    TABLE.put(Rule.KEY_REPEATED, r -> twice(r, KEY));
    TABLE.put(Rule.KEY_MALFORMED, r -> change(r, KEY, RequestFaults::shortKey));
    TABLE.put(Rule.KEY_PAD_BITS, r -> change(r, KEY, RequestFaults::withPadBits));
    TABLE.put(Rule.VERSION_MISSING, r -> without(r, VERSION));
    TABLE.put(Rule.VERSION_UNSUPPORTED, r -> change(r, VERSION, v -> "12"));
    TABLE.put(Rule.VERSION_REPEATED, r -> twice(r, VERSION));
    TABLE.put(Rule.BODY_ANNOUNCED, r -> afterHost(r, "Content-Length", "5"));
    TABLE.put(Rule.SUBPROTOCOL_MALFORMED, r -> with(r, "Sec-WebSocket-Protocol", "chat, chat"));
    TABLE.put(Rule.EXTENSIONS_MALFORMED, r -> with(r, "Sec-WebSocket-Extensions", ","));
  }

  private RequestFaults() {}

  /** The rules that a request can break, in the order of the table of rules. */
  public static Set<Rule> rules() {
    return Collections.unmodifiableSet(TABLE.keySet());
  }

  /**
   * Changes a request so that it breaks a rule and no other.
   *
   * @param rule one of {@link #rules}
   * @param before the request, which may already break other rules
   * @return the changed request; null if another broken rule prevents the change
   */
  public static @Nullable HttpRequest commit(Rule rule, HttpRequest before) {
    UnaryOperator<HttpRequest> fault = TABLE.get(rule);
    if (fault == null) {
      throw new IllegalArgumentException("no request breaks " + rule.id());
    }
    HttpRequest request = fault.apply(before);
    Set<Rule> wanted = broken(before);
    wanted.add(rule);
    return broken(request).equals(wanted) ? request : null;
  }

  /** The rules that a server finds broken. */
  private static Set<Rule> broken(HttpRequest request) {
    ByteBuffer bytes = request.bytes();
    // There cannot be more fields than bytes.
    RequestDecoder decoder = new RequestDecoder(bytes.remaining(), bytes.remaining());
    decoder.feed(bytes);
    List<Violation> found =
        ServerHandshake.check(decoder.head(), decoder.violations()).violations();
    Set<Rule> broken = EnumSet.noneOf(Rule.class);
    found.forEach(violation -> broken.add(violation.rule()));
    return broken;
  }

  /** Replaces the port by one that TCP does not have. */
  private static String withHighPort(String host) {
    int colon = host.indexOf(':', host.indexOf(']') + 1);
    return (colon < 0 ? host : host.substring(0, colon)) + ":99999";
  }

  /** Shortens the key to ten bytes instead of 16. */
  private static String shortKey(String key) {
    return key.substring(0, Math.min(key.length(), 13)) + "Q==";
  }

  /**
   * Replaces the last data character with the next one: the data bits are the same, but the pad
   * bits are not zero.
   */
  private static String withPadBits(String key) {
    return key.length() <= LAST_DATA
        ? key
        : key.substring(0, LAST_DATA)
            + (char) (key.charAt(LAST_DATA) + 1)
            + key.substring(LAST_DATA + 1);
  }

  private static HttpRequest with(HttpRequest request, String name, String value) {
    return request.fields(OutgoingHeaderField.with(request.fields(), name, value));
  }

  private static HttpRequest afterHost(HttpRequest request, String name, String value) {
    return request.fields(
        OutgoingHeaderField.after(
            request.fields(), HOST, host -> new OutgoingHeaderField(name, value)));
  }

  private static HttpRequest without(HttpRequest request, String name) {
    return request.fields(OutgoingHeaderField.without(request.fields(), name));
  }

  private static HttpRequest change(HttpRequest request, String name, UnaryOperator<String> value) {
    return request.fields(OutgoingHeaderField.change(request.fields(), name, value));
  }

  private static HttpRequest twice(HttpRequest request, String name) {
    return request.fields(
        OutgoingHeaderField.after(request.fields(), name, UnaryOperator.identity()));
  }
}
