package wscope.input.head;

/**
 * Finds what stands for a value that a program inserts later: {@code %s}, <code>${host}</code>,
 * {@code %(key)s}, {@code {key}} and, at the end of a line or of a literal, {@code $key}.
 */
final class Placeholders {
  private static final int LONGEST_NAME = 32;

  private Placeholders() {}

  /** Whether a part of a text has one. */
  static boolean in(byte[] text, int from, int to) {
    for (int i = from; i + 1 < to; i++) {
      byte next = text[i + 1];
      boolean found =
          switch (text[i]) {
            case '%' -> next == 's' || next == '(' || (next == 'd' && !isHex(text, i + 2, to));
            case '#' -> next == '{';
            case '$' -> next == '{' || (Chars.isLetter(next) && isLast(text, i + 1, to));
            case '{' -> (next == '}' || Chars.isAlphanumeric(next)) && isAt(text, i + 1, to, '}');
            default -> false;
          };
      if (found) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHex(byte[] text, int at, int to) {
    return at < to && Chars.isHex(text[at]);
  }

  /** Whether a name is the last word of its line, spelled or not. */
  private static boolean isLast(byte[] text, int from, int to) {
    int at = afterName(text, from, to);
    return at == to || text[at] == '\r' || text[at] == '\\';
  }

  private static boolean isAt(byte[] text, int from, int to, char c) {
    int at = afterName(text, from, to);
    return at < to && text[at] == c;
  }

  private static int afterName(byte[] text, int from, int to) {
    int at = from;
    while (at < to && at < from + LONGEST_NAME && isNamePart(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean isNamePart(byte c) {
    return Chars.isAlphanumeric(c) || c == '_' || c == '.';
  }
}
