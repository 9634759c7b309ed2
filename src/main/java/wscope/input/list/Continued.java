package wscope.input.list;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/**
 * Joins candidates of lines that have the same text before them, apart from its numbers, as long as
 * the frames go on.
 */
final class Continued {
  private static final int MOST_CHAINS = 4;
  private static final int MOST_BYTES = 1 << 20;
  private static final int LONGEST_PREFIX = 512;
  private static final int MOST_LINES_BETWEEN = 64;

  private final Lines lines;
  private final Consumer<Candidate> found;
  private final List<Chain> chains = new ArrayList<>();

  Continued(Lines lines, Consumer<Candidate> found) {
    this.lines = lines;
    this.found = found;
  }

  /** Pieces whose last frame continues, and where the prefix of the first of them stands. */
  private static final class Chain {
    private final List<Piece> pieces = new ArrayList<>();
    private final FrameEnds ends = new FrameEnds();
    private final Candidate first;
    private final int prefixFrom;
    private final int prefixTo;
    private int bytes;

    Chain(Candidate first, int prefixFrom, int prefixTo) {
      this.first = first;
      this.prefixFrom = prefixFrom;
      this.prefixTo = prefixTo;
    }

    void add(Candidate next) {
      for (Piece piece : next.pieces()) {
        ends.feed(piece.bytes());
        bytes += piece.bytes().length;
      }
      pieces.addAll(next.pieces());
    }

    Candidate candidate() {
      EnumSet<Evidence> evidence = EnumSet.of(Evidence.REPEATED);
      evidence.addAll(first.evidence());
      return new Candidate(first.kind(), first.form(), first.option(), pieces, evidence);
    }
  }

  /** Whether any frame continues. */
  boolean isOpen() {
    return !chains.isEmpty();
  }

  /** Where, on a line, the bytes begin that may continue a frame; -1 if nowhere. */
  int beginning(int line) {
    for (Chain chain : chains) {
      int at = match(chain, line);
      if (at >= 0) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Takes a candidate; one that cannot begin with a frame is of use only here.
   *
   * @param from where its first piece begins, without quotes and brackets
   */
  void take(Candidate candidate, int from) {
    int line = candidate.first().line();
    for (Chain chain : chains) {
      if (match(chain, line) == from && line > chain.pieces.get(chain.pieces.size() - 1).line()) {
        chain.add(candidate);
        endIfWhole(chain);
        return;
      }
    }
    begin(candidate, line, from);
  }

  private void begin(Candidate candidate, int line, int from) {
    byte[] bytes = candidate.first().bytes();
    int start = lines.start(line);
    if (!FrameCheck.canBegin(bytes, 0, bytes.length) || from - start > LONGEST_PREFIX) {
      return;
    }
    Chain chain = new Chain(candidate, start, from);
    chain.add(candidate);
    if (chain.ends.goesOn()) {
      if (chains.size() == MOST_CHAINS) {
        end(chains.remove(0));
      }
      chains.add(chain);
    }
  }

  private void endIfWhole(Chain chain) {
    if (!chain.ends.goesOn() || chain.bytes > MOST_BYTES) {
      chains.remove(chain);
      end(chain);
    }
  }

  /** Ends the chains that no line near by continues. */
  void passed(int line) {
    while (!chains.isEmpty()
        && line - chains.get(0).pieces.get(chains.get(0).pieces.size() - 1).line()
            > MOST_LINES_BETWEEN) {
      end(chains.remove(0));
    }
  }

  /** Ends all chains. */
  void end() {
    chains.forEach(this::end);
    chains.clear();
  }

  private void end(Chain chain) {
    Candidate joined = chain.candidate();
    if (chain.pieces.size() > chain.first.pieces().size()
        && FrameCheck.of(joined.bytes()).isValidSoFar()) {
      found.accept(joined);
    }
  }

  /** Where the prefix of a chain ends on a line; -1 if the line has another prefix. */
  private int match(Chain chain, int line) {
    byte[] text = lines.text();
    int at = lines.start(line);
    int to = lines.end(line);
    int i = chain.prefixFrom;
    while (i < chain.prefixTo) {
      if (at >= to) {
        return -1;
      }
      if (Characters.isDigit(text[i]) && Characters.isDigit(text[at])) {
        i = skipDigits(text, i, chain.prefixTo);
        at = skipDigits(text, at, to);
      } else if (text[i++] != text[at++]) {
        return -1;
      }
    }
    return at;
  }

  private static int skipDigits(byte[] text, int from, int to) {
    int at = from;
    while (at < to && Characters.isDigit(text[at])) {
      at++;
    }
    return at;
  }

  /** Evidence that a candidate has nothing after it on its last line but punctuation. */
  static Set<Evidence> endOfLine(Lines lines, int line, int at) {
    for (int i = at; i < lines.end(line); i++) {
      byte c = lines.text()[i];
      if (c < 0 || Characters.isAlphanumeric(c)) {
        return Set.of();
      }
    }
    return Set.of(Evidence.ENDS_LINE);
  }
}
