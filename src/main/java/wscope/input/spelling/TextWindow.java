package wscope.input.spelling;

import java.io.IOException;
import java.io.InputStream;

/**
 * The part of a text that was read from its stream and not decoded yet, and some text before it to
 * show an error in its line.
 */
final class TextWindow {
  private static final int PIECE = 64 << 10;

  /** Room for a held word, a gap as long, and a bracket: no error is farther back. */
  private static final int HISTORY = 256;

  private static final int EXCERPT_SIDE = 34;
  private static final String CUT = "...";

  private final InputStream in;
  private final byte[] text = new byte[HISTORY + PIECE];
  private int at;
  private int end;
  private boolean atEnd;

  /** The place of {@code text[0]}: offset from 0, line from 1, characters before it in the line. */
  private long offset;

  private long line;
  private long column;

  TextWindow(InputStream in, long line) {
    this.in = in;
    this.line = line;
  }

  byte[] text() {
    return text;
  }

  /** The index of the first character that nobody has taken. */
  int at() {
    return at;
  }

  /** The index after the last character that has arrived. */
  int end() {
    return end;
  }

  /** The offset in the stream of the character at {@link #at}. */
  long offset() {
    return offset + at;
  }

  boolean hasMore() {
    return at < end;
  }

  /** Whether the stream has ended. */
  boolean isAtEnd() {
    return atEnd;
  }

  /** Releases the characters before the index. */
  void advanceTo(int index) {
    at = index;
  }

  /** Waits for more characters, or for the end. */
  void more() throws IOException {
    // A terminal would wait for a second end of file.
    if (atEnd) {
      return;
    }
    if (at == end || end == text.length) {
      forget(Math.max(0, at - HISTORY));
    }
    int count = in.read(text, end, text.length - end);
    atEnd = count < 0;
    end += Math.max(0, count);
  }

  private void forget(int count) {
    int lineStart = 0;
    for (int i = 0; i < count; i++) {
      if (text[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    column = (lineStart == 0 ? column : 0) + characters(lineStart, count);
    System.arraycopy(text, count, text, 0, end - count);
    at -= count;
    end -= count;
    offset += count;
  }

  /** How many characters of UTF-8 begin between two indices. */
  private long characters(int from, int to) {
    long count = 0;
    for (int i = from; i < to; i++) {
      count += (text[i] & 0xc0) == 0x80 ? 0 : 1;
    }
    return count;
  }

  /** Finds the line and column of an error, with an excerpt. Waits for the rest of the excerpt. */
  InvalidSpelling locate(SpellingError error, Spelling spelling) throws IOException {
    at = Math.max(at, index(error));
    while (!atEnd && !hasExcerpt(index(error))) {
      more();
    }
    int index = index(error);
    long errorLine = line;
    int lineStart = 0;
    for (int i = 0; i < index; i++) {
      if (text[i] == '\n') {
        errorLine++;
        lineStart = i + 1;
      }
    }
    long before = (lineStart == 0 ? column : 0) + characters(lineStart, index);
    StringBuilder excerpt = new StringBuilder();
    int shown = 0;
    int start = index;
    while (start > lineStart && shown < EXCERPT_SIDE) {
      start--;
      shown += isContinuation(text[start]) ? 0 : 1;
    }
    excerpt.append(shown < before ? CUT : "");
    show(start, index, excerpt);
    int mark = excerpt.length();
    showRest(index, excerpt);
    return new InvalidSpelling(spelling, error, errorLine, before + 1, excerpt.toString(), mark);
  }

  private int index(SpellingError error) {
    return (int) Math.max(0, Math.min(end, error.offset() - offset));
  }

  private boolean hasExcerpt(int index) {
    int shown = 0;
    for (int i = index; i < end; i++) {
      shown += isContinuation(text[i]) ? 0 : 1;
      if (text[i] == '\n' || shown > EXCERPT_SIDE + 1 || i - index > HISTORY) {
        return true;
      }
    }
    return false;
  }

  private void showRest(int from, StringBuilder excerpt) {
    int lineEnd = from;
    while (lineEnd < end && text[lineEnd] != '\n') {
      lineEnd++;
    }
    while (lineEnd > from && Characters.isBlank(text[lineEnd - 1])) {
      lineEnd--;
    }
    int to = from;
    for (int shown = 0; to < lineEnd; to++) {
      shown += isContinuation(text[to]) ? 0 : 1;
      if (shown > EXCERPT_SIDE) {
        break;
      }
    }
    show(from, to, excerpt);
    excerpt.append(to < lineEnd ? CUT : "");
  }

  private void show(int from, int to, StringBuilder excerpt) {
    for (int i = from; i < to; i++) {
      byte c = text[i];
      if (c >= ' ' && c < 0x7f) {
        excerpt.append((char) c);
      } else if (!isContinuation(c)) {
        excerpt.append(c == '\t' ? ' ' : '.');
      }
    }
  }

  private static boolean isContinuation(byte c) {
    return (c & 0xc0) == 0x80;
  }
}
