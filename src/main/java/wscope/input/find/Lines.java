package wscope.input.find;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a part of a text. A line is known by its index, from 0; its end leaves out the CR
 * and LF. The text is UTF-8, read as bytes.
 */
public final class Lines {
  private final byte[] text;
  private final long firstNumber;
  private final long before;
  private final int to;
  private final boolean last;
  private final Marks marks;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;

  /**
   * @param text which must not change
   * @param from where its first line begins
   * @param to where it ends; what follows the last line end is a line too
   * @param firstNumber of the first line in the whole text, from 1
   * @param last whether the whole text ends here
   */
  public Lines(byte[] text, int from, int to, long firstNumber, boolean last) {
    this(text, from, to, firstNumber, 0, last, new Marks());
  }

  /**
   * Lines of which the first ones were looked at before.
   *
   * @param before the number of characters before {@code from} in its line
   * @param marks what was found out then
   */
  public Lines(
      byte[] text, int from, int to, long firstNumber, long before, boolean last, Marks marks) {
    this.marks = marks;
    this.text = text;
    this.to = to;
    this.firstNumber = firstNumber;
    this.before = before;
    this.last = last;
    find(from);
  }

  private Lines(Lines before, int to, boolean last) {
    marks = before.marks;
    text = before.text;
    this.to = to;
    firstNumber = before.firstNumber;
    this.before = before.before;
    this.last = last;
    starts = before.starts;
    ends = before.ends;
    count = before.count;
    find(before.to);
  }

  /**
   * These lines and those that follow them in the same text.
   *
   * @param to where the last one ends; these lines must end at the end of a line
   */
  public Lines growTo(int to, boolean last) {
    return new Lines(this, to, last);
  }

  private void find(int from) {
    byte[] in = text;
    int start = from;
    for (int i = from; i < to; i++) {
      if (in[i] == '\n') {
        add(start, i > start && in[i - 1] == '\r' ? i - 1 : i);
        start = i + 1;
      }
    }
    if (start < to) {
      add(start, in[to - 1] == '\r' ? to - 1 : to);
    }
  }

  private void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count++] = end;
  }

  /** The text, of which these lines may be a part. */
  public byte[] text() {
    return text;
  }

  /** The index in the text just after the last of these lines and its line end. */
  public int to() {
    return to;
  }

  /** How many of these lines have a line end. */
  public int lineEnds() {
    return count > 0 && text[to - 1] != '\n' ? count - 1 : count;
  }

  /** How many lines there are. */
  public int count() {
    return count;
  }

  /** The index in the text of the first character of a line. */
  public int start(int line) {
    return starts[line];
  }

  /** The index in the text just after the last character of a line. */
  public int end(int line) {
    return ends[line];
  }

  /** The index of the line in which an index of the text lies. */
  public int lineAt(int index) {
    int line = 0;
    while (line + 1 < count && starts[line + 1] <= index) {
      line++;
    }
    return line;
  }

  /** The number of a line in the whole text, from 1. */
  public long number(int line) {
    return firstNumber + line;
  }

  /** Whether the whole text ends after the last line. Otherwise more lines follow. */
  public boolean isEnd() {
    return last;
  }

  /**
   * Looks once at each line that was not looked at before, and notes what cannot begin there. Only
   * time depends on this, and not what is found.
   */
  public void look() {
    FirstLook look = new FirstLook();
    for (int line = marks.looked(); line < count; line++) {
      look.look(this, line);
    }
    marks.setLooked(count);
  }

  /** Whether it is known that nothing of this kind begins on a line. */
  public boolean lacks(int line, Marks.Mark mark) {
    return marks.lacks(line, mark);
  }

  /**
   * The first line, from a line on, of which it is not known that nothing of this kind begins on
   * it; {@link #count} if there is none.
   */
  public int next(int line, Marks.Mark mark) {
    return Math.min(count, marks.next(line, mark));
  }

  /** Notes that nothing of this kind begins on a line, whatever follows it. */
  public void setLacks(int line, Marks.Mark mark) {
    marks.setLacks(line, mark);
  }

  /** The line as a string of one character for each byte (ISO 8859-1). */
  public String string(int line) {
    return string(starts[line], ends[line]);
  }

  /** A part of the text as a string of one character for each byte (ISO 8859-1). */
  public String string(int from, int to) {
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** Whether a line has nothing but white space. */
  public boolean isEmpty(int line) {
    for (int i = starts[line]; i < ends[line]; i++) {
      if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** The number of characters of a line that precede the part of it that these lines have. */
  public long before(int line) {
    return line == 0 ? before : 0;
  }

  /** The column of an index in its line, from 1, in UTF-8 characters. */
  public long column(int line, int index) {
    return 1 + before(line) + characters(text, starts[line], index);
  }

  /** How many characters of UTF-8 begin between two indices. */
  public static long characters(byte[] text, int from, int to) {
    long count = 0;
    for (int i = from; i < to; i++) {
      count += (text[i] & 0xc0) == 0x80 ? 0 : 1;
    }
    return count;
  }
}
