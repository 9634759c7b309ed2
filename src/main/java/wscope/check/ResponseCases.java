package wscope.check;

import java.util.ArrayList;
import java.util.List;
import wscope.protocol.handshake.ResponseFaults;
import wscope.protocol.rule.Rule;

/** The rules for responses, one after the other, each with a request that lets it be broken. */
final class ResponseCases {
  private static final String EVERY_PARAMETER =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover;"
          + " server_max_window_bits=12; client_max_window_bits=10";

  private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";

  private ResponseCases() {}

  static List<Case> of() {
    List<Case> cases = new ArrayList<>();
    ResponseFaults.rules().forEach(rule -> cases.add(of(rule)));
    return cases;
  }

  private static Case of(Rule rule) {
    CaseBuilder builder = CaseBuilder.of(Group.HANDSHAKE, rule.id() + "/response", rule);
    String offer = offer(rule);
    if (offer.isEmpty() && !isAboutSubprotocols(rule)) {
      builder.sends("a correct request");
    } else if (offer.isEmpty()) {
      builder
          .sends("an offer of the subprotocols chat and superchat")
          .opening(
              Openings.of(
                  r ->
                      Openings.with(
                          Openings.without(r, SUBPROTOCOLS), SUBPROTOCOLS, "chat, superchat")));
    } else {
      builder.sends("an offer of " + offer).opening(Openings.deflate(offer));
    }
    return builder.expect(new Expectation.KeepsInResponse(rule));
  }

  private static boolean isAboutSubprotocols(Rule rule) {
    return rule == Rule.SUBPROTOCOL_REPEATED || rule == Rule.SUBPROTOCOL_NOT_SELECTED;
  }

  /** The offer that lets a server break the rule; empty for none. */
  private static String offer(Rule rule) {
    return switch (rule) {
      case DEFLATE_PARAMETER_NOT_OFFERED -> "permessage-deflate";
      case DEFLATE_OFFER_IGNORED, DEFLATE_CLIENT_WINDOW_RAISED -> EVERY_PARAMETER;
      case DEFLATE_AGREED_TWICE -> "permessage-deflate, permessage-deflate";
      case EXTENSIONS_MALFORMED,
          DEFLATE_PARAMETER_UNKNOWN,
          DEFLATE_PARAMETER_REPEATED,
          DEFLATE_VALUE_INVALID ->
          "permessage-deflate; client_max_window_bits";
      default -> "";
    };
  }
}
