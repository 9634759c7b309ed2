package wscope.report;

import java.util.List;
import wscope.protocol.rule.Violation;

/** Counts what a stream brings, for its verdict. */
final class Totals {
  private long frames;
  private long messages;
  private long violations;
  private long errors;

  /** A frame has begun. */
  void frame(List<Violation> ofHeader) {
    frames++;
    violations(ofHeader);
  }

  /** A message is complete. */
  void message() {
    messages++;
  }

  void violations(List<Violation> found) {
    for (int i = 0; i < found.size(); i++) {
      violation(found.get(i));
    }
  }

  void violation(Violation found) {
    violations++;
    errors += found.rule().isError() ? 1 : 0;
  }

  long frames() {
    return frames;
  }

  long messages() {
    return messages;
  }

  /** Broken rules of any severity. */
  long violations() {
    return violations;
  }

  /** Broken rules of severity error. */
  long errors() {
    return errors;
  }
}
