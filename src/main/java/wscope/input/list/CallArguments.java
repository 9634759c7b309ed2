package wscope.input.list;

import java.util.List;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Marks;
import wscope.input.find.Piece;

/**
 * Passes over the arguments of a call after its text, as strace prints them: the numbers of {@code
 * sendto(4, "HTTP/1.1 101\r\n", 129, 0, NULL, 0) = 129} are not bytes.
 */
final class CallArguments {
  private static final String RESULT = ") = ";

  /** What follows the arguments: the result, its error and the time. */
  private static final int LONGEST_RESULT = 96;

  private static final int LONGEST_ARGUMENTS = 256;

  private final Lines lines;
  private final byte[] text;
  private final Consumer<Candidate> found;

  CallArguments(Lines lines, Consumer<Candidate> found) {
    this.lines = lines;
    this.text = lines.text();
    this.found = found;
  }

  void run() {
    Marks.Mark call = Marks.Mark.CALL;
    for (int line = lines.next(0, call); line < lines.count(); line = lines.next(line + 1, call)) {
      int end = result(line);
      int from = end < 0 ? -1 : afterText(line, end);
      if (from >= 0) {
        found.accept(LeftOut.claim(List.of(new Piece(line, from, end, new byte[0], null))));
      }
    }
  }

  /** The index of the parenthesis before the result of a call; -1 if there is none. */
  private int result(int line) {
    int to = lines.end(line);
    int least = Math.max(lines.start(line), to - LONGEST_RESULT);
    for (int i = to - RESULT.length() - 1; i >= least; i--) {
      if (text[i] == ')' && Characters.isAt(text, i, to, RESULT)) {
        return i;
      }
    }
    return -1;
  }

  /** The index of the comma between a text and the arguments that end here; -1 if there is none. */
  private int afterText(int line, int end) {
    int least = Math.max(lines.start(line), end - LONGEST_ARGUMENTS);
    int comma = -1;
    for (int i = end - 1; i > least; i--) {
      byte c = text[i];
      if (c == '"') {
        return comma;
      }
      if (c == ',') {
        comma = i;
      } else if (!Characters.isAlphanumeric(c) && " _|-.".indexOf(c) < 0) {
        return -1;
      }
    }
    return -1;
  }
}
