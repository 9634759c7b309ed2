package wscope.input.screen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/** What the matcher finds in a text, in a form that tests can compare. */
final class Finds {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private Finds() {}

  static List<Candidate> in(String text) {
    return in(text, 1, true);
  }

  /**
   * The candidates in lines that have bytes.
   *
   * @param number of the first line
   * @param last whether the text ends after them
   */
  static List<Candidate> in(String text, long number, boolean last) {
    byte[] bytes = text.getBytes(UTF_8);
    List<Candidate> found = new ArrayList<>();
    new ScreenMatcher().match(new Lines(bytes, 0, bytes.length, number, last), found::add);
    found.removeIf(candidate -> candidate.bytes().length == 0);
    return found;
  }

  /** The lines that are claimed although their bytes are not known, by their indices. */
  static List<Integer> claimed(String text, long number, boolean last) {
    byte[] bytes = text.getBytes(UTF_8);
    List<Integer> claimed = new ArrayList<>();
    Consumer<Candidate> found =
        candidate -> {
          if (candidate.bytes().length == 0) {
            candidate.pieces().forEach(piece -> claimed.add(piece.line()));
          }
        };
    new ScreenMatcher().match(new Lines(bytes, 0, bytes.length, number, last), found);
    return claimed.stream().distinct().toList();
  }

  /** The bytes of each candidate in hex. */
  static List<String> bytes(String text) {
    return in(text).stream().map(found -> HEX.formatHex(found.bytes())).toList();
  }

  /** Each piece with bytes of the only candidate, as {@code LINE WAY TEXT = HEX}. */
  static List<String> pieces(String text) {
    List<Candidate> found = in(text);
    if (found.size() != 1) {
      return List.of(found.size() + " candidates");
    }
    List<String> pieces = new ArrayList<>();
    for (Piece piece : found.get(0).pieces()) {
      if (piece.bytes().length > 0) {
        String way = piece.way() == null ? "" : piece.way() + " ";
        String hex = HEX.formatHex(piece.bytes());
        pieces.add(piece.line() + 1 + " " + way + shown(text, piece) + " = " + hex);
      }
    }
    return pieces;
  }

  /** The lines of which no piece of any candidate has a part. */
  static List<String> left(String text) {
    List<String> left = new ArrayList<>(text.lines().toList());
    in(text).forEach(found -> found.pieces().forEach(piece -> left.set(piece.line(), "")));
    left.removeIf(String::isEmpty);
    return left;
  }

  private static String shown(String text, Piece piece) {
    byte[] bytes = text.getBytes(UTF_8);
    return new String(bytes, piece.from(), piece.to() - piece.from(), UTF_8);
  }
}
