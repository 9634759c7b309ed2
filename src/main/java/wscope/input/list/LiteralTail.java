package wscope.input.list;

import wscope.input.find.Lines;

/** Reads what follows a literal: the next part, a repetition, an ellipsis. */
final class LiteralTail {
  private static final int MOST_REPEATS = 1 << 16;
  private static final String REPEATS = " <repeats ";
  private static final String INCOMPLETE = ", <incomplete sequence ";
  private static final LiteralReader.Form CHARACTER =
      new LiteralReader.Form(1, (byte) '\'', 0, false);
  private static final LiteralReader.Form SEQUENCE =
      new LiteralReader.Form(1, (byte) '>', 0, false);

  private final Lines lines;
  private final byte[] text;
  private final LiteralReader reader;
  private int line;
  private int at;
  private LiteralReader.Form form = CHARACTER;
  private boolean repeats;

  LiteralTail(Lines lines, LiteralReader reader) {
    this.lines = lines;
    this.text = lines.text();
    this.reader = reader;
  }

  /** Where the next part begins. */
  int line() {
    return line;
  }

  int at() {
    return at;
  }

  LiteralReader.Form form() {
    return form;
  }

  /** Whether the text after a literal says that more bytes followed. */
  boolean isEllipsis(int line, int from) {
    int next = from;
    if (next < lines.end(line) && text[next] == ' ') {
      next++;
    }
    return Characters.ellipsis(text, next, lines.end(line)) > 0;
  }

  /**
   * Reads what gdb writes after a string.
   *
   * @return the index after it, negative if it was there; otherwise {@code from}
   */
  int gdb(int line, int from) {
    int to = lines.end(line);
    int end = from;
    repeats = false;
    while (true) {
      int next = repeated(end, to);
      next = next > 0 ? next : incomplete(end, to);
      if (next < 0) {
        return end > from ? -end : from;
      }
      end = next;
    }
  }

  private int repeated(int from, int to) {
    if (!Characters.isAt(text, from, to, ", '")) {
      return -1;
    }
    int before = reader.count();
    int most = Math.min(to, from + 9);
    reader.read(text, from + 3, most, CHARACTER, 1);
    int closed = reader.end();
    int count = closed + 1 + REPEATS.length();
    boolean repeated =
        reader.count() == before + 1 && Characters.isAt(text, closed, to, "'" + REPEATS);
    if (!repeated) {
      reader.forget(before);
      return -1;
    }
    int times = 0;
    while (count < to && Characters.isDigit(text[count])) {
      times = Math.min(MOST_REPEATS, 10 * times + text[count++] - '0');
    }
    reader.repeatLast(times - 1);
    repeats = true;
    while (count < to && text[count] != '>') {
      count++;
    }
    return Math.min(to, count + 1);
  }

  private int incomplete(int from, int to) {
    if (!Characters.isAt(text, from, to, INCOMPLETE)) {
      return -1;
    }
    reader.read(text, from + INCOMPLETE.length(), to, SEQUENCE, 8);
    repeats = true;
    int end = reader.end();
    return end < to && text[end] == '>' ? end + 1 : end;
  }

  /** Looks for the next part of the same expression, on the same line or the next one. */
  boolean findNext(int inLine, int from, LiteralReader.Form before) {
    line = inLine;
    at = skipOperators(from, lines.end(line));
    if (repeats && Characters.isAt(text, from, lines.end(line), ", \"")) {
      at = from + 2;
    }
    if (at == lines.end(line) && line + 1 < lines.count()) {
      line++;
      at = skipOperators(lines.start(line), lines.end(line));
    }
    int to = lines.end(line);
    int letters = at;
    while (letters < to && letters - at < 2 && Characters.isAlphanumeric(text[letters])) {
      letters++;
    }
    at = letters + before.quoteSlashes();
    if (at >= to || !isPartQuote(text[at], before) || isAssigned(at, to)) {
      return false;
    }
    form =
        new LiteralReader.Form(before.slashes(), text[at], before.quoteSlashes(), before.decimal());
    at++;
    return true;
  }

  /** A single quote after a double quote begins a part only where letters say so, as in b'…'. */
  private boolean isPartQuote(byte quote, LiteralReader.Form before) {
    boolean same = quote == before.quote();
    return same || (Characters.isQuote(quote) && Characters.isAlphanumeric(text[at - 1]));
  }

  /** Whether the quote begins a name, as in {@code "name": }, and not a part. */
  private boolean isAssigned(int quote, int to) {
    int end = quote + 1;
    while (end < to && Characters.isAlphanumeric(text[end])) {
      end++;
    }
    return end + 1 < to && text[end] == text[quote] && text[end + 1] == ':';
  }

  private int skipOperators(int from, int to) {
    int next = from;
    while (next < to
        && (Characters.isWhite(text[next])
            || text[next] == '+'
            || text[next] == '\\'
            || text[next] == '&')) {
      next++;
    }
    return next;
  }

  /** Whether escapes stand alone, with a space or a comma between each other. */
  boolean isSpaced(int line, int start) {
    int end = skipEscape(start, lines.end(line));
    return end > start && nextEscape(end, lines.end(line)) > end;
  }

  /** Reads escapes that stand alone; returns the index after the last of them. */
  int readSpaced(int line, int start) {
    int to = lines.end(line);
    int from = start;
    while (true) {
      int end = skipEscape(from, to);
      if (end < 0) {
        return from;
      }
      reader.read(text, from, end, CHARACTER, 1);
      int next = nextEscape(end, to);
      if (next < 0 || skipEscape(next, to) < 0) {
        return end;
      }
      from = next;
    }
  }

  private int skipEscape(int from, int to) {
    boolean hex = Characters.isAt(text, from, to, "\\x");
    int end = hex ? Characters.skipHex(text, from + 2, Math.min(to, from + 4)) : -1;
    return end > from + 2 ? end : -1;
  }

  private int nextEscape(int from, int to) {
    int next = from;
    while (next < to && next - from < 3 && (text[next] == ' ' || text[next] == ',')) {
      next++;
    }
    return next > from && next < to && text[next] == '\\' ? next : -1;
  }
}
