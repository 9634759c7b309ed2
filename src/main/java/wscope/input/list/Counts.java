package wscope.input.list;

import java.util.Locale;
import java.util.Set;
import wscope.input.find.Lines;

/**
 * Looks for the number of bytes in the text around them: {@code 11 bytes}, {@code len=11}, {@code
 * byteLength: 11}, {@code (11)}, or {@code = 11} where a line of strace ends.
 */
final class Counts {
  /** Numbers further away count something else. */
  private static final int LONGEST_LOOK = 160;

  private static final Set<String> BEFORE =
      Set.of("len", "length", "size", "count", "bytes", "read", "n", "bytelength", "total");
  private static final Set<String> AFTER =
      Set.of("byte", "bytes", "b", "octet", "octets", "bajt", "octeti", "elements", "items");

  private Counts() {}

  /** Whether the line of the bytes, or the line after them, says how many there are. */
  static boolean agree(Lines lines, int line, int from, int lastLine, int to, int count) {
    int start = Math.max(lines.start(line), from - LONGEST_LOOK);
    int end = Math.min(lines.end(lastLine), to + LONGEST_LOOK);
    if (count < 2 || has(lines, start, from, count) || has(lines, to, end, count)) {
      return count >= 2;
    }
    if (lastLine + 1 >= lines.count()) {
      return false;
    }
    int next = lines.start(lastLine + 1);
    return has(lines, next, Math.min(lines.end(lastLine + 1), next + LONGEST_LOOK), count);
  }

  private static boolean has(Lines lines, int from, int to, int count) {
    byte[] text = lines.text();
    int at = from;
    while (at < to) {
      int start = at;
      long value = 0;
      while (at < to && Characters.isDigit(text[at])) {
        value = Math.min(Integer.MAX_VALUE, 10 * value + text[at] - '0');
        at++;
      }
      if (at == start) {
        at++;
      } else if (value == count && isCount(lines, from, start, at, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCount(Lines lines, int from, int start, int end, int to) {
    byte[] text = lines.text();
    byte before = start > from ? text[start - 1] : 0;
    byte after = end < to ? text[end] : 0;
    boolean fraction = after == '.' && end + 1 < to && text[end + 1] != ' ';
    if (before == '.' || before == '-' || fraction) {
      return false;
    }
    if ((before == '(' && after == ')') || (before == '[' && after == ']')) {
      return true;
    }
    int word = Characters.skipWhite(text, end, to);
    int wordEnd = skipWord(text, word, to);
    if (AFTER.contains(lower(lines, word, wordEnd))) {
      return true;
    }
    int label = start;
    while (label > from && isLabelEnd(text[label - 1])) {
      label--;
    }
    if (label >= from + 1 && text[label - 1] == ')' && before == ' ') {
      return word == to;
    }
    int labelStart = label;
    while (labelStart > from && Characters.isAlphanumeric(text[labelStart - 1])) {
      labelStart--;
    }
    return label < start && BEFORE.contains(lower(lines, labelStart, label));
  }

  private static boolean isLabelEnd(byte c) {
    return c == ' ' || c == '=' || c == ':' || c == '"';
  }

  private static int skipWord(byte[] text, int from, int to) {
    int at = from;
    while (at < to && Characters.isAlphanumeric(text[at])) {
      at++;
    }
    return at;
  }

  private static String lower(Lines lines, int from, int to) {
    return to - from > 12 ? "" : lines.string(from, to).toLowerCase(Locale.ROOT);
  }
}
