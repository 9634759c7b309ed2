package wscope.input.head;

import java.util.Arrays;

/**
 * What stands before each line of a head: {@code > }, {@code RX: }, {@code 12 }, {@code
 * 17:43:13.645 -> [Line #1] }. From line to line, numbers and the width of spaces may change;
 * everything else is the same.
 */
final class LinePrefix {
  /** A longer prefix does not repeat. */
  private static final int LONGEST = 512;

  private static final int SPACES = -1;
  private static final int NUMBER = -2;
  private static final int DIGITS = -3;

  private int[] parts = new int[16];
  private int count;
  private int tail;
  private boolean tooLong;

  private LinePrefix() {}

  /** The prefix that a part of the text is. */
  static LinePrefix of(byte[] text, int from, int to) {
    LinePrefix prefix = new LinePrefix();
    int end = to;
    while (end > from && Chars.isSpace(text[end - 1])) {
      end--;
    }
    prefix.tail = to - end;
    prefix.tooLong = to - from > LONGEST;
    int at = prefix.tooLong ? end : skipByteOrderMark(text, from, end);
    while (at < end) {
      at = prefix.add(text, at, end);
    }
    return prefix;
  }

  /** The index after a byte order mark, if there is one. */
  static int skipByteOrderMark(byte[] text, int from, int to) {
    boolean mark =
        to - from >= 3
            && text[from] == (byte) 0xef
            && text[from + 1] == (byte) 0xbb
            && text[from + 2] == (byte) 0xbf;
    return mark ? from + 3 : from;
  }

  private int add(byte[] text, int from, int to) {
    int at = from;
    if (Chars.isSpace(text[at])) {
      add(SPACES);
      return Chars.skipSpaces(text, at, to);
    }
    if (!Chars.isDigit(text[at])) {
      add(text[at] & 0xff);
      return at + 1;
    }
    while (at < to && Chars.isHex(text[at])) {
      at++;
    }
    if (at == to || !Chars.isAlphanumeric(text[at])) {
      add(NUMBER);
      return at;
    }
    add(DIGITS);
    at = from;
    while (at < to && Chars.isDigit(text[at])) {
      at++;
    }
    return at;
  }

  private void add(int part) {
    if (count == parts.length) {
      parts = Arrays.copyOf(parts, 2 * count);
    }
    parts[count++] = part;
  }

  /** Whether it has only spaces. */
  boolean isBlank() {
    return count == 0 && !tooLong;
  }

  /** The index after this prefix in a line; -1 if the line has another prefix. */
  int match(byte[] text, int from, int to) {
    if (tooLong) {
      return -1;
    }
    int at = from;
    for (int i = 0; i < count; i++) {
      at = match(parts[i], text, at, to, i > 0);
      if (at < 0) {
        return -1;
      }
    }
    int spaces = 0;
    while (spaces < tail && at < to && Chars.isSpace(text[at])) {
      at++;
      spaces++;
    }
    return spaces > 0 || at == to || tail == 0 || isBlank() ? at : -1;
  }

  private static int match(int part, byte[] text, int from, int to, boolean needed) {
    if (part >= 0) {
      return from < to && (text[from] & 0xff) == part ? from + 1 : -1;
    }
    int at = from;
    while (at < to && isIn(part, text[at])) {
      at++;
    }
    return at > from || (part == SPACES && !needed) ? at : -1;
  }

  private static boolean isIn(int part, byte c) {
    return switch (part) {
      case SPACES -> Chars.isSpace(c);
      case NUMBER -> Chars.isHex(c);
      default -> Chars.isDigit(c);
    };
  }
}
