package wscope.report.text;

import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleGroup;

/** Describes the consequence of a rule in words. */
public final class RuleWords {
  private RuleWords() {}

  /** Describes the reaction of an endpoint that detects a violation of the rule. */
  public static String consequence(Rule rule) {
    return action(rule) + (rule.isRecoverable() ? "" : "; nothing after the violation can be read");
  }

  private static String action(Rule rule) {
    if (!rule.isError()) {
      return rule.group() == RuleGroup.RESPONSE
          ? "depends on the client; see the hint"
          : "none; endpoints tolerate the violation";
    }
    int status = rule.httpStatus();
    if (status > 0) {
      return "a server rejects the handshake with HTTP status " + status;
    }
    int code = rule.closeCode();
    return code > 0
        ? "the connection is closed with " + code + " " + CloseCode.label(code)
        : "a client ends the connection";
  }
}
