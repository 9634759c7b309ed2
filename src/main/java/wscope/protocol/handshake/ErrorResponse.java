package wscope.protocol.handshake;

import java.util.ArrayList;
import java.util.List;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * The response to a request that breaks rules (RFC 6455 §4.2.2). Its text comes from the table of
 * rules, never from the wire.
 */
final class ErrorResponse {
  private static final int UPGRADE_REQUIRED = 426;

  private ErrorResponse() {}

  /**
   * The response to a request. Its status is that of the first error; its body lists all errors.
   */
  static HttpResponse of(List<Violation> violations) {
    List<Rule> rules = errors(violations);
    return response(rules.get(0).httpStatus(), "", rules);
  }

  /** The response to a client of an older protocol; it names both protocols (§4.4). */
  static HttpResponse ofLegacy(LegacyProtocol legacy, List<Violation> violations) {
    String named =
        "This client speaks an old protocol: "
            + legacy.document()
            + "\n  "
            + legacy.difference()
            + "\nThis server speaks RFC 6455:\n\n";
    return response(UPGRADE_REQUIRED, named, errors(violations));
  }

  private static List<Rule> errors(List<Violation> violations) {
    return violations.stream().map(Violation::rule).filter(Rule::isError).toList();
  }

  private static HttpResponse response(int status, String first, List<Rule> rules) {
    List<OutgoingHeaderField> fields = new ArrayList<>();
    boolean upgrade = status == UPGRADE_REQUIRED;
    fields.add(new OutgoingHeaderField("Connection", upgrade ? "Upgrade, close" : "close"));
    if (upgrade) {
      // RFC 9110 §15.5.22 requires Upgrade, and RFC 6455 §4.4 requires the version.
      fields.add(new OutgoingHeaderField("Upgrade", "websocket"));
      fields.add(new OutgoingHeaderField("Sec-WebSocket-Version", "13"));
    }
    if (status == 405) {
      fields.add(new OutgoingHeaderField("Allow", "GET"));
    }
    fields.add(new OutgoingHeaderField("Content-Type", "text/plain; charset=utf-8"));
    fields.add(new OutgoingHeaderField("X-Content-Type-Options", "nosniff"));
    return new HttpResponse(status, List.copyOf(fields), body(status, first, rules));
  }

  private static String body(int status, String first, List<Rule> rules) {
    StringBuilder body = new StringBuilder(256);
    body.append(status).append(' ').append(ReasonPhrases.of(status)).append("\n\n");
    body.append(first);
    for (Rule rule : rules) {
      body.append(rule.id()).append(": ").append(rule.title());
      body.append(" (").append(rule.citation()).append(")\n  ").append(rule.hint()).append('\n');
    }
    return body.toString();
  }
}
