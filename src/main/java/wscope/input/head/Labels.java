package wscope.input.head;

import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate.Kind;

/** Labels that developer tools put before lists of header fields. */
final class Labels {
  /** Longer lines are sentences. */
  private static final int LONGEST = 60;

  /** Longer text after a label is not part of it: {@code (187 B)}, {@code view source}. */
  private static final int LONGEST_REST = 20;

  /** More characters before a label are not marks such as {@code ▼} or {@code ###}. */
  private static final int LONGEST_MARK = 6;

  private static final String[] OTHER = {
    "general", "headers", "provisional headers are shown", "view source", "view parsed", "raw"
  };

  private Labels() {}

  /** Whether a line is about headers, a request or a response. */
  static boolean isHeadersLabel(byte[] text, int from, int to) {
    if (to - from > LONGEST) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (Chars.isAt(text, i, to, "header")
          || Chars.isAt(text, i, to, "request")
          || Chars.isAt(text, i, to, "response")) {
        return true;
      }
    }
    return false;
  }

  /** Which head the fields after a label belong to; null if it is not a label of one. */
  static @Nullable Kind kind(byte[] text, int from, int to) {
    int at = from;
    while (at < to && at < from + LONGEST_MARK && !Chars.isAlphanumeric(text[at])) {
      at++;
    }
    if (isLabel(text, at, to, "request headers")) {
      return Kind.REQUEST;
    }
    return isLabel(text, at, to, "response headers") ? Kind.RESPONSE : null;
  }

  /** Whether a line is another label of developer tools. */
  static boolean isOther(byte[] text, int from, int to) {
    int at = Chars.skipSpaces(text, from, to);
    for (String label : OTHER) {
      if (Chars.isAt(text, at, to, label) && Chars.trim(text, at, to) == at + label.length()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLabel(byte[] text, int from, int to, String label) {
    int end = Chars.trim(text, from, to);
    return Chars.isAt(text, from, end, label)
        && end - from - label.length() <= LONGEST_REST
        && (end == from + label.length() || !Chars.isLetter(text[from + label.length()]));
  }
}
