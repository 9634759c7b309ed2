package wscope.input.head;

import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate.Kind;
import wscope.input.find.Lines;

/**
 * A line that may be the first one of a head: {@code GET /chat HTTP/1.1} or {@code HTTP/1.1 101
 * Switching Protocols}.
 *
 * @param kind of the head
 * @param line index of the line
 * @param from index in the text where it begins, after what stands before it
 * @param to index in the text where it ends
 * @param end what follows it on its line
 * @param spelled whether it is in a string literal with spelled line ends, as the rest of the head
 *     may be
 * @param sure whether it has all its parts; otherwise header fields must follow
 */
record StartLine(
    Kind kind, int line, int from, int to, LineEnd end, boolean spelled, boolean sure) {
  private static final String[] METHODS = {
    "get", "post", "head", "put", "delete", "options", "patch", "connect", "trace"
  };

  /** More characters after a version are not the end of the line. */
  private static final int LONGEST_MARK = 64;

  private static final int LONGEST_METHOD = 16;

  /** The first start line on a line; null if there is none. */
  static @Nullable StartLine find(Lines lines, int line) {
    int start = lines.start(line);
    return find(lines, line, start, Chars.trim(lines.text(), start, lines.end(line)));
  }

  /**
   * The first start line on a part of a line; null if there is none.
   *
   * @param end index in the text after the last character of the line that is not white space
   */
  static @Nullable StartLine find(Lines lines, int line, int from, int end) {
    byte[] text = lines.text();
    int floor = from;
    for (int i = from + 4; i + 1 < end; i++) {
      if (text[i] == '/' && Chars.isDigit(text[i + 1]) && Chars.isAt(text, i - 4, i, "http")) {
        StartLine found = around(lines, line, floor, i - 4, end);
        if (found != null) {
          return found;
        }
        floor = i + 2;
      }
    }
    return from == lines.start(line) ? withoutVersion(lines, line, end) : null;
  }

  private static @Nullable StartLine around(
      Lines lines, int line, int floor, int version, int end) {
    byte[] text = lines.text();
    int at = version + 5;
    while (at < end && (Chars.isDigit(text[at]) || text[at] == '.') && at < version + 8) {
      at++;
    }
    int first = PacketHeaders.endOn(lines, line, floor, version);
    int method = method(text, first, version);
    if (DumpRow.isBefore(text, lines.start(line), method < 0 ? version : method)) {
      return null;
    }
    return method >= 0
        ? request(lines, line, method, at, end)
        : response(lines, line, first, version, at, end);
  }

  private static @Nullable StartLine request(Lines lines, int line, int from, int to, int end) {
    byte[] text = lines.text();
    int rest = Chars.skipSpaces(text, to, end);
    if (rest == end) {
      return new StartLine(Kind.REQUEST, line, from, lines.end(line), LineEnd.NONE, false, true);
    }
    LineEnd mark = end - rest > LONGEST_MARK ? LineEnd.NONE : LineEnd.of(text, to, end);
    if (mark != LineEnd.NONE && mark.strip(text, to, end) <= rest) {
      int stripped = mark.strip(text, from, end);
      return new StartLine(Kind.REQUEST, line, from, stripped, mark, mark.isLiteral(), true);
    }
    return rest == to && Escapes.isLineEnd(text, to, end)
        ? new StartLine(Kind.REQUEST, line, from, to, LineEnd.NONE, true, true)
        : null;
  }

  private static @Nullable StartLine response(
      Lines lines, int line, int floor, int from, int to, int end) {
    byte[] text = lines.text();
    int status = Chars.skipSpaces(text, to, end);
    if (!isBoundary(text, floor, from) || status == to || status == end) {
      return null;
    }
    int digits = status;
    while (digits < end && Chars.isDigit(text[digits])) {
      digits++;
    }
    boolean sure = digits == status + 3 && (digits == end || !Chars.isAlphanumeric(text[digits]));
    boolean begins = Chars.skipSpaces(text, lines.start(line), from) == from;
    boolean sentence = digits == status && (text[status] < 'A' || text[status] > 'Z');
    if (!sure && (!begins || sentence)) {
      return null;
    }
    int reason = digits;
    while (reason < end && !Escapes.isLineEnd(text, reason, end)) {
      reason++;
    }
    LineEnd mark = LineEnd.of(text, digits, end);
    int stripped = mark == LineEnd.NONE ? lines.end(line) : mark.strip(text, digits, end);
    if (reason < Math.min(end, stripped)) {
      return new StartLine(Kind.RESPONSE, line, from, reason, LineEnd.NONE, true, sure);
    }
    return new StartLine(Kind.RESPONSE, line, from, stripped, mark, mark.isLiteral(), sure);
  }

  /** {@code GET /chat} alone; null if the line is something else. */
  static @Nullable StartLine withoutVersion(Lines lines, int line, int end) {
    byte[] text = lines.text();
    int from = Chars.skipSpaces(text, lines.start(line), end);
    if (from == end || text[from] != 'G' || !Chars.isAt(text, from, end, "get /")) {
      return null;
    }
    for (int i = from + 4; i < end; i++) {
      if (text[i] <= ' ') {
        return null;
      }
    }
    return new StartLine(Kind.REQUEST, line, from, end, LineEnd.NONE, false, false);
  }

  /** The index of the method before a target and a version; -1 if there is none. */
  private static int method(byte[] text, int floor, int version) {
    int target = Chars.trim(text, floor, version);
    if (target == version) {
      return -1;
    }
    int at = target;
    while (at > floor && !Chars.isSpace(text[at - 1])) {
      at--;
    }
    int first = methodBefore(text, floor, at, false);
    if (first >= 0 || target == at) {
      return first;
    }
    // The target may have spaces.
    for (int i = at; i > floor; i--) {
      if (text[i - 1] == ' '
          && i < target
          && (text[i] == '/' || Chars.isAt(text, i, target, "ws"))) {
        first = methodBefore(text, floor, i, true);
        if (first >= 0) {
          return first;
        }
      }
    }
    return -1;
  }

  /** The index of a method that ends with spaces before an index; -1 if there is none. */
  private static int methodBefore(byte[] text, int floor, int before, boolean known) {
    int end = Chars.trim(text, floor, before);
    int at = end;
    int least = Math.max(floor, end - LONGEST_METHOD);
    boolean upper = true;
    while (at > least && Chars.isLetter(text[at - 1])) {
      at--;
      upper &= text[at] <= 'Z';
    }
    if (end == before || end - at < 2 || !isBoundary(text, floor, at)) {
      return -1;
    }
    for (String method : METHODS) {
      if (method.length() == end - at && Chars.isAt(text, at, end, method)) {
        return at;
      }
    }
    boolean path = before < text.length && text[before] == '/';
    return upper && path && !known ? at : -1;
  }

  private static boolean isBoundary(byte[] text, int floor, int at) {
    if (at == floor) {
      return true;
    }
    byte c = text[at - 1];
    return !Chars.isAlphanumeric(c) && c != '/' && c != '.' && c != '-' && c != '_';
  }
}
