package wscope.input.screen;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Lines;
import wscope.input.find.Way;

/**
 * What stands before each line of a connection: {@code #2 > }, perhaps after a time, or nothing. In
 * place of the time, other lines of the same frame have another time or spaces.
 */
final class Prefix {
  /** Whoever adds a longer prefix changes it from line to line. */
  private static final int LONGEST = 160;

  private final byte[] text;
  private final int from;
  private final int to;

  private Prefix(byte[] text, int from, int to) {
    this.text = text;
    this.from = from;
    this.to = to;
  }

  /** What stands before an index of a line; null if that is too long. */
  static @Nullable Prefix of(Lines lines, int line, int before) {
    int from = lines.start(line);
    return before - from > LONGEST ? null : new Prefix(lines.text(), from, before);
  }

  /** The index after the prefix in a line; -1 if the line has another one. */
  int match(Lines lines, int line) {
    int at = lines.start(line);
    if (at + to - from > lines.end(line)) {
      return -1;
    }
    boolean number = false;
    for (int i = from; i < to; i++, at++) {
      byte c = text[at];
      if (c != text[i] && (number || !isOfClock(c) || !isOfClock(text[i]))) {
        return -1;
      }
      number = c == '#' || (number && Cursor.isDigit(c));
    }
    return at;
  }

  private static boolean isOfClock(byte c) {
    return Cursor.isDigit(c) || c == ' ' || c == ':' || c == '.' || c == ',';
  }

  /** Who sent the frames of these lines; null if the prefix has no arrow. */
  @Nullable Way way() {
    int arrow = arrow();
    return arrow < 0 ? null : text[arrow] == '<' ? Way.IN : Way.OUT;
  }

  /** The number of the connection, as in {@code #2}; empty if there is none. */
  String connection() {
    int end = arrow() - 1;
    int at = end;
    while (at > from && Cursor.isDigit(text[at - 1])) {
      at--;
    }
    boolean numbered = at < end && at > from && text[at - 1] == '#';
    return numbered ? new String(text, at - 1, end - at + 1, StandardCharsets.US_ASCII) : "";
  }

  /** The index of the arrow; -1 if there is none. */
  private int arrow() {
    int at = to;
    while (at > from && text[at - 1] == ' ') {
      at--;
    }
    boolean arrow = at > from && at < to && (text[at - 1] == '<' || text[at - 1] == '>');
    return arrow && (at - 1 == from || text[at - 2] == ' ') ? at - 1 : -1;
  }
}
