package wscope.protocol.handshake;

import org.jspecify.annotations.Nullable;

/**
 * Reads the value of a header field by the grammar of RFC 9110 §5.6, one position at a time and
 * never backwards. The scanner keeps the first error and its position. Ignore everything that it
 * reads after an error.
 */
final class HeaderScanner {
  private final String value;
  private int position;
  private @Nullable String error;
  private int errorPosition;

  HeaderScanner(String value) {
    this.value = value;
  }

  /** The error in words; null if there is none. */
  @Nullable String error() {
    return error;
  }

  /** The position of the error. */
  int errorPosition() {
    return errorPosition;
  }

  int position() {
    return position;
  }

  boolean atEnd() {
    return position == value.length();
  }

  void skipSpaces() {
    while (!atEnd() && Ascii.isSpaceOrTab(value.charAt(position))) {
      position++;
    }
  }

  /**
   * Moves to the next element of a comma-separated list. Skips empty elements, as RFC 9110 §5.6.1.2
   * requires of a recipient.
   */
  boolean nextElement() {
    int start = position;
    boolean comma = start == 0;
    skipSpaces();
    while (!atEnd() && value.charAt(position) == ',') {
      comma = true;
      position++;
      skipSpaces();
    }
    if (!atEnd() && !comma) {
      fail("a comma is missing before " + Ascii.show(value.charAt(position)), position);
    }
    return !atEnd() && error == null;
  }

  /** Reads the expected character and the whitespace around it, if that character is next. */
  boolean take(char expected) {
    int start = position;
    skipSpaces();
    if (!atEnd() && value.charAt(position) == expected) {
      position++;
      skipSpaces();
      return true;
    }
    position = start;
    return false;
  }

  /**
   * Reads a token. Returns an empty string after an error.
   *
   * @param what what is expected, for the error
   */
  String token(String what) {
    int start = position;
    while (!atEnd() && Ascii.isToken(value.charAt(position))) {
      position++;
    }
    if (position == start) {
      fail(atEnd() ? what + " is missing at the end" : unexpected(what), position);
    }
    return value.substring(start, position);
  }

  /** Reads a token or the content of a quoted string. */
  String tokenOrQuoted(String what) {
    return !atEnd() && value.charAt(position) == '"' ? quoted() : token(what);
  }

  /** Keeps the first error and its position. */
  void fail(String what, int at) {
    if (error == null) {
      error = what;
      errorPosition = at;
    }
    position = value.length();
  }

  private String quoted() {
    StringBuilder content = new StringBuilder();
    for (int at = position + 1; at < value.length(); at++) {
      char c = value.charAt(at);
      if (c == '"') {
        position = at + 1;
        return content.toString();
      }
      if (c == '\\' && at + 1 < value.length()) {
        c = value.charAt(++at);
      }
      content.append(c);
    }
    fail("the quoted string has no end", position);
    return "";
  }

  private String unexpected(String what) {
    return Ascii.show(value.charAt(position)) + " where " + what + " is expected";
  }
}
