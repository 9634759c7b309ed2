package wscope.report.text;

import java.io.ByteArrayOutputStream;

/**
 * Wraps a line of an HTTP head for a narrow terminal. A backslash marks each break, because a line
 * that only begins with spaces is a folded header field (RFC 9112 §5.2). Nothing else is added or
 * dropped, and no break follows a backslash of the line, so the line can be read back:
 *
 * <pre>
 * &gt; Cookie: session=abcdef0123456789; theme=dark; \
 * &gt;     language=en-GB
 * </pre>
 */
final class HeadWrap {
  /** The number of spaces before the text of each further line. */
  static final int INDENT = 4;

  private HeadWrap() {}

  /**
   * Breaks a line after {@code ; }, {@code , }, {@code &} or a space, or anywhere in a long word.
   *
   * @param line the line in UTF-8, without escape sequences
   * @param first the number of columns in the first line
   * @param room the number of columns in each further line, after the margin
   * @param margin the bytes at the beginning of each further line
   */
  static byte[] wrapped(byte[] line, int first, int room, byte[] margin) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * line.length);
    int at = 0;
    int wide = first;
    while (after(line, at, wide) < line.length) {
      int end = endOfLine(line, at, after(line, at, wide - 1), room);
      lines.write(line, at, end - at);
      lines.write('\\');
      lines.write('\n');
      lines.writeBytes(margin);
      at = end;
      wide = room;
    }
    lines.write(line, at, line.length - at);
    return lines.toByteArray();
  }

  /** The index after so many characters. */
  private static int after(byte[] line, int from, int characters) {
    int at = from;
    for (int i = 0; i < characters && at < line.length; i++) {
      at++;
      while (at < line.length && (line[at] & 0xc0) == 0x80) {
        at++;
      }
    }
    return at;
  }

  /**
   * The index before which to break.
   *
   * @param limit the index after the last character that fits
   */
  private static int endOfLine(byte[] line, int from, int limit, int room) {
    int space = -1;
    for (int i = limit; i > from; i--) {
      boolean list = line[i - 1] == ' ' && i - 2 >= from && isSeparator(line[i - 2]);
      if ((list || line[i - 1] == '&') && 2 * (i - from) >= limit - from) {
        return i;
      }
      space = space < 0 && line[i - 1] == ' ' ? i : space;
    }
    return space >= 0 && endOfWord(line, space) - space <= room ? space : inWord(line, from, limit);
  }

  private static boolean isSeparator(byte c) {
    return c == ';' || c == ',';
  }

  private static int endOfWord(byte[] line, int from) {
    int at = from;
    while (at < line.length && line[at] != ' ') {
      at++;
    }
    return at;
  }

  /** A place in a word, but not after a backslash, which would look like the mark of a break. */
  private static int inWord(byte[] line, int from, int limit) {
    int at = limit;
    while (at > from + 1 && line[at - 1] == '\\') {
      at--;
    }
    return at;
  }
}
