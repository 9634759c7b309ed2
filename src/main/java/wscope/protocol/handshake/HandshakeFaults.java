package wscope.protocol.handshake;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Rule;

/**
 * Breaks rules of the opening handshake on purpose: for each that a server can break with its 101,
 * the answer that does. What {@link ResponseDecoder} and {@link ClientHandshake} find, this
 * commits.
 */
public final class HandshakeFaults {
  private static final String ACCEPT = "Sec-WebSocket-Accept";
  private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";
  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
  private static final String EXTRA = "X-Fault";
  private static final String NOT_OFFERED = "not-offered";

  /** Grants whatever an offer may ask for, with a window of 64 KiB, which there is not (§7.1.2). */
  private static final String INVALID_VALUE =
      DeflateParameters.EXTENSION + "; server_no_context_takeover; server_max_window_bits=16";

  private static final Set<Rule> OF_DEFLATE =
      EnumSet.range(Rule.DEFLATE_AGREED_TWICE, Rule.DEFLATE_OFFER_IGNORED);

  private static final Map<Rule, UnaryOperator<HttpResponse>> TABLE = new EnumMap<>(Rule.class);

  static {
    TABLE.put(Rule.LINE_END_NOT_CRLF, a -> with(a, EXTRA, "LF alone\nX-Next: CR LF"));
    TABLE.put(Rule.HEADER_FIELD_FOLDED, a -> with(a, EXTRA, "one line\r\n and another"));
    TABLE.put(Rule.HEADER_FIELD_WITHOUT_COLON, a -> with(a, EXTRA, "one line\r\nand another"));
    TABLE.put(Rule.HEADER_NAME_MALFORMED, a -> with(a, "X Fault", "a blank in the name"));
    TABLE.put(Rule.HEADER_VALUE_MALFORMED, a -> with(a, EXTRA, "a control character: \u0001"));
    TABLE.put(Rule.EXTENSIONS_MALFORMED, a -> with(a, EXTENSIONS, ","));
    TABLE.put(Rule.STATUS_LINE_MALFORMED, a -> withStatus(a, 10));
    TABLE.put(Rule.ANSWER_WITHOUT_UPGRADE, a -> without(a, "Upgrade"));
    TABLE.put(Rule.ANSWER_WITHOUT_CONNECTION_UPGRADE, a -> without(a, "Connection"));
    TABLE.put(Rule.ACCEPT_MISSING, a -> without(a, ACCEPT));
    TABLE.put(Rule.ACCEPT_WRONG, a -> change(a, ACCEPT, v -> AcceptKey.of("").value()));
    TABLE.put(Rule.ACCEPT_REPEATED, a -> twice(a, ACCEPT));
    TABLE.put(
        Rule.SUBPROTOCOL_NOT_OFFERED, a -> with(without(a, SUBPROTOCOL), SUBPROTOCOL, NOT_OFFERED));
    TABLE.put(Rule.SUBPROTOCOL_REPEATED, a -> twice(a, SUBPROTOCOL));
    TABLE.put(Rule.EXTENSION_NOT_OFFERED, a -> with(a, EXTENSIONS, NOT_OFFERED));
    TABLE.put(Rule.DEFLATE_AGREED_TWICE, a -> twice(a, EXTENSIONS));
    TABLE.put(Rule.DEFLATE_PARAMETER_UNKNOWN, a -> parameters(a, "; unknown"));
    TABLE.put(
        Rule.DEFLATE_PARAMETER_REPEATED,
        a -> parameters(a, "; server_no_context_takeover; server_no_context_takeover"));
    TABLE.put(Rule.DEFLATE_VALUE_INVALID, a -> change(a, EXTENSIONS, v -> INVALID_VALUE));
    TABLE.put(
        Rule.DEFLATE_PARAMETER_NOT_OFFERED, a -> parameters(a, "; client_max_window_bits=15"));
    TABLE.put(
        Rule.DEFLATE_OFFER_IGNORED, a -> change(a, EXTENSIONS, v -> DeflateParameters.EXTENSION));
  }

  private HandshakeFaults() {}

  /** The rules that a 101 can break, in the order of the table of rules. */
  public static Set<Rule> rules() {
    return Collections.unmodifiableSet(TABLE.keySet());
  }

  /** Whether a rule is only broken by a 101 that agrees on permessage-deflate. */
  public static boolean needsDeflate(Rule rule) {
    return OF_DEFLATE.contains(rule);
  }

  /** What the request and its answer must have so that a rule can be broken; null for nothing. */
  public static @Nullable String condition(Rule rule) {
    return switch (rule) {
      case SUBPROTOCOL_REPEATED -> "the answer names a subprotocol";
      case DEFLATE_PARAMETER_NOT_OFFERED ->
          "the answer agrees on permessage-deflate, and no offer has client_max_window_bits";
      case DEFLATE_OFFER_IGNORED ->
          "every offer of permessage-deflate has server_no_context_takeover or"
              + " server_max_window_bits, and the answer agrees on one";
      default -> needsDeflate(rule) ? "the answer agrees on permessage-deflate" : null;
    };
  }

  /**
   * The answer that breaks a rule, and no other than before.
   *
   * @param rule one of {@link #rules}
   * @param before the 101, which may break other rules already
   * @return null if this request and answer do not allow it, see {@link #condition}
   */
  public static @Nullable HttpResponse commit(Rule rule, RequestHead request, HttpResponse before) {
    UnaryOperator<HttpResponse> fault = TABLE.get(rule);
    if (fault == null) {
      throw new IllegalArgumentException("no answer breaks " + rule.id());
    }
    HttpResponse answer = fault.apply(before);
    Set<Rule> wanted = broken(request, before);
    wanted.add(rule);
    return broken(request, answer).equals(wanted) ? answer : null;
  }

  /** What a client finds. */
  private static Set<Rule> broken(RequestHead request, HttpResponse answer) {
    ByteBuffer bytes = answer.bytes();
    // More fields than bytes there are not.
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

  private static HttpResponse withStatus(HttpResponse answer, int status) {
    return new HttpResponse(status, answer.reason(), answer.fields(), answer.body());
  }

  private static HttpResponse with(HttpResponse answer, String name, String value) {
    List<HttpResponse.Field> fields = new ArrayList<>(answer.fields());
    fields.add(new HttpResponse.Field(name, value));
    return withFields(answer, fields);
  }

  private static HttpResponse without(HttpResponse answer, String name) {
    List<HttpResponse.Field> fields = new ArrayList<>(answer.fields());
    fields.removeIf(field -> field.name().equalsIgnoreCase(name));
    return withFields(answer, fields);
  }

  /** Each field of the name with another value. */
  private static HttpResponse change(
      HttpResponse answer, String name, UnaryOperator<String> value) {
    List<HttpResponse.Field> fields = new ArrayList<>(answer.fields().size());
    for (HttpResponse.Field field : answer.fields()) {
      boolean named = field.name().equalsIgnoreCase(name);
      fields.add(named ? new HttpResponse.Field(field.name(), value.apply(field.value())) : field);
    }
    return withFields(answer, fields);
  }

  private static HttpResponse parameters(HttpResponse answer, String added) {
    return change(answer, EXTENSIONS, value -> value + added);
  }

  /** Each field of the name a second time. */
  private static HttpResponse twice(HttpResponse answer, String name) {
    List<HttpResponse.Field> fields = new ArrayList<>(answer.fields());
    answer.fields().stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .forEach(fields::add);
    return withFields(answer, fields);
  }

  private static HttpResponse withFields(HttpResponse answer, List<HttpResponse.Field> fields) {
    return new HttpResponse(answer.status(), answer.reason(), List.copyOf(fields), answer.body());
  }
}
