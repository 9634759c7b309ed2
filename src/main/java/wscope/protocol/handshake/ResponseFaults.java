package wscope.protocol.handshake;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Rule;

/**
 * Changes a 101 response so that it breaks a rule of the opening handshake on purpose. It breaks
 * the rules that {@link ResponseDecoder} and {@link ClientHandshake} check.
 */
public final class ResponseFaults {
  private static final String ACCEPT = "Sec-WebSocket-Accept";
  private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";
  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
  private static final String CLIENT_WINDOW = "client_max_window_bits=";
  private static final String EXTRA = "X-Fault";
  private static final String NOT_OFFERED = "not-offered";

  /**
   * A header value that grants everything an offer may request, but with an invalid window of 64
   * KiB (§7.1.2).
   */
  private static final String INVALID_VALUE =
      DeflateParameters.EXTENSION + "; server_no_context_takeover; server_max_window_bits=16";

  private static final Set<Rule> OF_DEFLATE =
      EnumSet.range(Rule.DEFLATE_AGREED_TWICE, Rule.DEFLATE_OFFER_IGNORED);

  private static final Map<Rule, UnaryOperator<HttpResponse>> TABLE = new EnumMap<>(Rule.class);

  static {
    TABLE.put(Rule.HEADER_VALUE_MALFORMED, r -> with(r, EXTRA, "a zero byte: \0"));
    TABLE.put(Rule.EXTENSIONS_MALFORMED, r -> with(r, EXTENSIONS, ","));
    TABLE.put(Rule.STATUS_LINE_MALFORMED, r -> r.status(10));
    TABLE.put(Rule.ANSWER_HTTP_VERSION, r -> r.version("HTTP/1.0"));
    TABLE.put(Rule.ANSWER_LINE_END_NOT_CRLF, r -> with(r, EXTRA, "LF alone\nX-Next: CR LF"));
    TABLE.put(Rule.ANSWER_FIELD_FOLDED, r -> with(r, EXTRA, "one line\r\n and another"));
    TABLE.put(Rule.ANSWER_FIELD_MALFORMED, r -> with(r, EXTRA + " ", "a space before the colon"));
    TABLE.put(Rule.ANSWER_BODY_ANNOUNCED, r -> with(r, "Content-Length", "0"));
    TABLE.put(Rule.ANSWER_WITHOUT_UPGRADE, r -> without(r, "Upgrade"));
    TABLE.put(Rule.ANSWER_UPGRADE_REPEATED, r -> twice(r, "Upgrade"));
    TABLE.put(Rule.ANSWER_WITHOUT_CONNECTION_UPGRADE, r -> without(r, "Connection"));
    TABLE.put(Rule.ACCEPT_MISSING, r -> without(r, ACCEPT));
    TABLE.put(Rule.ACCEPT_WRONG, r -> change(r, ACCEPT, v -> AcceptKey.of("").value()));
    TABLE.put(Rule.ACCEPT_REPEATED, r -> twice(r, ACCEPT));
    TABLE.put(
        Rule.SUBPROTOCOL_NOT_OFFERED, r -> with(without(r, SUBPROTOCOL), SUBPROTOCOL, NOT_OFFERED));
    TABLE.put(Rule.SUBPROTOCOL_REPEATED, r -> twice(r, SUBPROTOCOL));
    TABLE.put(Rule.SUBPROTOCOL_NOT_SELECTED, r -> without(r, SUBPROTOCOL));
    TABLE.put(Rule.EXTENSION_NOT_OFFERED, r -> with(r, EXTENSIONS, NOT_OFFERED));
    TABLE.put(Rule.DEFLATE_AGREED_TWICE, r -> twice(r, EXTENSIONS));
    TABLE.put(Rule.DEFLATE_PARAMETER_UNKNOWN, r -> parameters(r, "; unknown"));
    TABLE.put(
        Rule.DEFLATE_PARAMETER_REPEATED,
        r -> parameters(r, "; server_no_context_takeover; server_no_context_takeover"));
    TABLE.put(Rule.DEFLATE_VALUE_INVALID, r -> change(r, EXTENSIONS, v -> INVALID_VALUE));
    TABLE.put(
        Rule.DEFLATE_PARAMETER_NOT_OFFERED, r -> parameters(r, "; client_max_window_bits=15"));
    TABLE.put(
        Rule.DEFLATE_CLIENT_WINDOW_RAISED,
        r -> change(r, EXTENSIONS, ResponseFaults::withRaisedWindow));
    TABLE.put(
        Rule.DEFLATE_OFFER_IGNORED, r -> change(r, EXTENSIONS, v -> DeflateParameters.EXTENSION));
  }

  private ResponseFaults() {}

  /** The rules that a 101 response can break, in the order of the table of rules. */
  public static Set<Rule> rules() {
    return Collections.unmodifiableSet(TABLE.keySet());
  }

  /** Whether a 101 response must agree on permessage-deflate to break a rule. */
  public static boolean needsDeflate(Rule rule) {
    return OF_DEFLATE.contains(rule);
  }

  /** The condition under which a response can break a rule; null for none. */
  public static @Nullable String condition(Rule rule) {
    return switch (rule) {
      case SUBPROTOCOL_REPEATED, SUBPROTOCOL_NOT_SELECTED -> "the response names a subprotocol";
      case DEFLATE_CLIENT_WINDOW_RAISED ->
          "the accepted offer of permessage-deflate has client_max_window_bits with a value below"
              + " 15";
      case DEFLATE_PARAMETER_NOT_OFFERED ->
          "the response accepts permessage-deflate, and no offer has client_max_window_bits";
      case DEFLATE_OFFER_IGNORED ->
          "every offer of permessage-deflate has server_no_context_takeover or"
              + " server_max_window_bits, and the response accepts one";
      default -> needsDeflate(rule) ? "the response accepts permessage-deflate" : null;
    };
  }

  /**
   * Changes a response so that it breaks a rule and no other.
   *
   * @param rule one of {@link #rules}
   * @param before the 101 response, which may already break other rules
   * @return the changed response; null if this request and response do not allow the change, see
   *     {@link #condition}
   */
  public static @Nullable HttpResponse commit(Rule rule, RequestHead request, HttpResponse before) {
    UnaryOperator<HttpResponse> fault = TABLE.get(rule);
    if (fault == null) {
      throw new IllegalArgumentException("no response breaks " + rule.id());
    }
    HttpResponse response = fault.apply(before);
    if (response.equals(before)) {
      return null;
    }
    Set<Rule> wanted = broken(request, before);
    wanted.add(rule);
    Set<Rule> found = broken(request, response);
    // A fault may remove a warning, such as that no subprotocol was selected.
    wanted.removeIf(other -> !other.isError() && other != rule && !found.contains(other));
    return found.equals(wanted) ? response : null;
  }

  /** The rules that a client finds broken. */
  private static Set<Rule> broken(RequestHead request, HttpResponse response) {
    ByteBuffer bytes = response.bytes();
    // There cannot be more fields than bytes.
    ResponseDecoder decoder = new ResponseDecoder(bytes.remaining(), bytes.remaining());
    decoder.feed(bytes);
    Set<Rule> broken = EnumSet.noneOf(Rule.class);
    decoder.violations().forEach(violation -> broken.add(violation.rule()));
    ResponseHead head = decoder.head();
    if (head != null) {
      ClientHandshake.check(request, head)
          .violations()
          .forEach(violation -> broken.add(violation.rule()));
    }
    return broken;
  }

  /** Replaces the size of the client's window by the largest one. */
  private static String withRaisedWindow(String extensions) {
    int start = extensions.indexOf(CLIENT_WINDOW);
    if (start < 0) {
      return extensions;
    }
    int end = start + CLIENT_WINDOW.length();
    int next = end;
    while (next < extensions.length() && Ascii.isDigit(extensions.charAt(next))) {
      next++;
    }
    return extensions.substring(0, end) + "15" + extensions.substring(next);
  }

  private static HttpResponse with(HttpResponse response, String name, String value) {
    return response.fields(OutgoingHeaderField.with(response.fields(), name, value));
  }

  private static HttpResponse without(HttpResponse response, String name) {
    return response.fields(OutgoingHeaderField.without(response.fields(), name));
  }

  private static HttpResponse change(
      HttpResponse response, String name, UnaryOperator<String> value) {
    return response.fields(OutgoingHeaderField.change(response.fields(), name, value));
  }

  private static HttpResponse parameters(HttpResponse response, String added) {
    return change(response, EXTENSIONS, value -> value + added);
  }

  private static HttpResponse twice(HttpResponse response, String name) {
    return response.fields(
        OutgoingHeaderField.after(response.fields(), name, UnaryOperator.identity()));
  }
}
