package wscope.report;

import java.util.List;

/** Where the results of a check go. */
public interface CheckOutput {
  /** Takes the steps of the probe. */
  void probe(List<CheckedStep> steps);

  /** Takes what became of connections that were idle. */
  void idle(List<CheckedStep> steps);

  /** Takes the result of a case as soon as it is known. */
  void result(CheckedCase one);

  /** Takes the counts, and all results once more, at the end. */
  void summary(CheckSummary summary, List<CheckedCase> results);

  /** Writes what is buffered. */
  void flush();
}
