package wscope.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Forms;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/**
 * Leaves out bytes that the text shows twice, one after the other: in two forms, such as a call and
 * a dump of it, a literal and its hex digits; or as the same object, which two lines of a log name.
 */
final class Repeats {
  private static final int LONGEST_OBJECT = 160;

  private @Nullable Candidate last;

  /** A copy: whoever decodes the bytes unmasks them in place. */
  private byte[] lastBytes = {};

  private long lastLine;
  private String lastObject = "";
  private String lastWords = "";

  /** The finds without those that repeat the one before. */
  List<Candidate> leaveOut(List<Candidate> finds, Lines lines) {
    List<Candidate> kept = new ArrayList<>();
    for (Candidate find : finds) {
      boolean adjacent = lines.number(find.first().line()) <= lastLine + 1;
      if (!adjacent || last == null || !repeats(find, last, lines)) {
        kept.add(find);
        last = find;
        lastBytes = find.bytes().clone();
        lastObject = object(lines, find.first());
        lastWords = lastObject.isEmpty() ? "" : words(lines, find.first(), lastObject);
      }
      lastLine = lines.number(find.last().line());
    }
    return kept;
  }

  private boolean repeats(Candidate find, Candidate before, Lines lines) {
    Way way = find.first().way();
    Way wayBefore = before.first().way();
    return find.kind() == Candidate.Kind.BYTES
        && (!find.form().equals(before.form()) || isSameObject(find.first(), lines))
        && (way == wayBefore || way == null || wayBefore == null)
        && Arrays.equals(find.bytes(), lastBytes);
  }

  /** Whether other words name the same object. The same words may log it for a second time. */
  private boolean isSameObject(Piece piece, Lines lines) {
    String object = object(lines, piece);
    return !object.isEmpty()
        && object.equals(lastObject)
        && !words(lines, piece, object).equals(lastWords);
  }

  /**
   * The word just before bytes, if it names an object of Java: {@code
   * HeapByteBuffer@49097b5d[p=0,l=25]=…}; otherwise nothing.
   */
  private static String object(Lines lines, Piece piece) {
    int start = piece.from();
    int from = Math.max(lines.start(piece.line()), start - LONGEST_OBJECT);
    boolean named = false;
    while (start > from && " (".indexOf(lines.text()[start - 1]) < 0) {
      named |= lines.text()[--start] == '@';
    }
    return named ? lines.string(start, piece.from()) : "";
  }

  private static String words(Lines lines, Piece piece, String object) {
    return Forms.of(lines, piece.line(), piece.from() - object.length());
  }
}
