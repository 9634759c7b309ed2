package wscope.protocol.handshake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateNegotiation;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** The client's side of the opening handshake (RFC 6455 §4.1): checks a response. */
public final class ClientHandshake {
  private final @Nullable RequestHead request;
  private final ResponseHead response;
  private final List<Violation> violations = new ArrayList<>();

  private ClientHandshake(@Nullable RequestHead request, ResponseHead response) {
    this.request = request;
    this.response = response;
  }

  /**
   * The result of checking a response.
   *
   * @param violations the violations in the response
   * @param deflate the negotiated parameters of permessage-deflate; null if the extension is not in
   *     use
   */
  public record Result(List<Violation> violations, @Nullable DeflateParameters deflate) {}

  /**
   * Checks a response. A status other than 101 opens no WebSocket: such a response is not checked.
   * Without the request, only the rules that do not need it are checked.
   */
  public static Result check(@Nullable RequestHead request, ResponseHead response) {
    return response.status() == 101
        ? new ClientHandshake(request, response).check()
        : new Result(List.of(), null);
  }

  /**
   * The cause of a wrong Sec-WebSocket-Accept.
   *
   * @return the cause; null if the value is right, if no known mistake gives it, or if the request
   *     or a field is missing
   */
  public static @Nullable AcceptCause acceptCause(
      @Nullable RequestHead request, @Nullable ResponseHead response) {
    HeaderField key = request == null ? null : request.first("Sec-WebSocket-Key");
    HeaderField accept = response == null ? null : response.first("Sec-WebSocket-Accept");
    return key == null || accept == null
        ? null
        : AcceptCause.of(AcceptKey.of(key.value()), accept.value(), List.of());
  }

  /**
   * The parameters with which a client compresses (RFC 7692 §7.1.1.2, §7.1.2.2). A client keeps the
   * parameters that its request announced, even if the response does not repeat them.
   *
   * @param request the request; null if it could not be read
   * @param agreed the parameters of the response
   */
  public static DeflateParameters announced(
      @Nullable RequestHead request, DeflateParameters agreed) {
    return request == null
        ? agreed
        : DeflateNegotiation.announced(HeaderLists.deflate(HeaderLists.offered(request)), agreed);
  }

  private Result check() {
    checkHead();
    checkUpgrade();
    checkAccept();
    checkSubprotocol();
    return new Result(violations, checkExtensions());
  }

  private void checkHead() {
    boolean http1 = response.version().startsWith("HTTP/1.") && !response.version().endsWith(".0");
    if (!http1) {
      violations.add(new Violation(Rule.ANSWER_HTTP_VERSION, 0, 0, response.version()));
    }
    for (HeaderField field : response.fields()) {
      if (field.is("Content-Length") || field.is("Transfer-Encoding")) {
        String found = field.name() + ": " + field.value();
        violations.add(new Violation(Rule.ANSWER_BODY_ANNOUNCED, field.offset(), 0, found));
      }
    }
  }

  private void checkUpgrade() {
    checkOnce(Rule.ANSWER_UPGRADE_REPEATED, "Upgrade");
    HeaderField upgrade = response.first("Upgrade");
    if (upgrade == null || !upgrade.value().equalsIgnoreCase("websocket")) {
      addAbout(Rule.ANSWER_WITHOUT_UPGRADE, "Upgrade");
    }
    if (!HeaderLists.containsToken(response.all("Connection"), "Upgrade")) {
      addAbout(Rule.ANSWER_WITHOUT_CONNECTION_UPGRADE, "Connection");
    }
  }

  private void checkAccept() {
    checkOnce(Rule.ACCEPT_REPEATED, "Sec-WebSocket-Accept");
    HeaderField accept = response.first("Sec-WebSocket-Accept");
    if (accept == null) {
      addAbout(Rule.ACCEPT_MISSING, "Sec-WebSocket-Accept");
      return;
    }
    HeaderField key = request == null ? null : request.first("Sec-WebSocket-Key");
    String found = accept.value();
    if (key != null) {
      String expected = AcceptKey.of(key.value()).value();
      found = found.equals(expected) ? "" : found + " instead of " + expected;
    } else {
      found = AcceptKey.of(found).isAcceptValue() ? "" : noValue(found);
    }
    if (!found.isEmpty()) {
      violations.add(new Violation(Rule.ACCEPT_WRONG, accept.valueOffset(), 0, found));
    }
  }

  /** What is wrong with a text that is the accept value of no key. */
  private static String noValue(String text) {
    return text + "; no key gives this: a value is the base64 of 20 bytes, 28 characters";
  }

  private void checkSubprotocol() {
    checkOnce(Rule.SUBPROTOCOL_REPEATED, "Sec-WebSocket-Protocol");
    List<String> offered = offered();
    for (HeaderField chosen : response.all("Sec-WebSocket-Protocol")) {
      String name = chosen.value();
      if (name.isEmpty() || (request != null && !offered.contains(name))) {
        String found = name.isEmpty() ? "an empty name" : name;
        violations.add(new Violation(Rule.SUBPROTOCOL_NOT_OFFERED, chosen.valueOffset(), 0, found));
      }
    }
    if (!offered.isEmpty() && response.first("Sec-WebSocket-Protocol") == null) {
      String found = "no Sec-WebSocket-Protocol field; offered: " + String.join(", ", offered);
      violations.add(new Violation(Rule.SUBPROTOCOL_NOT_SELECTED, response.size(), 0, found));
    }
  }

  private void checkOnce(Rule rule, String name) {
    List<HeaderField> fields = response.all(name);
    if (fields.size() > 1) {
      String found = fields.size() + " " + name + " fields";
      violations.add(new Violation(rule, fields.get(1).offset(), 0, found));
    }
  }

  /**
   * The subprotocols that the request offers. Violations in that list have already been reported.
   */
  private List<String> offered() {
    return request == null
        ? List.of()
        : HeaderLists.subprotocols(request.all("Sec-WebSocket-Protocol"), new ArrayList<>());
  }

  private @Nullable DeflateParameters checkExtensions() {
    List<HeaderField> fields = response.all("Sec-WebSocket-Extensions");
    int before = violations.size();
    List<Extension> agreed = HeaderLists.extensions(fields, violations);
    // A malformed list was only read in part, so its content is not judged.
    List<Violation> found = violations.size() > before ? new ArrayList<>() : violations;
    // If the request is unknown, treat the response as the offer.
    List<Extension> offered = request == null ? agreed : HeaderLists.offered(request);
    long offset = fields.isEmpty() ? 0 : fields.get(0).valueOffset();
    for (Extension extension : agreed) {
      boolean known = offered.stream().anyMatch(offer -> offer.name().equals(extension.name()));
      if (!known && !extension.name().equals(DeflateParameters.EXTENSION)) {
        found.add(new Violation(Rule.EXTENSION_NOT_OFFERED, offset, 0, extension.name()));
      }
    }
    return DeflateNegotiation.read(
        HeaderLists.deflate(offered), HeaderLists.deflate(agreed), offset, found);
  }

  /**
   * Adds a violation at the first field with this name, or at the end of the head if there is none.
   */
  private void addAbout(Rule rule, String name) {
    HeaderField field = response.first(name);
    int offset = field == null ? response.size() : field.valueOffset();
    String found = field == null ? "no " + name + " field" : name + ": " + field.value();
    violations.add(new Violation(rule, offset, 0, found));
  }
}
