package wscope.protocol.handshake;

import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** A violation that several lines of a head have. */
final class RepeatedViolation {
  /** The number of lines that are named if they are not consecutive. */
  private static final int MOST_LINES = 8;

  private final int index;
  private final Rule rule;
  private final long offset;
  private final String found;
  private final StringBuilder numbers = new StringBuilder();
  private long first;
  private long last;
  private long count;

  /**
   * Creates a violation without lines.
   *
   * @param index its index among the violations of the head
   * @param offset the offset of the first one
   * @param found the first wrong value in words
   */
  RepeatedViolation(int index, Rule rule, long offset, String found) {
    this.index = index;
    this.rule = rule;
    this.offset = offset;
    this.found = found;
  }

  int index() {
    return index;
  }

  /** Adds the number of a line, which may be the last one again. */
  void add(long line) {
    if (line == last) {
      return;
    }
    first = count == 0 ? line : first;
    last = line;
    count++;
    if (count <= MOST_LINES) {
      numbers.append(count == 1 ? "" : ", ").append(line);
    }
  }

  /** The violation at its first place, with the numbers of all lines. */
  Violation violation() {
    return new Violation(rule, offset, 0, found + (count == 1 ? ", line " : ", lines ") + lines());
  }

  private String lines() {
    if (count > 2 && last - first + 1 == count) {
      return first + " to " + last;
    }
    return count > MOST_LINES ? numbers + " and " + (count - MOST_LINES) + " more" : "" + numbers;
  }
}
