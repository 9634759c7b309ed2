package wscope.input;

import java.util.List;
import java.util.Set;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/**
 * Bytes or a head that were found in a text.
 *
 * @param kind what was found
 * @param form in which it is written
 * @param option the value of {@code --from} that reads it; empty if there is none
 * @param firstLine number of the first line, from 1
 * @param firstColumn of its first character, from 1
 * @param lastLine number of the last line
 * @param lastColumn of its last character
 * @param lines how many lines have some of it
 * @param bytes that were read; 0 for a head
 * @param evidence for it
 * @param whole whether its lines have nothing else
 */
public record Find(
    Candidate.Kind kind,
    String form,
    String option,
    long firstLine,
    long firstColumn,
    long lastLine,
    long lastColumn,
    long lines,
    long bytes,
    Set<Evidence> evidence,
    boolean whole) {
  static Find of(Candidate candidate, Lines lines) {
    Piece first = candidate.first();
    Piece last = candidate.last();
    return new Find(
        candidate.kind(),
        candidate.form(),
        candidate.option(),
        lines.number(first.line()),
        lines.column(first.line(), first.from()),
        lines.number(last.line()),
        lines.column(last.line(), last.to()) - 1,
        candidate.pieces().stream().map(Piece::line).distinct().count(),
        candidate.length(),
        candidate.evidence(),
        Scorer.isWhole(candidate, lines));
  }

  /** Where it stands, as in {@code line 3, columns 5 to 20}. */
  public String place() {
    if (firstLine == lastLine) {
      return "line " + firstLine + ", columns " + firstColumn + " to " + lastColumn;
    }
    return "lines " + firstLine + " to " + lastLine;
  }

  /** The sum of the points of its evidence, with a sign for each. */
  public int points() {
    return evidence.stream().mapToInt(Evidence::points).sum();
  }

  /** The reasons of its evidence, the strongest first. */
  public List<Evidence> reasons() {
    return evidence.stream()
        .sorted((a, b) -> Integer.compare(Math.abs(b.points()), Math.abs(a.points())))
        .toList();
  }
}
