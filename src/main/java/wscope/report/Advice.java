package wscope.report;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/**
 * What a user can type to have it otherwise, such as an option: only the command line knows. Each
 * text continues a sentence of a report; it is empty where nothing helps.
 */
public interface Advice {
  /** For a report that is not made on a command line. */
  Advice NONE = new Advice() {};

  /** Continues the hint of a rule. */
  default String onRule(Rule rule) {
    return "";
  }

  /**
   * Continues the subprotocols that a client offered in vain.
   *
   * @param first of them; null if it is too long to be shown
   */
  default String onSubprotocol(@Nullable String first) {
    return "";
  }

  /** Continues that a server has no room for another connection. */
  default String onFullServer() {
    return "";
  }
}
