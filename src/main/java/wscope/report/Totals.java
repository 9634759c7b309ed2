package wscope.report;

import java.util.List;
import wscope.protocol.rule.Violation;

/** Counts what a stream brings, for its verdict. */
public final class Totals {
  private long frames;
  private long messages;
  private long violations;
  private long errors;

  /** A frame has begun. */
  public void frame(List<Violation> ofHeader) {
    frames++;
    violations(ofHeader);
  }

  /** A message is complete. */
  public void message() {
    messages++;
  }

  /** Rules are broken; none if the list is empty. */
  public void violations(List<Violation> found) {
    for (int i = 0; i < found.size(); i++) {
      violation(found.get(i));
    }
  }

  /** A rule is broken. */
  public void violation(Violation found) {
    violations++;
    errors += found.rule().isError() ? 1 : 0;
  }

  /** Frames that have begun. */
  public long frames() {
    return frames;
  }

  /** Messages that are complete. */
  public long messages() {
    return messages;
  }

  /** Broken rules of any severity. */
  public long violations() {
    return violations;
  }

  /** Broken rules of severity error. */
  public long errors() {
    return errors;
  }
}
