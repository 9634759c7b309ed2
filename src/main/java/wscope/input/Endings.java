package wscope.input;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/** What follows bytes on their line and says that the stream ended there, so that they are cut. */
final class Endings {
  private static final int LONGEST_LOOK = 64;

  private static final Set<String> WORDS =
      Set.of(
          "rst",
          "reset",
          "eof",
          "epipe",
          "econnreset",
          "closed",
          "disconnect",
          "disconnects",
          "disconnected",
          "dropped",
          "drops",
          "lost",
          "truncated");

  /** What an identifier looks like too: the rest of its line is about something else. */
  private static final Set<Evidence> OF_IDENTIFIERS =
      Set.of(Evidence.SHORT_WORD, Evidence.DIGEST, Evidence.IDENTIFIER, Evidence.NUMBERS);

  private Endings() {}

  /** Whether they follow a candidate whose last frame is incomplete. */
  static boolean follow(Candidate candidate, Lines lines) {
    Set<Evidence> evidence = candidate.evidence();
    boolean several = candidate.pieces().size() > 1;
    if (several && !Collections.disjoint(evidence, OF_IDENTIFIERS)) {
      return false;
    }
    boolean cut = evidence.contains(Evidence.CUT_FRAME) || evidence.contains(Evidence.CUT_STREAM);
    return cut && saysSo(candidate.last(), lines);
  }

  private static boolean saysSo(Piece last, Lines lines) {
    int to = Math.min(lines.end(last.line()), last.to() + LONGEST_LOOK);
    String rest = lines.string(last.to(), to).toLowerCase(Locale.ROOT);
    for (String word : rest.split("[^a-z]+", -1)) {
      if (WORDS.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
