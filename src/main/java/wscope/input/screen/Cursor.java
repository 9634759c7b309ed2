package wscope.input.screen;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A place in a part of a text, from which words, numbers and bytes are read. */
final class Cursor {
  static final int BYTES_IN_A_ROW = 16;

  /** More digits overflow. */
  private static final int MOST_DIGITS = 18;

  private final byte[] text;
  private final int to;
  private int at;

  Cursor(byte[] text, int from, int to) {
    this.text = text;
    this.at = from;
    this.to = to;
  }

  int at() {
    return at;
  }

  /** Goes back to an index. */
  void back(int index) {
    at = index;
  }

  boolean isAtEnd() {
    return at == to;
  }

  /** Whether nothing but spaces follows. */
  boolean hasOnlySpaces() {
    for (int i = at; i < to; i++) {
      if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** Whether these ASCII characters stand anywhere in the rest. */
  boolean findWords(String words) {
    for (int i = at; i + words.length() <= to; i++) {
      if (isAt(text, i, to, words)) {
        return true;
      }
    }
    return false;
  }

  /** Skips these ASCII characters; false if others follow. */
  boolean skip(String expected) {
    if (!isAt(text, at, to, expected)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  /** Whether these ASCII characters follow. */
  boolean isAt(String expected) {
    return isAt(text, at, to, expected);
  }

  /**
   * Skips everything up to a quote of any kind after these words, but not the quote; everything if
   * there is none.
   *
   * @return whether the words and the quote are there
   */
  boolean findQuote(String words) {
    for (; at < to; at++) {
      if (isQuote() && isAt(text, at - words.length(), at, words)) {
        return true;
      }
    }
    return false;
  }

  /** Reads one hex digit; -1 if there is none. */
  int hexDigit() {
    return at < to ? digit(text[at++]) : -1;
  }

  /** Skips spaces, and says how many. */
  int spaces() {
    int from = at;
    while (at < to && text[at] == ' ') {
      at++;
    }
    return at - from;
  }

  /** Reads a decimal number; -1 if there is none, or if it is too long. */
  long number() {
    int from = at;
    long value = 0;
    while (at < to && isDigit(text[at]) && at - from <= MOST_DIGITS) {
      value = 10 * value + text[at++] - '0';
    }
    return at == from || at - from > MOST_DIGITS ? -1 : value;
  }

  /**
   * Reads up to so many bytes in hex, each with a space after it; after a whole row, characters may
   * follow at once.
   */
  byte[] hex(long most) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = at;
    while (bytes.size() < most && next + 2 <= to) {
      int high = digit(text[next]);
      int low = digit(text[next + 1]);
      boolean full = bytes.size() + 1 == BYTES_IN_A_ROW;
      boolean ends = full || next + 2 == to || text[next + 2] == ' ';
      if (high < 0 || low < 0 || !ends) {
        break;
      }
      bytes.write(high << 4 | low);
      at = next + 2;
      next = at + 1;
    }
    return bytes.toByteArray();
  }

  /** Whether a quote of one of the three kinds follows, in which wscope shows text. */
  boolean isQuote() {
    return at < to && (text[at] == '"' || text[at] == '\'' || text[at] == '`');
  }

  /** Skips bytes that are repeated as characters between bars: |Hello|. */
  boolean skipBar(int count) {
    int end = at + count + 1;
    if (end >= to || text[at] != '|' || text[end] != '|') {
      return false;
    }
    at = end + 1;
    return true;
  }

  /** Reads a text in quotes; null if it is not one that wscope writes. */
  byte @Nullable [] quoted() {
    if (!isQuote()) {
      return null;
    }
    byte quote = text[at++];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (at < to) {
      byte c = text[at++];
      if (c == quote) {
        return bytes.toByteArray();
      }
      if (c != '\\') {
        bytes.write(c);
      } else if (!escape(bytes)) {
        return null;
      }
    }
    return null;
  }

  private boolean escape(ByteArrayOutputStream bytes) {
    if (at == to) {
      return false;
    }
    byte c = text[at++];
    switch (c) {
      case '\\', '"' -> bytes.write(c);
      case 'n' -> bytes.write('\n');
      case 'r' -> bytes.write('\r');
      case 't' -> bytes.write('\t');
      case 'x' -> {
        return octet(bytes);
      }
      case 'u' -> {
        return codePoint(bytes);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean octet(ByteArrayOutputStream bytes) {
    if (to - at < 2 || digit(text[at]) < 0 || digit(text[at + 1]) < 0) {
      return false;
    }
    bytes.write(digit(text[at]) << 4 | digit(text[at + 1]));
    at += 2;
    return true;
  }

  private boolean codePoint(ByteArrayOutputStream bytes) {
    int value = 0;
    if (!skip("{")) {
      return false;
    }
    int from = at;
    while (at < to && digit(text[at]) >= 0 && value <= Character.MAX_CODE_POINT) {
      value = value << 4 | digit(text[at++]);
    }
    boolean valid =
        at > from && value <= Character.MAX_CODE_POINT && (value < 0xd800 || value > 0xdfff);
    if (!valid || !skip("}")) {
      return false;
    }
    bytes.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
    return true;
  }

  /** Whether these characters, one for each byte, stand at an index. */
  static boolean isAt(byte[] text, int at, int to, String expected) {
    if (at < 0 || at + expected.length() > to) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if (text[at + i] != (byte) expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /** The value of a hex digit as wscope writes it; -1 if it is not one. */
  static int digit(byte c) {
    return isDigit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }
}
