package wscope.input.list;

/** Reads one item of a list: a number in any notation, a character, or a string of Erlang. */
final class NumberReader {
  private static final LiteralReader.Form CHARACTER =
      new LiteralReader.Form(1, (byte) '\'', 0, false);
  private static final LiteralReader.Form STRING = new LiteralReader.Form(1, (byte) '"', 0, false);
  private static final int LONGEST_QUOTED = 12;

  private final byte[] text;
  private final Items items;
  private final LiteralReader literal = new LiteralReader();

  NumberReader(byte[] text, Items items) {
    this.text = text;
    this.items = items;
  }

  /**
   * Reads an item.
   *
   * @param strings whether double quotes mean strings, as in Erlang
   * @return the index after it, or -1 if there is none
   */
  int read(int line, int at, int to, boolean strings) {
    if (at >= to) {
      return -1;
    }
    byte c = text[at];
    if (c == '"' && strings) {
      return string(line, at, to);
    } else if (c == '"' || c == '\'') {
      return quoted(line, at, to);
    }
    int next = token(line, at, to, false);
    return next < 0 || !strings ? next : size(next, to);
  }

  /** Skips the size of a segment of Erlang, {@code :8}, and its type, {@code /utf8}. */
  private int size(int from, int to) {
    int at = from;
    if (Characters.isAt(text, at, to, ":8")) {
      at += 2;
    }
    return at;
  }

  private int string(int line, int at, int to) {
    literal.begin();
    literal.read(text, at + 1, to, STRING, Integer.MAX_VALUE >> 1);
    if (!literal.isClosed()) {
      return -1;
    }
    int end = literal.end() + 1;
    for (byte b : literal.utf8()) {
      items.addByte(line, at, end, b);
    }
    items.mark();
    return Characters.isAt(text, end, to, "/utf8") ? end + 5 : end;
  }

  private int quoted(int line, int at, int to) {
    byte quote = text[at];
    int close = at + 1;
    int limit = Math.min(to, at + LONGEST_QUOTED);
    while (close < limit && text[close] != quote) {
      close += text[close] == '\\' ? 2 : 1;
    }
    if (close >= to || close >= limit) {
      return -1;
    }
    boolean single = close == at + 2 && Characters.hex(text[at + 1]) >= 0;
    if (single || (close > at + 2 && text[at + 1] != '\\')) {
      return token(line, at + 1, close, true) == close ? close + 1 : -1;
    }
    literal.begin();
    literal.read(text, at + 1, close, CHARACTER, 2);
    if (literal.count() != 1 || quote != '\'') {
      return -1;
    }
    items.addByte(line, at, close + 1, literal.utf8()[0]);
    items.mark();
    return close + 1;
  }

  private int token(int line, int at, int to, boolean quoted) {
    int mark = marks(at, to);
    int from = at + mark;
    int end = from;
    end += end < to && text[end] == '-' && mark == 0 ? 1 : 0;
    int digits = end;
    while (end < to && (Characters.isAlphanumeric(text[end]) || text[end] == '_')) {
      end++;
    }
    if (end == digits) {
      return -1;
    }
    if (mark > 0) {
      return marked(line, at, from, end, 16);
    }
    if (Characters.isAt(text, end, to, "'u8")) {
      boolean hex = Characters.isAt(text, digits, end, "0x");
      return marked(line, at, hex ? digits + 2 : digits, end, hex ? 16 : 10) < 0 ? -1 : end + 3;
    }
    if (Characters.isAt(text, digits, end, "0x") || Characters.isAt(text, digits, end, "0X")) {
      return marked(line, at, digits + 2, end, 16);
    }
    if (Characters.isAt(text, digits, end, "0b") && end - digits > 2) {
      return marked(line, at, digits + 2, end, 2);
    }
    if (Characters.isAt(text, digits, end, "0o")) {
      return marked(line, at, digits + 2, end, 8);
    }
    if (end < to && text[end] == '#' && Characters.isAt(text, digits, end, "16")) {
      return radix(line, at, end + 1, to);
    }
    return plain(line, at, digits, end, quoted);
  }

  /** The length of {@code $}, {@code #$}, {@code #x} or {@code &H} at an index. */
  private int marks(int at, int to) {
    if (text[at] == '$') {
      return 1;
    }
    boolean two =
        Characters.isAt(text, at, to, "#$")
            || Characters.isAt(text, at, to, "#x")
            || Characters.isAt(text, at, to, "&H")
            || Characters.isAt(text, at, to, "&h");
    return two ? 2 : 0;
  }

  private int radix(int line, int at, int from, int to) {
    int end = Characters.skipHex(text, from, Math.min(to, from + 2));
    int next = marked(line, at, from, end, 16);
    return next > 0 && end < to && text[end] == '#' ? end + 1 : next;
  }

  /** A number in a base that its mark gives, with a type after it or without. */
  private int marked(int line, int at, int from, int end, int base) {
    if (base == 16 && Characters.isSignExtended(text, from, end)) {
      int high = Characters.hex(text[from + 6]);
      items.addByte(line, at, end, high << 4 | Characters.hex(text[from + 7]));
      items.mark();
      return end;
    }
    int value = 0;
    int i = from;
    while (i < end && value < 256) {
      int digit = Characters.hex(text[i]);
      if (text[i] == '_' && i + 1 < end && Characters.hex(text[i + 1]) >= 0) {
        i++;
      } else if (digit < 0 || digit >= base) {
        break;
      } else {
        value = value * base + digit;
        i++;
      }
    }
    if (i == from || value > 255 || !isType(i, end)) {
      return -1;
    }
    items.addByte(line, at, end, value);
    items.mark();
    return end;
  }

  /** Whether what follows a number is nothing, or a type such as u8. */
  private boolean isType(int from, int end) {
    int at = from < end && text[from] == '_' ? from + 1 : from;
    boolean letter = at < end && ("uUyYlL".indexOf(text[at]) >= 0);
    return from == end || (letter && end - at <= 2);
  }

  private int plain(int line, int at, int digits, int end, boolean quoted) {
    int hexEnd = Characters.skipHex(text, digits, end);
    if (hexEnd == end) {
      return items.addNumber(line, at, end, quoted) ? end : -1;
    }
    boolean suffix = hexEnd == end - 1 && (text[hexEnd] | 0x20) == 'h' && hexEnd > digits;
    if (suffix) {
      return marked(line, at, digits, hexEnd, 16) > 0 ? end : -1;
    }
    int decimalEnd = digits;
    while (decimalEnd < end && Characters.isDigit(text[decimalEnd])) {
      decimalEnd++;
    }
    return decimalEnd > digits && digits == at && isType(decimalEnd, end)
        ? marked(line, at, digits, end, 10)
        : -1;
  }
}
