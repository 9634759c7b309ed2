package wscope.input.head;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Candidate.Kind;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/** Collects the lines of a head. */
final class HeadPieces {
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Lines lines;
  private final @Nullable Way way;
  private final List<Piece> pieces = new ArrayList<>();

  HeadPieces(Lines lines, @Nullable Way way) {
    this.lines = lines;
    this.way = way;
  }

  int size() {
    return pieces.size();
  }

  /** Adds a line of the head as it stands in the text. */
  void add(int line, int from, int to) {
    add(line, from, to, concat(Arrays.copyOfRange(lines.text(), from, to), LINE_END));
  }

  /** Adds bytes for which other characters stand in the text. */
  void add(int line, int from, int to, byte[] bytes) {
    pieces.add(new Piece(line, from, to, bytes, way));
  }

  /** Removes the spaces that fill up all lines to one width. Single ones may have been sent. */
  void removePadding() {
    byte[] text = lines.text();
    for (Piece piece : pieces) {
      if (pieces.size() < 2 || Chars.trim(text, piece.from(), piece.to()) == piece.to()) {
        return;
      }
    }
    List<Piece> padded = List.copyOf(pieces);
    pieces.clear();
    for (Piece piece : padded) {
      add(piece.line(), piece.from(), Chars.trim(text, piece.from(), piece.to()));
    }
  }

  /** Removes spaces at the end of the first line. */
  void trimFirst() {
    Piece first = pieces.get(0);
    int to = Chars.trim(lines.text(), first.from(), first.to());
    byte[] bytes = concat(Arrays.copyOfRange(lines.text(), first.from(), to), LINE_END);
    pieces.set(0, new Piece(first.line(), first.from(), to, bytes, way));
  }

  /** The head, with its empty line. */
  Candidate head(Kind kind, String form, Set<Evidence> evidence) {
    Piece last = pieces.get(pieces.size() - 1);
    byte[] bytes = concat(last.bytes(), LINE_END);
    List<Piece> all = new ArrayList<>(pieces);
    all.set(all.size() - 1, new Piece(last.line(), last.from(), last.to(), bytes, way));
    return candidate(kind, form, all, evidence);
  }

  private Candidate candidate(Kind kind, String form, List<Piece> all, Set<Evidence> evidence) {
    EnumSet<Evidence> found = EnumSet.noneOf(Evidence.class);
    found.addAll(evidence);
    if (!evidence.contains(Evidence.HEADER_FIELDS) && isAlone(all)) {
      found.add(Evidence.ALONE);
    }
    return new Candidate(kind, form, "", all, found);
  }

  private boolean isAlone(List<Piece> all) {
    if (lines.number(0) != 1 || !lines.isEnd()) {
      return false;
    }
    int first = all.get(0).line();
    int last = all.get(all.size() - 1).line();
    // Only a few empty lines are looked at: those around a head.
    for (int i = Math.max(0, first - 3); i < Math.min(lines.count(), last + 4); i++) {
      if ((i < first || i > last) && !lines.isEmpty(i)) {
        return false;
      }
    }
    return first <= 3 && last + 4 >= lines.count();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
