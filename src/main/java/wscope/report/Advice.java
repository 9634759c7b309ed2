package wscope.report;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Violation;

/**
 * Advice on what a user can type, such as an option. Only the command line knows it. Each text
 * continues a sentence of a report, and is empty if nothing helps.
 */
public interface Advice {
  /** No advice, for a report outside a command line. */
  Advice NONE = new Advice() {};

  /** Continues the hint of a violated rule. */
  default String onViolation(Violation violation) {
    return "";
  }

  /** Continues the remark that wscope breaks a rule on purpose. */
  default String onFault(String id) {
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

  /**
   * Continues the cause of a rejected handshake.
   *
   * @param status the status of the response
   */
  default String onRejection(int status) {
    return "";
  }

  /** Continues the sentence that reports a reached connection limit. */
  default String onFullServer() {
    return "";
  }
}
