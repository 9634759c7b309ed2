package wscope.input.head;

import java.nio.charset.StandardCharsets;

/**
 * How a text shows the end of each line of a head: {@code Host: example.com\r\n} in a tree of
 * Wireshark, {@code Host: example.com.} by ngrep, {@code Host: example.com^M$} by cat -A.
 */
enum LineEnd {
  NONE(""),
  WIRE_QUOTE("[\\r][\\n]\""),
  WIRE("[\\r][\\n]"),
  SPELLED_QUOTE("\\r\\n\""),
  SPELLED_APOSTROPHE("\\r\\n'"),
  SPELLED_CRLF("\\r\\n"),
  SPELLED_LF("\\n"),
  SPELLED_CR("\\r"),
  CARET_DOLLAR("^M$"),
  CARET("^M"),
  TAGS("<CR><LF>"),
  LOWER_TAGS("<cr><lf>"),
  TAG("<CRLF>"),
  BRACKETS("[CR][LF]"),
  BRACKET("[CRLF]"),
  PICTURES("\u240d\u240a"),
  DOT("."),
  DOLLAR("$"),
  BAR("|"),
  BOX("\u2502"),
  DOUBLE_BOX("\u2551"),
  QUOTE("\""),
  APOSTROPHE("'");

  /** More characters after the last string of a list are not looked at. */
  private static final int LONGEST_CLOSING = 64;

  private static final LineEnd[] ALL = values();

  /** One character for each byte. */
  private final String mark;

  LineEnd(String mark) {
    this.mark = new String(mark.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** The mark at the end of a part of the text. */
  static LineEnd of(byte[] text, int from, int to) {
    for (int i = 1; i < ALL.length; i++) {
      if (ALL[i].strip(text, from, to) >= 0) {
        return ALL[i];
      }
    }
    return NONE;
  }

  /** The index before the mark at the end of a part of the text; -1 if it is not there. */
  int strip(byte[] text, int from, int to) {
    if (this == NONE) {
      return to;
    }
    int end = Chars.trim(text, from, to);
    if (isQuote()) {
      while (end > from && (text[end - 1] == ',' || text[end - 1] == ']')) {
        end = Chars.trim(text, from, end - 1);
      }
    }
    if (!Chars.endsWith(text, from, end, mark)) {
      return isQuote() ? closing(text, from, end) : -1;
    }
    return isFrame() ? Chars.trim(text, from, end - mark.length()) : end - mark.length();
  }

  /** The index of the quote that closes the last string of a list. */
  private int closing(byte[] text, int from, int to) {
    for (int i = Math.max(from, to - LONGEST_CLOSING); i + 1 < to; i++) {
      if (text[i] == mark.charAt(0) && (text[i + 1] == ']' || text[i + 1] == ')')) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the mark ends a string literal, which may be the whole head. */
  boolean isLiteral() {
    return this == SPELLED_QUOTE || this == SPELLED_APOSTROPHE;
  }

  /** Whether the mark must also be at the end of the next line: alone it says little. */
  boolean isDoubtful() {
    return compareTo(DOT) >= 0;
  }

  /** Whether the mark frames the line and must also occur before it. */
  boolean isFrame() {
    return this == BAR || this == BOX || this == DOUBLE_BOX;
  }

  /** Whether lines without this mark may stand between those of the head. */
  boolean allowsOthers() {
    return this == SPELLED_CRLF || this == SPELLED_LF;
  }

  private boolean isQuote() {
    return this == QUOTE || this == APOSTROPHE;
  }

  /** Whether what stands before the line fits the mark. */
  boolean fits(byte[] text, int from, int to) {
    if (isQuote()) {
      return to > from && text[to - 1] == mark.charAt(0);
    }
    if (!isFrame()) {
      return true;
    }
    for (int i = from; i + mark.length() <= to; i++) {
      if (Chars.endsWith(text, i, i + mark.length(), mark)) {
        return true;
      }
    }
    return false;
  }
}
