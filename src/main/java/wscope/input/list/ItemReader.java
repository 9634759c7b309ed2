package wscope.input.list;

import wscope.input.find.Lines;

/**
 * Reads the items of one list, over as many lines as it has: {@code 129}, {@code -127}, {@code
 * 0x81}, {@code (byte) 0x81}, {@code 0x81.toByte()}, {@code int(129)}, {@code '81'}, {@code 'R'},
 * {@code "0": 129}, {@code [0] => 129}, with comments, and what the list says about itself.
 */
final class ItemReader {
  private static final int MOST_REPEATS = 1 << 16;
  private static final int LONGEST_CAST = 24;

  /** How a list ended. */
  enum End {
    /** With its bracket. */
    CLOSED,
    /** With an ellipsis, or a count of items that are left out, and its bracket. */
    CUT,
    /** With an ellipsis. */
    CUT_OPEN,
    /** With the text. */
    OPEN,
    /** With something that is not an item. */
    FAILED
  }

  private final Lines lines;
  private final byte[] text;
  private final Items items;
  private final NumberReader numbers;
  private final LinePrefix prefix;
  private int line;
  private int at;
  private int to;
  private String closer = "]";
  private long leftOut;

  ItemReader(Lines lines, Items items) {
    this.lines = lines;
    this.text = lines.text();
    this.items = items;
    numbers = new NumberReader(text, items);
    prefix = new LinePrefix(lines);
  }

  int line() {
    return line;
  }

  int at() {
    return at;
  }

  /** Reads the list after its opening bracket. */
  End read(int inLine, int from, String closing) {
    line = inLine;
    at = from;
    to = lines.end(line);
    closer = closing;
    items.clear();
    prefix.begin(inLine, from);
    while (true) {
      if (!skipSpace()) {
        return End.OPEN;
      }
      if (Characters.isAt(text, at, to, closer)) {
        at += closer.length();
        return End.CLOSED;
      }
      if (Characters.ellipsis(text, at, to) > 0) {
        return cut();
      }
      if (!item()) {
        return isProperty() ? properties() : End.FAILED;
      }
    }
  }

  private boolean item() {
    int from = at;
    skipIndex();
    if (at > from && !skipSpace()) {
      return false;
    }
    skipCasts();
    int next = numbers.read(line, at, to, closer.equals(">>"));
    if (next < 0) {
      return false;
    }
    at = next;
    if (at < to && text[at] == '.') {
      if (Characters.ellipsis(text, at, to) > 0) {
        return true;
      }
      return conversion();
    }
    while (at < to && text[at] == ')' && !closer.equals(")")) {
      at++;
    }
    return repeats() && (at == to || isEnd(text[at]));
  }

  private boolean isEnd(byte c) {
    return !Characters.isAlphanumeric(c) && c != '_' && c != ':' && c != '.' && c != '%';
  }

  /** Skips a call such as {@code .toByte()}. */
  private boolean conversion() {
    if (!Characters.isAt(text, at, to, ".to")) {
      return false;
    }
    items.mark();
    at++;
    while (at < to && Characters.isAlphanumeric(text[at])) {
      at++;
    }
    at += Characters.isAt(text, at, to, "()") ? 2 : 0;
    return true;
  }

  private boolean repeats() {
    int start = Characters.isAt(text, at, to, " <repeats ") ? at + 10 : -1;
    if (start < 0 || items.count() == 0) {
      return true;
    }
    int times = 0;
    int next = start;
    while (next < to && Characters.isDigit(text[next])) {
      times = Math.min(MOST_REPEATS, 10 * times + text[next++] - '0');
    }
    if (!Characters.isAt(text, next, to, " times>")) {
      return false;
    }
    at = next + 7;
    items.repeatLast(times - 1);
    return true;
  }

  /** Skips the number of an item, if it is the right one: {@code [0] =>}, {@code "0":}, 0:. */
  private void skipIndex() {
    int next = at;
    byte open = text[next];
    boolean bracket = open == '[';
    boolean quote = open == '"' || open == '\'';
    next += bracket || quote ? 1 : 0;
    int digits = next;
    int index = 0;
    while (next < to && Characters.isDigit(text[next]) && next - digits < 7) {
      index = 10 * index + text[next++] - '0';
    }
    byte closing = bracket ? (byte) ']' : open;
    boolean closed = (!bracket && !quote) || (next < to && text[next] == closing);
    boolean counted = index == items.count() || index == items.count() + 1;
    if (next == digits || !closed || !counted) {
      return;
    }
    next += bracket || quote ? 1 : 0;
    int sign = Characters.skipWhite(text, next, to);
    int signEnd = sign;
    while (signEnd < to && signEnd - sign < 2 && isSign(text[signEnd])) {
      signEnd++;
    }
    if (signEnd > sign || bracket) {
      at = signEnd;
    }
  }

  private static boolean isSign(byte c) {
    return c == '=' || c == '>' || c == ':';
  }

  /** Skips {@code (byte)}, {@code (unsigned char)}, {@code byte(} and {@code int(}. */
  private void skipCasts() {
    int next = at;
    boolean open = text[next] == '(';
    next += open ? 1 : 0;
    int word = next;
    while (next < to && next - word < LONGEST_CAST && isWord(text[next], open)) {
      next++;
    }
    boolean name = next > word && (text[word] | 0x20) >= 'a' && next < to;
    if (!name || text[next] != (open ? ')' : '(')) {
      return;
    }
    if (open || !lines.string(word, next).equals("int")) {
      items.mark();
    }
    at = Characters.skipWhite(text, next + 1, to);
  }

  private static boolean isWord(byte c, boolean spaces) {
    return Characters.isAlphanumeric(c) || c == '_' || (spaces && (c == ' ' || c == ':'));
  }

  /** Skips white space, commas, comments and line ends. */
  private boolean skipSpace() {
    while (true) {
      while (at < to && isSeparator(text[at])) {
        at++;
        skipColour();
      }
      skipColour();
      if (at == to || isLineComment()) {
        if (line + 1 >= lines.count()) {
          return false;
        }
        line++;
        to = lines.end(line);
        at = prefix.skip(line);
      } else if (Characters.isAt(text, at, to, "/*")) {
        at += 2;
        while (at < to && !Characters.isAt(text, at, to, "*/")) {
          at++;
        }
        at = Math.min(to, at + 2);
      } else {
        return true;
      }
    }
  }

  /** Skips the escape sequences with which a terminal changes its colour. */
  private void skipColour() {
    while (Characters.isAt(text, at, to, "\u001b[")) {
      while (at < to && text[at] != 'm') {
        at++;
      }
      at = Math.min(to, at + 1);
      while (at < to && isSeparator(text[at])) {
        at++;
      }
    }
  }

  private static boolean isSeparator(byte c) {
    return Characters.isWhite(c) || c == ',' || c == ';';
  }

  private boolean isLineComment() {
    boolean hash = text[at] == '#' && (at + 1 == to || text[at + 1] == ' ');
    boolean slashes = Characters.isAt(text, at, to, "//");
    return slashes || (hash && items.count() > 0);
  }

  /** Whether a name and a colon follow, as in {@code byteLength: 15}. */
  private boolean isProperty() {
    int next = at;
    while (next < to && Characters.isAlphanumeric(text[next])) {
      next++;
    }
    return items.count() > 0 && next > at && next < to && text[next] == ':';
  }

  private End properties() {
    while (at < to && !Characters.isAt(text, at, to, closer)) {
      at++;
    }
    at = Math.min(to, at + closer.length());
    return End.CLOSED;
  }

  /** How many items the list says that it leaves out; -1 if it does not say so. */
  long leftOut() {
    return leftOut;
  }

  /**
   * Whether an item and a comma come before an ellipsis, or an item alone: it is none of a dump.
   */
  private boolean followsItem() {
    int before = at;
    while (Characters.isWhite(text[before - 1]) || text[before - 1] == '\n') {
      before--;
    }
    return text[before - 1] == ',' || before == at;
  }

  private End cut() {
    if (!followsItem()) {
      return End.CUT_OPEN;
    }
    leftOut = LeftOut.count(text, at, to);
    int next = LeftOut.end(text, at, to);
    at = next;
    if (next == to && line + 1 < lines.count()) {
      next = Characters.skipWhite(text, lines.start(line + 1), lines.end(line + 1));
      return Characters.isAt(text, next, lines.end(line + 1), closer) ? End.CUT : End.CUT_OPEN;
    }
    return Characters.isAt(text, next, to, closer) ? End.CUT : End.CUT_OPEN;
  }
}
