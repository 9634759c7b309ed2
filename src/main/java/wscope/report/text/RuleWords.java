package wscope.report.text;

import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Rule;

/** What is to be said about a rule beyond its row in the table, in words. */
public final class RuleWords {
  private RuleWords() {}

  /** What an endpoint does that finds it broken. */
  public static String consequence(Rule rule) {
    return action(rule) + (rule.readsOn() ? "" : "; nothing behind it can be read");
  }

  private static String action(Rule rule) {
    if (!rule.isError()) {
      return "none, it is tolerated";
    }
    int status = rule.httpStatus();
    if (status > 0) {
      return "a server refuses the handshake with HTTP status " + status;
    }
    int code = rule.closeCode();
    return code > 0
        ? "the connection is closed with " + code + " " + CloseCode.label(code)
        : "a client ends the connection";
  }
}
