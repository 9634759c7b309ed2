package wscope.input.dump;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Matcher;
import wscope.input.find.Piece;

/** What a matcher finds in a text, as the tests of this room compare it. */
final class Found {
  /** A masked "Hello" of RFC 6455, section 5.7, and a Close 1000. */
  static final String HELLO = "81 85 37 fa 21 3d 7f 9f 4d 51 58 88 02 03 e8";

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private Found() {}

  static List<Candidate> in(String text) {
    return in(text, new DumpMatcher());
  }

  static List<Candidate> in(String text, Matcher matcher) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<Candidate> found = new ArrayList<>();
    matcher.match(new Lines(bytes, 0, bytes.length, 1, true), found::add);
    return found;
  }

  /** The bytes of each candidate. */
  static List<String> bytesIn(String text) {
    return in(text).stream().map(candidate -> hex(candidate.bytes())).toList();
  }

  /** The pieces of a candidate: line, text, bytes, way. */
  static List<String> pieces(String text, Candidate candidate) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return candidate.pieces().stream().map(piece -> show(bytes, piece)).toList();
  }

  private static String show(byte[] text, Piece piece) {
    int length = piece.to() - piece.from();
    String part = new String(text, piece.from(), length, StandardCharsets.UTF_8);
    String way = piece.way() == null ? "" : " " + piece.way();
    return piece.line() + " [" + part + "] " + hex(piece.bytes()) + way;
  }

  static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }
}
