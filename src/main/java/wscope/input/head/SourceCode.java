package wscope.input.head;

import wscope.input.find.Lines;

/**
 * Recognises the source code of a head of which the program computes a part:
 *
 * <pre>
 * "HTTP/1.1 101 Switching Protocols\r\n"
 *     + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n"
 * </pre>
 *
 * What such a program sends is not in the text, so that nothing can be said about it.
 */
final class SourceCode {
  /** Later lines are not looked at. */
  private static final int MOST_LINES = 40;

  private static final int MOST_LITERALS = 64;

  /** What joins a literal and a value; a point needs a space or a variable of PHP after it. */
  private static final String JOINS = "+&<.";

  private static final String SEPARATORS = ",\\";

  private final Lines lines;
  private final byte[] text;
  private int at;
  private int literals;

  private SourceCode(Lines lines, int at) {
    this.lines = lines;
    this.text = lines.text();
    this.at = at;
  }

  /** Whether a start line begins such source code. */
  static boolean isAt(Lines lines, StartLine start) {
    int from = start.from();
    if (from == lines.start(start.line()) || !isQuote(lines.text()[from - 1])) {
      return false;
    }
    return new SourceCode(lines, from - 1).isComputed(start.line());
  }

  /** Whether a value is inserted into the literal at the cursor, or joined to it. */
  private boolean isComputed(int first) {
    int end = Math.min(lines.count(), first + MOST_LINES);
    byte quote = text[at++];
    boolean open = true;
    for (int line = first; line < end; line++) {
      int last = lines.end(line);
      at = line == first ? at : lines.start(line);
      while (literals++ < MOST_LITERALS && (open || opens(last))) {
        quote = open ? quote : text[at++];
        int from = at;
        open = !close(quote, last);
        if (Placeholders.in(text, from, at) || (!open && isJoined(++at, last))) {
          return true;
        }
        if (open) {
          break;
        }
      }
      if (!open && at < last) {
        return false;
      }
    }
    return false;
  }

  /** Skips what joins literals. Returns whether the cursor is at a quote. */
  private boolean opens(int end) {
    while (at < end && isJoint(text[at])) {
      at++;
    }
    int letters = at;
    while (letters < end && letters < at + 2 && Chars.isLetter(text[letters])) {
      letters++;
    }
    boolean quote = letters < end && isQuote(text[letters]);
    at = quote ? letters : at;
    return quote;
  }

  private static boolean isJoint(byte c) {
    return Chars.isSpace(c) || SEPARATORS.indexOf(c) >= 0 || JOINS.indexOf(c) >= 0;
  }

  /** Moves to the quote that closes a literal, or to the end. Returns whether it is there. */
  private boolean close(byte quote, int end) {
    while (at < end && text[at] != quote) {
      at += text[at] == '\\' ? 2 : 1;
    }
    at = Math.min(at, end);
    return at < end;
  }

  /** Whether what follows a literal joins it with something that is not a literal. */
  private boolean isJoined(int from, int end) {
    int join = Chars.skipSpaces(text, from, end);
    if (join == end || JOINS.indexOf(text[join]) < 0) {
      return false;
    }
    boolean point = text[join] == '.';
    int next = join + 1;
    next += next < end && text[join] == '<' && text[next] == '<' ? 1 : 0;
    int value = Chars.skipSpaces(text, next, end);
    if (value == end || (point && value == next && text[value] != '$')) {
      return false;
    }
    int quote = value;
    while (quote < end && quote < value + 2 && Chars.isLetter(text[quote])) {
      quote++;
    }
    return quote == end || !isQuote(text[quote]);
  }

  private static boolean isQuote(byte c) {
    return c == '"' || c == '\'' || c == '`';
  }
}
