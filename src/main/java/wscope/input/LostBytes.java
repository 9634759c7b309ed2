package wscope.input;

import wscope.input.find.Candidate;
import wscope.input.find.Lines;

/** Counts U+FFFD, which stands for bytes that were lost when they were made into text. */
final class LostBytes {
  private LostBytes() {}

  /**
   * Counts the characters on lines that were read, or nearly.
   *
   * @param all whether nothing was found in the whole text, so that each line counts
   */
  static long count(Selection selection, Lines lines, boolean all) {
    boolean[] counted = new boolean[lines.count()];
    long count = 0;
    for (Candidate candidate : selection.chosen()) {
      count += count(candidate, lines, counted);
    }
    for (Candidate candidate : selection.doubtful()) {
      count += count(candidate, lines, counted);
    }
    for (int line = 0; line < lines.count() && all; line++) {
      count += count(line, lines, counted);
    }
    return count;
  }

  private static long count(Candidate candidate, Lines lines, boolean[] counted) {
    long count = 0;
    for (int line = candidate.first().line(); line <= candidate.last().line(); line++) {
      count += count(line, lines, counted);
    }
    return count;
  }

  private static long count(int line, Lines lines, boolean[] counted) {
    if (counted[line]) {
      return 0;
    }
    counted[line] = true;
    long count = 0;
    byte[] text = lines.text();
    for (int i = lines.start(line); i + 2 < lines.end(line); i++) {
      boolean lost =
          text[i] == (byte) 0xef && text[i + 1] == (byte) 0xbf && text[i + 2] == (byte) 0xbd;
      count += lost ? 1 : 0;
    }
    return count;
  }
}
