package wscope.input.head;

import wscope.input.find.Lines;

/**
 * A cursor over the characters of a string literal, or of several that a program joins: {@code "GET
 * / HTTP/1.1\r\n" + "Host: x\r\n"}, also on several lines. Without a quote, the end of the line
 * ends it.
 */
final class Literal {
  /** A quote that begins earlier on the line is not looked for. */
  private static final int LONGEST_BEFORE = 400;

  private static final String JOINED = " \t\r+.&\\";
  private static final String CLOSED = ")]};,";

  private final Lines lines;
  private final byte[] text;
  private final int quote;
  private int line;
  private int at;
  private int before;
  private int after;
  private boolean closed;
  private boolean valid = true;

  /** A literal, of which the cursor is inside. */
  Literal(Lines lines, int line, int at) {
    this.lines = lines;
    this.text = lines.text();
    this.line = line;
    this.at = at;
    this.after = at;
    this.quote = quoteBefore(lines.start(line));
  }

  /** The quote that opened the literal; 0 if there is none. */
  private int quoteBefore(int start) {
    int first = Math.max(start, at - LONGEST_BEFORE);
    if (at > start && isQuote(text[at - 1])) {
      return text[at - 1];
    }
    int open = 0;
    for (int i = first; i < at; i++) {
      if (text[i] == open) {
        open = 0;
      } else if (open == 0 && (text[i] == '"' || (text[i] == '\'' && opens(start, i)))) {
        open = text[i];
      }
    }
    return open;
  }

  /** Whether an apostrophe opens a literal, and is not part of a word. */
  private boolean opens(int start, int i) {
    if (i == start) {
      return true;
    }
    boolean prefix = text[i - 1] == 'b' && (i - 1 == start || !Chars.isToken(text[i - 2]));
    return prefix || !Chars.isAlphanumeric(text[i - 1]);
  }

  private static boolean isQuote(byte c) {
    return c == '"' || c == '\'' || c == '`';
  }

  /**
   * Decodes the next character. At the end of the literal, it continues with one that is joined.
   *
   * @param joinsLists whether a comma may separate the literals
   * @return the byte; -1 if the literal is closed
   */
  int next(boolean joinsLists) {
    while (!closed && (at == lines.end(line) || (quote != 0 && text[at] == quote))) {
      close(joinsLists);
    }
    if (closed) {
      return -1;
    }
    before = at;
    if (text[at] != '\\') {
      after = ++at;
      return text[at - 1] & 0xff;
    }
    long decoded = Escapes.decode(text, at, lines.end(line));
    valid &= decoded != Escapes.INVALID;
    at = decoded == Escapes.INVALID ? at + 1 : (int) (decoded >> 8);
    after = at;
    return (int) (decoded & 0xff);
  }

  private void close(boolean joinsLists) {
    closed = true;
    if (quote == 0 || at == lines.end(line)) {
      return;
    }
    int i = at + 1;
    int onLine = line;
    int first = skipJoining(i, lines.end(onLine), joinsLists);
    if (first == lines.end(onLine) && onLine + 1 < lines.count()) {
      onLine++;
      i = lines.start(onLine);
      first = skipJoining(i, lines.end(onLine), joinsLists);
    }
    int opening = first;
    int end = lines.end(onLine);
    while (opening < end && opening < first + 2 && Chars.isLetter(text[opening])) {
      opening++;
    }
    if (opening < end && text[opening] == quote) {
      closed = false;
      line = onLine;
      at = opening + 1;
    }
  }

  private int skipJoining(int from, int to, boolean joinsLists) {
    int i = from;
    while (i < to && (JOINED.indexOf(text[i]) >= 0 || (joinsLists && text[i] == ','))) {
      i++;
    }
    return i;
  }

  /** Whether nothing that a program computes follows the closed literal. */
  boolean isWhole() {
    int end = lines.end(line);
    int i = Math.min(end, at + 1);
    if (quote == 0 || at == end) {
      return quote == 0 && !Chars.endsWith(text, lines.start(line), end, "...");
    }
    i = Chars.skipSpaces(text, i, end);
    return i == end || CLOSED.indexOf(text[i]) >= 0;
  }

  /** Whether the text ends where the literal may go on. */
  boolean reachesEnd() {
    return quote != 0 && line + 1 == lines.count();
  }

  /** Whether all escapes stood for bytes. */
  boolean isValid() {
    return valid;
  }

  int line() {
    return line;
  }

  /** Where the character that was decoded last begins. */
  int before() {
    return before;
  }

  /** Where the character that was decoded last ends. */
  int after() {
    return after;
  }
}
