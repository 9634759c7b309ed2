package wscope.input.find;

import java.util.function.Consumer;

/**
 * Finds the candidates of one kind. A matcher looks at each line a bounded number of times, and
 * takes time and memory in proportion to the text. It finds the same whatever came before.
 */
public interface Matcher {
  /** Finds all candidates, those that overlap too. */
  void match(Lines lines, Consumer<Candidate> found);
}
