package wscope.input;

import java.util.Arrays;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;

/**
 * Remembers the text that stands where the first frame must be: on the line after the empty line of
 * a 101 response.
 */
final class TextAfterResponse {
  private static final int LONGEST = 40;

  private byte[] text = {};
  private long expected;

  /** The text, of which a part is enough; empty if there is none, or if frames follow it. */
  byte[] text() {
    return text.clone();
  }

  /** A candidate was chosen. */
  void chosen(Candidate candidate, Lines lines) {
    text = new byte[0];
    int after = candidate.last().line() + 1;
    boolean ends = after < lines.count() && lines.isEmpty(after);
    expected = ends && isSwitching(candidate) ? lines.number(after) + 1 : 0;
  }

  /** A line was passed over. */
  void passedOver(Lines lines, int line) {
    if (lines.number(line) == expected) {
      int from = lines.start(line);
      text = Arrays.copyOfRange(lines.text(), from, Math.min(lines.end(line), from + LONGEST));
    }
  }

  private static boolean isSwitching(Candidate candidate) {
    byte[] bytes = candidate.bytes();
    int status = 0;
    while (status < bytes.length && bytes[status] != ' ') {
      status++;
    }
    return candidate.kind() == Candidate.Kind.RESPONSE
        && status + 4 < bytes.length
        && bytes[status + 1] == '1'
        && bytes[status + 2] == '0'
        && bytes[status + 3] == '1';
  }
}
