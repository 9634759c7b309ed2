package wscope.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import wscope.input.find.Lines;
import wscope.input.spelling.UnicodeSpaces;

/** The part of a text that has arrived and was not taken yet, and its place in the text. */
final class TextBuffer {
  /** The longest part of a text that is looked at as a whole. */
  static final int WINDOW = 64 << 10;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte ESCAPE = 27;

  /** What stands in lines with nothing but bytes: digits, prefixes and suffixes, separators. */
  private static final String BYTE_CHARACTERS = "0123456789abcdefABCDEFxXhH \t\r,;:|-<>{}[]()";

  private final InputStream in;
  private byte[] text = new byte[2 * WINDOW];
  private int at;
  private int end;
  private boolean atEnd;
  private boolean escapesRemoved;
  private long line = 1;

  /** The number of characters before {@link #at} in its line. */
  private long before;

  TextBuffer(InputStream in) {
    this.in = in;
  }

  byte[] text() {
    return text;
  }

  int at() {
    return at;
  }

  int end() {
    return end;
  }

  /** The index where the line at {@link #at} ends, as far as it has arrived. */
  int lineEnd() {
    int index = at;
    while (index < end && text[index] != '\n') {
      index++;
    }
    return index;
  }

  /** The index after the last line end that has arrived, or where to look from if there is none. */
  int lastLineEnd(int from) {
    int index = end;
    while (index > from && text[index - 1] != '\n') {
      index--;
    }
    return index;
  }

  int length() {
    return end - at;
  }

  boolean isAtEnd() {
    return atEnd;
  }

  /** Whether the text has had escape sequences. */
  boolean hasHadEscapes() {
    return escapesRemoved;
  }

  /** The number of characters that were taken of the line at {@link #at}. */
  long before() {
    return before;
  }

  /** The number of the line at {@link #at}, from 1. */
  long line() {
    return line;
  }

  /**
   * Takes the byte order mark at the start of the text, if there is one.
   *
   * @return its bytes, of which there may be none
   */
  byte[] takeByteOrderMark() throws IOException {
    int matched = 0;
    while (matched < BYTE_ORDER_MARK.length) {
      if (length() == matched && !atEnd) {
        more();
      } else if (length() > matched && text[at + matched] == BYTE_ORDER_MARK[matched]) {
        matched++;
      } else {
        return new byte[0];
      }
    }
    at += matched;
    return BYTE_ORDER_MARK.clone();
  }

  /** Takes the text before an index. */
  void advanceTo(int index) {
    long lineEnds = 0;
    for (int i = at; i < index; i++) {
      lineEnds += text[i] == '\n' ? 1 : 0;
    }
    advanceTo(index, lineEnds);
  }

  /** Takes the text before an index, whose line ends were counted. */
  void advanceTo(int index, long lineEnds) {
    int start = index;
    while (start > at && text[start - 1] != '\n') {
      start--;
    }
    before = (lineEnds == 0 ? before : 0) + Lines.characters(text, start, index);
    line += lineEnds;
    at = index;
  }

  /** Takes bytes that have no lines. */
  void takeBytes(ByteBuffer out) {
    int count = Math.min(out.remaining(), length());
    out.put(text, at, count);
    at += count;
  }

  /**
   * Waits for more text, or for the end. It may move the text to the start of its array, or to a
   * longer one.
   */
  void more() throws IOException {
    // A terminal would wait for a second end of file.
    if (atEnd) {
      return;
    }
    if (text.length - end < WINDOW / 4) {
      byte[] next = end - at > text.length / 2 ? new byte[2 * text.length] : text;
      System.arraycopy(text, at, next, 0, end - at);
      text = next;
      end -= at;
      at = 0;
    }
    int count = in.read(text, end, text.length - end);
    atEnd = count < 0;
    end += Math.max(0, count);
  }

  /**
   * Removes the escape sequences that set colours or erase a line (ECMA-48 §8.3.117, §8.3.41) from
   * a part of the text.
   *
   * @return how many bytes were removed
   */
  int removeEscapes(int from, int to) {
    int kept = from;
    int i = from;
    while (i < to) {
      int end = text[i] == ESCAPE ? endOfEscape(i, to) : i;
      if (end > i) {
        i = end;
      } else {
        text[kept++] = text[i++];
      }
    }
    int removed = to - kept;
    escapesRemoved |= removed > 0;
    System.arraycopy(text, to, text, kept, end - to);
    end -= removed;
    return removed;
  }

  /**
   * Replaces spaces beyond ASCII in the lines of a part of the text that have nothing but bytes: in
   * other lines, they may be a part of a literal.
   *
   * @return how many bytes were removed
   */
  int replaceSpaces(int from, int to) {
    int i = from;
    while (i < to && text[i] >= 0) {
      i++;
    }
    if (i == to) {
      return 0;
    }
    while (i > from && text[i - 1] != '\n') {
      i--;
    }
    int kept = i;
    while (i < to) {
      int lineEnd = i;
      while (lineEnd < to && text[lineEnd] != '\n') {
        lineEnd++;
      }
      boolean bytes = hasOnlyBytes(i, lineEnd);
      while (i < Math.min(to, lineEnd + 1)) {
        int length = bytes ? UnicodeSpaces.length(text, i, lineEnd) : 0;
        text[kept++] = length > 0 ? (byte) ' ' : text[i];
        i += Math.max(1, length);
      }
    }
    int removed = to - kept;
    if (removed > 0) {
      System.arraycopy(text, to, text, kept, end - to);
      end -= removed;
    }
    return removed;
  }

  private boolean hasOnlyBytes(int from, int to) {
    int i = from;
    while (i < to) {
      byte c = text[i];
      int length =
          c < 0 ? UnicodeSpaces.length(text, i, to) : BYTE_CHARACTERS.indexOf(c) >= 0 ? 1 : 0;
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }

  /** The index after an escape sequence that is removed, or its own. */
  private int endOfEscape(int index, int to) {
    if (index + 1 >= to || text[index + 1] != '[') {
      return index;
    }
    int at = index + 2;
    while (at < to && (text[at] == ';' || (text[at] >= '0' && text[at] <= '9'))) {
      at++;
    }
    return at < to && (text[at] == 'm' || text[at] == 'K') ? at + 1 : index;
  }

  /** The rest of the text as a stream. */
  InputStream stream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int from, int count) throws IOException {
        if (length() == 0) {
          more();
        }
        int taken = Math.min(count, length());
        System.arraycopy(text, at, into, from, taken);
        at += taken;
        return taken == 0 && count > 0 ? -1 : taken;
      }
    };
  }
}
