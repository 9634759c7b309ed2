package wscope.input.list;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Matcher;
import wscope.input.find.Piece;

/** What a matcher finds in a text, in a form that tests can compare. */
final class Finds {
  /** "Hello" of a server. */
  static final String F = "810548656c6c6f";

  /** A masked "Hello", then a Close with the code 1000. */
  static final String H = "818537fa213d7f9f4d5158880203e8";

  private Finds() {}

  static List<Candidate> in(Matcher matcher, String text) {
    return in(matcher, text.getBytes(StandardCharsets.UTF_8), true);
  }

  /** The candidates in a window after which the text goes on. */
  static List<Candidate> inWindow(Matcher matcher, String text) {
    return in(matcher, text.getBytes(StandardCharsets.UTF_8), false);
  }

  static List<Candidate> in(Matcher matcher, byte[] text, boolean last) {
    List<Candidate> found = new ArrayList<>();
    matcher.match(new Lines(text, 0, text.length, 1, last), found::add);
    return found;
  }

  /** The bytes of each candidate in hex. */
  static List<String> bytes(Matcher matcher, String text) {
    return in(matcher, text).stream().map(c -> HexFormat.of().formatHex(c.bytes())).toList();
  }

  /** The bytes with LF as line ends, which must be the same with CRLF and before more lines. */
  static List<String> always(Matcher matcher, String text) {
    List<String> found = bytes(matcher, text);
    if (!found.equals(bytes(matcher, text.replace("\n", "\r\n")))) {
      return List.of("other bytes with CRLF");
    }
    return found.equals(bytes(matcher, text + "\nand so on\n"))
        ? found
        : List.of("other bytes before more lines");
  }

  /** Each piece of the only candidate, as {@code LINE TEXT = HEX}. */
  static List<String> pieces(Matcher matcher, String text) {
    List<Candidate> found = in(matcher, text);
    if (found.size() != 1) {
      return List.of(found.size() + " candidates");
    }
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    List<String> pieces = new ArrayList<>();
    for (Piece piece : found.get(0).pieces()) {
      String own = new String(all, piece.from(), piece.to() - piece.from(), StandardCharsets.UTF_8);
      pieces.add(piece.line() + " " + own + " = " + HexFormat.of().formatHex(piece.bytes()));
    }
    return pieces;
  }

  /** The evidence of the only candidate. */
  static Set<Evidence> evidence(Matcher matcher, String text) {
    List<Candidate> found = in(matcher, text);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " candidates in " + text);
    }
    return found.get(0).evidence();
  }
}
