package wscope.input.list;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;
import wscope.input.find.Marks;
import wscope.input.find.Matcher;
import wscope.input.find.Piece;

/**
 * Finds base64 and base64url that can begin with a frame: {@code "payload":"gQVIZWxsbw=="}, {@code
 * payloadData: gQVIZWxsbw==}, and lines of 60 characters or more that continue one another.
 */
public final class Base64Matcher implements Matcher {
  /** A token without padding has at least four groups. */
  private static final int FEWEST = 16;

  private static final int FEWEST_PADDED = 8;

  /** The characters of the shortest frame, without padding. */
  private static final int SHORTEST = 3;

  private static final byte[] TOKEN = new byte[256];

  static {
    Arrays.fill(TOKEN, (byte) -1);
    for (int i = 0; i < 26; i++) {
      TOKEN['A' + i] = (byte) i;
      TOKEN['a' + i] = (byte) (26 + i);
    }
    for (int i = 0; i < 10; i++) {
      TOKEN['0' + i] = (byte) (52 + i);
    }
    TOKEN['+'] = 62;
    TOKEN['-'] = 62;
    TOKEN['/'] = 63;
    TOKEN['_'] = 63;
  }

  /** The value of a character of base64 or base64url, or -1. */
  static int value(byte c) {
    return TOKEN[c & 0xff];
  }

  @Override
  public void match(Lines lines, Consumer<Candidate> found) {
    byte[] text = lines.text();
    boolean pem = false;
    int line = 0;
    while (line < lines.count()) {
      int from = lines.start(line);
      int to = lines.end(line);
      if (from < to && text[from] == '-' && Characters.isAt(text, from, to, "-----")) {
        pem = Characters.isAt(text, from, to, "-----BEGIN ");
      }
      int next = line + 1;
      int at = lines.lacks(line, Marks.Mark.BASE64) ? to : from;
      boolean none = at == from && !pem;
      while (!pem && at < to) {
        if (TOKEN[text[at] & 0xff] < 0) {
          at++;
          continue;
        }
        int start = at;
        at = Base64Token.end(text, at, to);
        boolean enough = at - start >= FEWEST_PADDED - 2 || isShortFrame(text, start, at);
        if (enough && mayBegin(text, start, at)) {
          int after = token(lines, line, start, at, found);
          none &= after < 0;
          next = Math.max(next, after);
        }
      }
      if (none) {
        lines.setLacks(line, Marks.Mark.BASE64);
      }
      line = next;
    }
  }

  /** Whether a text has nothing but a token. */
  private static boolean isAlone(Lines lines, int from, int to) {
    return lines.isEnd()
        && lines.string(lines.start(0), from).isBlank()
        && lines.string(to, lines.to()).isBlank();
  }

  /** Whether three or four characters are a frame by its own length, as {@code gQFB} is. */
  private static boolean isShortFrame(byte[] text, int from, int to) {
    int characters = to - from;
    if (characters < SHORTEST || characters > SHORTEST + 1) {
      return false;
    }
    int second = value(text[from + 1]) << 4 | value(text[from + 2]) >> 2;
    boolean empty = characters == SHORTEST && (second & 0xff) == 0;
    return empty || (characters > SHORTEST && (second & 0xff) == 1);
  }

  /** Whether the first two bytes can begin a frame. */
  private static boolean mayBegin(byte[] text, int at, int to) {
    int first = value(text[at]);
    int second = value(text[at + 1]);
    int third = value(text[at + 2]);
    if (second < 0 || third < 0 || at + 3 > to) {
      return false;
    }
    byte[] bytes = {
      (byte) (first << 2 | second >> 4), (byte) (second << 4 | third >> 2),
    };
    return FrameCheck.canBegin(bytes, 0, 2);
  }

  /**
   * Offers the token that stands from an index to another one.
   *
   * @return the line to go on with; -1 if this is not base64
   */
  private static int token(Lines lines, int line, int from, int to, Consumer<Candidate> found) {
    byte[] text = lines.text();
    int end = Base64Token.padded(text, from, to, lines.end(line));
    boolean padded = end > to;
    if (Base64Token.isOther(lines, line, from, end)) {
      return -1;
    }
    Base64Token token = new Base64Token(lines, line, from, end);
    boolean marked = token.isMarked();
    boolean enough = end - from >= (padded ? FEWEST_PADDED : FEWEST);
    boolean single = isShortFrame(text, from, to);
    if (!enough && !(single && (marked || isAlone(lines, from, end)))) {
      // At the end of the text, it may be alone.
      return single && !lines.isEnd() ? line + 1 : -1;
    }
    if (!token.read()) {
      return line + 1;
    }
    byte[] bytes = token.bytes();
    boolean words = enough && !padded && Base64Token.isWord(text, from, to);
    FrameCheck check = FrameCheck.of(bytes);
    if (!marked && !check.isValidSoFar()) {
      return token.nextLine();
    }
    EnumSet<Evidence> evidence = EnumSet.noneOf(Evidence.class);
    evidence.addAll(marked ? Set.of(Evidence.MARKED) : Set.of());
    evidence.addAll(words ? Set.of(Evidence.WORDS) : Set.of());
    List<Piece> pieces = token.pieces();
    Piece last = pieces.get(pieces.size() - 1);
    if (Counts.agree(lines, line, from, last.line(), last.to(), bytes.length)) {
      evidence.add(Evidence.COUNTED);
    }
    evidence.addAll(Continued.endOfLine(lines, last.line(), last.to()));
    found.accept(new Candidate(Candidate.Kind.BYTES, "base64", "base64", pieces, evidence));
    return token.nextLine();
  }
}
