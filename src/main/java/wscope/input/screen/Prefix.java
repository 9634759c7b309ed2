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
    if (arrow < 0) {
      return null;
    }
    return switch (text[arrow]) {
      case 'C' -> Way.CLIENT;
      case 'S' -> Way.SERVER;
      case '<' -> Way.IN;
      default -> Way.OUT;
    };
  }

  /**
   * Where the part of a line begins that belongs to the screen, if its content begins at an index:
   * what stands before an arrow with a letter looks like bytes, as in {@code #1 C>}.
   */
  int start(Lines lines, int line, int content) {
    Way way = way();
    return way == Way.CLIENT || way == Way.SERVER ? lines.start(line) : content;
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

  /** The index of the arrow, or of the letter before it, as in {@code C>}; -1 if there is none. */
  private int arrow() {
    int end = to;
    while (end > from && text[end - 1] == ' ') {
      end--;
    }
    int at = end - 1;
    if (at < from || end == to || (text[at] != '<' && text[at] != '>')) {
      return -1;
    }
    boolean named = text[at] == '>' && at > from && (text[at - 1] == 'C' || text[at - 1] == 'S');
    at -= named ? 1 : 0;
    return at == from || text[at - 1] == ' ' ? at : -1;
  }
}
