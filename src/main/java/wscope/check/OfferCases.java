package wscope.check;

import static wscope.check.Group.OFFERS;

import java.util.ArrayList;
import java.util.List;

/** Offers of permessage-deflate: each parameter, each value, orders and duplicates. */
final class OfferCases {
  private static final String DEFLATE = "permessage-deflate";
  private static final String OFFERS_OF = "RFC 7692 §7.1";

  private final List<Case> cases = new ArrayList<>();

  private OfferCases() {}

  static List<Case> of() {
    OfferCases table = new OfferCases();
    table.valid();
    table.invalid();
    return table.cases;
  }

  private void valid() {
    opens("plain", DEFLATE);
    opens("client-window", DEFLATE + "; client_max_window_bits");
    for (int bits = 8; bits <= 15; bits++) {
      opens("client-window/" + bits, DEFLATE + "; client_max_window_bits=" + bits);
      opens("server-window/" + bits, DEFLATE + "; server_max_window_bits=" + bits);
    }
    opens("server-takeover", DEFLATE + "; server_no_context_takeover");
    opens("client-takeover", DEFLATE + "; client_no_context_takeover");
    opens("both-takeovers", DEFLATE + "; client_no_context_takeover; server_no_context_takeover");
    opens(
        "all",
        DEFLATE
            + "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10;"
            + " client_max_window_bits=11");
    opens("quoted", DEFLATE + "; server_max_window_bits=\"10\"");
    opens("no-spaces", DEFLATE + ";client_max_window_bits;server_max_window_bits=10");
    opens("tabs", DEFLATE + "\t;\tclient_max_window_bits");
    opens("two", DEFLATE + "; server_max_window_bits=10, " + DEFLATE);
    opens("two-equal", DEFLATE + ", " + DEFLATE);
    opens("unknown", "x-wscope");
    opens("unknown-first", "x-wscope; a=b; c, " + DEFLATE);
    opens("unknown-last", DEFLATE + ", x-wscope");
    opens("constructor", "constructor, __proto__; a=b");
    opens("old", "x-webkit-deflate-frame");
    cases.add(
        CaseBuilder.of(OFFERS, "two-fields", "RFC 6455 §9.1")
            .sends("two Sec-WebSocket-Extensions fields, x-wscope and " + DEFLATE)
            .opening(
                Openings.of(
                    r ->
                        Openings.with(
                            Openings.with(r, "Sec-WebSocket-Extensions", "x-wscope"),
                            "Sec-WebSocket-Extensions",
                            DEFLATE)))
            .expect(new Expectation.Serves(List.of())));
    fallback("fallback/invalid-value", DEFLATE + "; server_max_window_bits=7, " + DEFLATE);
    fallback("fallback/unknown-parameter", DEFLATE + "; x=1, " + DEFLATE);
  }

  private void invalid() {
    for (String value :
        List.of("7", "16", "0", "08", "015", "+9", "9.0", "-9", "x", "99999999999999999999")) {
      declines("server-window-invalid/" + name(value), "server_max_window_bits=" + value);
      declines("client-window-invalid/" + name(value), "client_max_window_bits=" + value);
    }
    declines("server-window-invalid/absent", "server_max_window_bits");
    declines("server-takeover-invalid", "server_no_context_takeover=1");
    declines("client-takeover-invalid", "client_no_context_takeover=true");
    declines("unknown-parameter", "x-unknown");
    declines("unknown-parameter/value", "x-unknown=10");
    declines("repeated/takeover", "server_no_context_takeover; server_no_context_takeover");
    declines("repeated/server-window", "server_max_window_bits=10; server_max_window_bits=10");
    declines("repeated/client-window", "client_max_window_bits; client_max_window_bits=10");
  }

  private static String name(String value) {
    return value.length() > 10
        ? "long"
        : value.equals("-9") ? "minus-9" : value.replace("+", "plus-");
  }

  private void opens(String name, String offer) {
    cases.add(
        CaseBuilder.of(OFFERS, name, OFFERS_OF)
            .sends("an offer of " + offer)
            .opening(Openings.deflate(offer))
            .expect(new Expectation.Serves(List.of())));
  }

  private void fallback(String name, String offers) {
    cases.add(
        CaseBuilder.of(OFFERS, name, "RFC 7692 §5.1")
            .strictness(Strictness.SHOULD)
            .sends("an invalid offer before a valid one: " + offers)
            .opening(Openings.deflate(offers))
            .expect(new Expectation.Serves(List.of())));
  }

  private void declines(String name, String parameters) {
    cases.add(
        CaseBuilder.of(OFFERS, name, OFFERS_OF)
            .sends("an invalid offer of " + DEFLATE + "; " + parameters)
            .opening(Openings.deflate(DEFLATE + "; " + parameters))
            .expect(new Expectation.Declines()));
  }
}
