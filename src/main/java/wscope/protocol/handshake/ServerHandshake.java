package wscope.protocol.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateNegotiation;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.DeflateResponse;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * The server's side of the opening handshake (RFC 6455 §4.2): checks a request and creates the
 * response.
 */
public final class ServerHandshake {
  private static final String VERSION = "13";
  private static final List<String> UNUSED_VERSIONS = List.of("9", "10", "11", "12");

  private final RequestHead request;
  private final List<Violation> violations;

  private ServerHandshake(RequestHead request, List<Violation> found) {
    this.request = request;
    violations = new ArrayList<>(found);
  }

  /**
   * Checks a request.
   *
   * @param request the request; null if it could not be read to its end, in which case {@code
   *     found} has an error
   * @param found the violations found in the head so far
   */
  public static HandshakeResult check(@Nullable RequestHead request, List<Violation> found) {
    return request == null
        ? new HandshakeResult.Invalid(found, ErrorResponse.of(found))
        : new ServerHandshake(request, found).check();
  }

  private HandshakeResult check() {
    if (request.isHttp2Preface()) {
      String found = "PRI * HTTP/2.0, with which HTTP/2 begins: this client speaks HTTP/2 at once";
      add(Rule.HTTP_VERSION_UNSUPPORTED, request.versionOffset(), found);
      return new HandshakeResult.Invalid(violations, errorResponse());
    }
    checkRequestLine();
    checkHost();
    checkOrigin();
    if (!hasError() && isPlain()) {
      return new HandshakeResult.PlainRequest(request);
    }
    checkUpgrade();
    AcceptKey key = checkKey();
    checkVersion();
    checkBody();
    HeaderLists.subprotocols(request.all("Sec-WebSocket-Protocol"), violations);
    HeaderLists.extensions(request.all("Sec-WebSocket-Extensions"), violations);
    return hasError()
        ? new HandshakeResult.Invalid(violations, errorResponse())
        : accepted(request, key, violations, null, DeflateResponse.NONE, List.of());
  }

  /**
   * Responds to a request that {@link #check} accepted, with the minimal response and the additions
   * of the server.
   *
   * @param subprotocol a subprotocol that the client offered; null for none
   * @param compression the permessage-deflate parameters that the server prefers; null to decline
   *     the extension
   * @param fields the fields to add to the response
   */
  public static HandshakeResult.Accepted accept(
      HandshakeResult.Accepted checked,
      @Nullable String subprotocol,
      @Nullable DeflateParameters compression,
      List<OutgoingHeaderField> fields) {
    DeflateResponse deflate =
        compression == null
            ? DeflateResponse.NONE
            : DeflateNegotiation.respond(
                HeaderLists.deflate(HeaderLists.offered(checked.request())), compression);
    return accepted(
        checked.request(), checked.key(), checked.violations(), subprotocol, deflate, fields);
  }

  private static HandshakeResult.Accepted accepted(
      RequestHead request,
      AcceptKey key,
      List<Violation> violations,
      @Nullable String subprotocol,
      DeflateResponse deflate,
      List<OutgoingHeaderField> fields) {
    List<OutgoingHeaderField> all = new ArrayList<>(response(key).fields());
    if (subprotocol != null) {
      all.add(new OutgoingHeaderField("Sec-WebSocket-Protocol", subprotocol));
    }
    if (deflate.header() != null) {
      all.add(new OutgoingHeaderField("Sec-WebSocket-Extensions", deflate.header()));
    }
    all.addAll(fields);
    HttpResponse response = new HttpResponse(101, List.copyOf(all), "");
    return new HandshakeResult.Accepted(request, key, violations, subprotocol, deflate, response);
  }

  /** The minimal response that accepts a handshake with this key (§4.2.2, step 5). */
  public static HttpResponse response(AcceptKey key) {
    return new HttpResponse(
        101,
        List.of(
            new OutgoingHeaderField("Upgrade", "websocket"),
            new OutgoingHeaderField("Connection", "Upgrade"),
            new OutgoingHeaderField("Sec-WebSocket-Accept", key.value())),
        "");
  }

  private HttpResponse errorResponse() {
    LegacyProtocol legacy = LegacyProtocol.of(request);
    HttpResponse response =
        legacy == null ? ErrorResponse.of(violations) : ErrorResponse.ofLegacy(legacy, violations);
    // The response to HEAD has no content (RFC 9110 §9.3.2).
    return request.method().equals("HEAD") ? response.withoutBody() : response;
  }

  private boolean hasError() {
    return violations.stream().anyMatch(violation -> violation.rule().isError());
  }

  /** Whether nothing in the request mentions WebSocket. */
  private boolean isPlain() {
    return request.fields().stream()
        .map(field -> field.name().toLowerCase(Locale.ROOT))
        .noneMatch(name -> name.equals("upgrade") || name.startsWith("sec-websocket-"));
  }

  private void checkRequestLine() {
    if (!request.method().equals("GET")) {
      add(Rule.METHOD_NOT_GET, 0, request.method());
    }
    String target = request.target();
    String lower = target.toLowerCase(Locale.ROOT);
    if (!target.startsWith("/") && !lower.startsWith("http://") && !lower.startsWith("https://")) {
      add(Rule.TARGET_MALFORMED, request.targetOffset(), target);
    } else if (target.indexOf('#') >= 0) {
      add(Rule.TARGET_MALFORMED, request.targetOffset() + target.indexOf('#'), "a fragment, #");
    }
    int at = HostGrammar.wrongInTarget(target);
    // Any other byte makes the first line malformed, which was said.
    if (at >= 0 && target.charAt(at) > ' ' && target.charAt(at) < 0x7f) {
      add(Rule.TARGET_NOT_ENCODED, request.targetOffset() + at, HostGrammar.show(target, at));
    }
    // The version must be 1.1 or higher (§4.2.1), but HTTP/2 and later have no Upgrade.
    boolean supported =
        request.version().startsWith("HTTP/1.") && !request.version().endsWith(".0");
    if (!supported) {
      add(Rule.HTTP_VERSION_UNSUPPORTED, request.versionOffset(), request.version());
    }
  }

  private void checkHost() {
    List<HeaderField> hosts = request.all("Host");
    if (hosts.isEmpty()) {
      add(Rule.HOST_MISSING, request.size(), "no Host field");
    } else if (hosts.size() > 1) {
      add(Rule.HOST_REPEATED, hosts.get(1).offset(), hosts.size() + " Host fields");
    } else if (hosts.get(0).value().isEmpty()) {
      add(Rule.HOST_MISSING, hosts.get(0).offset(), "an empty Host field");
    } else {
      String wrong = HostGrammar.wrongInHost(hosts.get(0).value());
      if (wrong != null) {
        add(Rule.HOST_MALFORMED, hosts.get(0).valueOffset(), wrong);
      }
    }
  }

  private void checkOrigin() {
    List<HeaderField> origins = request.all("Origin");
    if (origins.size() > 1) {
      add(Rule.ORIGIN_REPEATED, origins.get(1).offset(), origins.size() + " Origin fields");
    }
  }

  private void checkUpgrade() {
    if (!HeaderLists.containsToken(request.all("Upgrade"), "websocket")) {
      addAbout(Rule.UPGRADE_MISSING, "Upgrade");
    }
    if (!HeaderLists.containsToken(request.all("Connection"), "Upgrade")) {
      addAbout(Rule.CONNECTION_WITHOUT_UPGRADE, "Connection");
    }
  }

  private AcceptKey checkKey() {
    List<HeaderField> keys = request.all("Sec-WebSocket-Key");
    if (keys.isEmpty()) {
      addAbout(Rule.KEY_MISSING, "Sec-WebSocket-Key");
      return AcceptKey.of("");
    }
    if (keys.size() > 1) {
      add(Rule.KEY_REPEATED, keys.get(1).offset(), keys.size() + " Sec-WebSocket-Key fields");
    }
    AcceptKey key = AcceptKey.of(keys.get(0).value());
    for (Violation violation : key.check()) {
      long offset = keys.get(0).valueOffset() + violation.offset();
      add(violation.rule(), offset, violation.found());
    }
    return key;
  }

  private void checkVersion() {
    List<HeaderField> versions = request.all("Sec-WebSocket-Version");
    if (versions.isEmpty()) {
      addAbout(Rule.VERSION_MISSING, "Sec-WebSocket-Version");
    } else if (versions.size() > 1) {
      String found = versions.size() + " Sec-WebSocket-Version fields";
      add(Rule.VERSION_REPEATED, versions.get(1).offset(), found);
    } else if (!versions.get(0).value().equals(VERSION)) {
      HeaderField version = versions.get(0);
      boolean unused = UNUSED_VERSIONS.contains(version.value());
      String found = "version " + version.value() + (unused ? ", which no draft ever used" : "");
      add(Rule.VERSION_UNSUPPORTED, version.valueOffset(), found);
    }
  }

  private void checkBody() {
    for (HeaderField field : request.fields()) {
      boolean announced =
          field.is("Transfer-Encoding") || (field.is("Content-Length") && !isZero(field.value()));
      if (announced) {
        add(Rule.BODY_ANNOUNCED, field.offset(), field.name() + ": " + field.value());
      }
    }
  }

  private static boolean isZero(String length) {
    return !length.isEmpty() && length.chars().allMatch(c -> c == '0');
  }

  /**
   * Adds a violation at the first field with this name, or at the end of the head if there is none.
   */
  private void addAbout(Rule rule, String name) {
    HeaderField field = request.first(name);
    if (field == null) {
      add(rule, request.size(), "no " + name + " field");
    } else {
      add(rule, field.valueOffset(), name + ": " + field.value());
    }
  }

  private void add(Rule rule, long offset, String found) {
    violations.add(new Violation(rule, offset, 0, found));
  }
}
