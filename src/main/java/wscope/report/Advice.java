package wscope.report;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/**
 * Advice on what a user can type, such as an option. Only the command line knows it. Each text
 * continues a sentence of a report, and is empty if nothing helps.
 */
public interface Advice {
  /** No advice, for a report outside a command line. */
  Advice NONE = new Advice() {};

  /** Continues the hint of a rule. */
  default String onRule(Rule rule) {
    return "";
  }

  /**
   * Continues the list of subprotocols of which the server accepted none.
   *
   * @param first the first of them; null if it is too long to show
   */
  default String onSubprotocol(@Nullable String first) {
    return "";
  }

  /** Continues the sentence that reports a reached connection limit. */
  default String onFullServer() {
    return "";
  }
}
