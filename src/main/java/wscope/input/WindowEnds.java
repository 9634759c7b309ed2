package wscope.input;

import java.util.function.IntBinaryOperator;
import wscope.input.spelling.TextCheck;

/**
 * Where a window of a text may be closed: at line ends, ever more seldom, and at its end. This
 * depends on the text alone, and not on the pieces in which it comes.
 */
final class WindowEnds {
  /** Whoever pastes bytes as they are pastes some that no text has soon. */
  private static final int CHECKED = 4096;

  /** So much text before a byte that no text has is text, in another encoding. */
  private static final int CLEARLY_TEXT = 64;

  /** The longest window, if a find continues and on. */
  private static final int LONGEST = 4 << 20;

  private static final byte ESCAPE = 27;

  /** Why a window may be closed. */
  enum Reason {
    MORE_NEEDED,
    NOT_TEXT,
    LINE_END,
    FULL,
    TEXT_END
  }

  /**
   * A place to look at a window.
   *
   * @param end index after the last character of the window
   */
  record Look(Reason reason, int end) {}

  private final TextCheck check = new TextCheck();
  private boolean checking;
  private int longest = TextBuffer.WINDOW;
  private boolean coloured;
  private boolean foreign;
  private int scanned;
  private int lines;
  private int lineStart;
  private int nextLook = 1;
  private int emptyLines;

  /**
   * For a new window.
   *
   * @param mayBeRaw whether bytes as they are may begin here
   */
  WindowEnds(boolean mayBeRaw) {
    checking = mayBeRaw;
  }

  /**
   * The next place. Up to there, escape sequences of terminals are removed, and spaces between
   * bytes replaced.
   */
  Look next(TextBuffer buffer) {
    Look look = find(buffer);
    if (look.reason() == Reason.NOT_TEXT || look.reason() == Reason.MORE_NEEDED) {
      return look;
    }
    if (coloured) {
      coloured = false;
      look = shortened(look, buffer.at(), buffer::removeEscapes);
    }
    if (foreign) {
      foreign = false;
      look = shortened(look, buffer.at(), buffer::replaceSpaces);
    }
    return look;
  }

  /**
   * Shortens the text up to a place.
   *
   * @param change of a part of the text; it returns how many bytes were removed
   */
  private Look shortened(Look look, int from, IntBinaryOperator change) {
    int inLine = change.applyAsInt(from + lineStart, from + scanned);
    int before = change.applyAsInt(from, from + lineStart);
    int removed = look.end() > from + lineStart ? before + inLine : before;
    scanned -= before + inLine;
    lineStart -= before;
    return new Look(look.reason(), look.end() - removed);
  }

  private Look find(TextBuffer buffer) {
    byte[] text = buffer.text();
    int from = buffer.at();
    int limit = Math.min(buffer.length(), longest);
    while (scanned < limit) {
      byte c = text[from + scanned];
      if (checking && !isText(c, text, from)) {
        return new Look(Reason.NOT_TEXT, from);
      }
      scanned++;
      coloured |= c == ESCAPE;
      foreign |= c < 0;
      if (c == '\n' && endLine(text, from)) {
        return new Look(Reason.LINE_END, from + scanned);
      }
    }
    if (scanned == longest) {
      return new Look(Reason.FULL, from + (lineStart == 0 ? scanned : lineStart));
    }
    boolean ended = buffer.isAtEnd();
    if (ended && checking && !check.isWhole() && !isOtherText(text, from)) {
      return new Look(Reason.NOT_TEXT, from);
    }
    return new Look(ended ? Reason.TEXT_END : Reason.MORE_NEEDED, from + scanned);
  }

  /**
   * Lets the window grow, because what it shows continues at its end.
   *
   * @return false if it is as long as it may be
   */
  boolean grow() {
    longest *= 4;
    return longest <= LONGEST;
  }

  private boolean isText(byte c, byte[] text, int from) {
    if (scanned == CHECKED) {
      checking = false;
    } else if (!check.take(c)) {
      checking = false;
      return isOtherText(text, from);
    }
    return true;
  }

  /**
   * Whether so much text came before that this is text in an encoding other than UTF-8, or a
   * literal, with which no frames begin.
   */
  private boolean isOtherText(byte[] text, int from) {
    boolean literal = text[from] == '"' || text[from] == '\'';
    return (scanned >= CLEARLY_TEXT || literal || hasReplacement(text, from))
        && !starts(text, from, "GET ")
        && !starts(text, from, "HTTP/1.");
  }

  /** Whether U+FFFD came, which stands for bytes that were lost. */
  private boolean hasReplacement(byte[] text, int from) {
    for (int i = from; i + 2 < from + scanned; i++) {
      if (text[i] == (byte) 0xef && text[i + 1] == (byte) 0xbf && text[i + 2] == (byte) 0xbd) {
        return true;
      }
    }
    return false;
  }

  private boolean starts(byte[] text, int from, String expected) {
    for (int i = 0; i < expected.length(); i++) {
      if (i >= scanned || text[from + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Ends a line, and says whether to look at the window there. */
  private boolean endLine(byte[] text, int from) {
    int length = scanned - 1 - lineStart;
    boolean empty = length == 0 || (length == 1 && text[from + lineStart] == '\r');
    lineStart = scanned;
    lines++;
    emptyLines += empty ? 1 : 0;
    if (lines >= nextLook) {
      nextLook = 2 * lines;
      return true;
    }
    // An empty line ends a head.
    return empty && emptyLines <= 8;
  }
}
