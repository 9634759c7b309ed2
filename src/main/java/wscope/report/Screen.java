package wscope.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of text on their way to a terminal, a file or a pipe, gathered in one buffer. It puts a
 * prefix before each line, pads to columns, breaks words where a terminal is too narrow, and leaves
 * colours and characters out that the output cannot show.
 *
 * <p>What comes from the wire goes through {@link SafeText}; the methods here are for our own
 * words.
 */
public final class Screen {
  private static final int FLUSH_AT = 64 << 10;
  private static final int LONGEST_NUMBER = 20;
  private static final String RESET = "\u001b[0m";
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final boolean colour;
  private final boolean unicode;
  private final LineTimes times;
  private final int columns;
  private byte[] buffer = new byte[8 << 10];
  private int size;
  private byte[] prefix = {};
  private boolean lineOpen;
  private int column;
  private boolean timeDue;
  private int timeWidth;

  /** Where the words in the buffer begin that may be broken; negative if there are none. */
  private int words = -1;

  private int wordsColumn;
  private int margin;

  /** Without times before the lines, and of any width. */
  public Screen(OutputStream out, boolean colour, boolean unicode) {
    this(out, colour, unicode, LineTimes.OFF, 0);
  }

  /**
   * @param out is not buffered and not closed
   * @param colour whether escape sequences may be written
   * @param unicode whether characters beyond ASCII may be written, as UTF-8
   * @param times stand before the lines, where they are due
   * @param columns in which words are kept; 0 if lines may have any length
   */
  public Screen(OutputStream out, boolean colour, boolean unicode, LineTimes times, int columns) {
    this.out = out;
    this.colour = colour;
    this.unicode = unicode;
    this.times = times;
    this.columns = columns;
  }

  /** Whether characters beyond ASCII may be written. */
  boolean isUnicode() {
    return unicode;
  }

  /** What the next lines begin with, and all after them. */
  public void prefix(String text) {
    prefix(encoded(text));
  }

  /** The same for a prefix that comes again and again. */
  void prefix(byte[] encoded) {
    prefix = encoded;
  }

  /** Own words as they are written, without a look at what the output can show. */
  static byte[] encoded(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The next line begins something new and bears the time; those behind it are indented. */
  Screen stamp() {
    timeDue = true;
    return this;
  }

  /** Our own words; what is not ASCII is respelled where it cannot be shown. */
  public Screen text(String text) {
    openLine();
    int length = text.length();
    reserve(length);
    int start = size;
    int i = 0;
    for (; i < length && text.charAt(i) < 0x80; i++) {
      buffer[start + i] = (byte) text.charAt(i);
    }
    size += i;
    column += i;
    for (; i < length; i++) {
      any(text.charAt(i));
    }
    return this;
  }

  /** Our own words in a style. */
  public Screen text(String text, Style style) {
    style(style);
    text(text);
    return plain();
  }

  /** A part of a line that another screen with the same colours has laid out. */
  Screen laidOut(byte[] part) {
    openLine();
    raw(part);
    return this;
  }

  /** A number in decimal, unsigned. */
  public Screen number(long value) {
    if (value < 0) {
      return text(Long.toUnsignedString(value));
    }
    openLine();
    reserve(LONGEST_NUMBER);
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int at = size + digits - 1; at >= size; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
    column += digits;
    return this;
  }

  /** A byte as two hex digits. */
  public Screen hex(int value) {
    openLine();
    reserve(2);
    buffer[size++] = HEX[value >> 4 & 0xf];
    buffer[size++] = HEX[value & 0xf];
    column += 2;
    return this;
  }

  /** Bytes as two hex digits each, separated by blanks. */
  Screen hex(ByteBuffer bytes, int start, int count) {
    openLine();
    reserve(3 * count);
    int before = size;
    for (int i = start; i < start + count; i++) {
      int value = bytes.get(i);
      buffer[size] = HEX[value >> 4 & 0xf];
      buffer[size + 1] = HEX[value & 0xf];
      buffer[size + 2] = ' ';
      size += 3;
    }
    size -= count > 0 ? 1 : 0;
    column += size - before;
    return this;
  }

  /** Blanks up to a column, counted from 0 behind the prefix; at least one unless it is reached. */
  public Screen pad(int to) {
    openLine();
    int blanks = column == to ? 0 : Math.max(1, to - column);
    reserve(blanks);
    Arrays.fill(buffer, size, size + blanks, (byte) ' ');
    size += blanks;
    column += blanks;
    return this;
  }

  /**
   * The rest of the line is words. Where the terminal is too narrow for them, they are broken at
   * blanks and go on in the next line.
   *
   * @param to the column where the next line begins, counted as in {@link #pad}
   */
  public Screen words(int to) {
    openLine();
    words = size;
    wordsColumn = column;
    margin = to;
    return this;
  }

  /** Switches a style on, up to {@link #plain}. */
  public Screen style(Style style) {
    openLine();
    return colour ? ascii(style.sgr()) : this;
  }

  /** Switches the style off. */
  public Screen plain() {
    return colour ? ascii(RESET) : this;
  }

  /** Whether escape sequences may be written. */
  boolean isColoured() {
    return colour;
  }

  /** One code point that is known to be safe. */
  void codePoint(int codePoint) {
    openLine();
    if (codePoint < 0x80) {
      put((byte) codePoint);
    } else {
      utf8(codePoint);
    }
    column++;
  }

  /** Ends the line. */
  public void endLine() {
    if (!lineOpen) {
      beginLine();
      // Nothing follows the prefix, so its last blank would only trail.
      if (size > 0 && buffer[size - 1] == ' ') {
        size--;
      }
    }
    if (words >= 0 && columns > 0) {
      wrap();
    }
    words = -1;
    put((byte) '\n');
    lineOpen = false;
    column = 0;
    if (size >= FLUSH_AT) {
      flush();
    }
  }

  /**
   * Writes out what was gathered.
   *
   * @throws UncheckedIOException if the output takes nothing more
   */
  public void flush() {
    try {
      out.write(buffer, 0, size);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      size = 0;
      words = -1;
    }
  }

  /** Breaks the words at the end of the buffer to the width of the terminal. */
  private void wrap() {
    int blanks = times.areShown() ? timeWidth + 1 : 0;
    byte[] before = new byte[blanks + prefix.length + margin];
    Arrays.fill(before, (byte) ' ');
    System.arraycopy(prefix, 0, before, blanks, prefix.length);
    byte[] line = Arrays.copyOfRange(buffer, words, size);
    size = words;
    raw(WordWrap.wrapped(line, wordsColumn - margin, columns - before.length, before));
  }

  private void openLine() {
    if (!lineOpen) {
      lineOpen = true;
      beginLine();
    }
  }

  private void beginLine() {
    if (times.areShown()) {
      time();
    }
    raw(prefix);
  }

  /** The time, or as many blanks. */
  private void time() {
    if (timeDue && colour) {
      ascii(Style.ASIDE.sgr());
    }
    reserve(LineTimes.LONGEST + 1);
    if (timeDue) {
      timeWidth = times.write(buffer, size);
    } else {
      Arrays.fill(buffer, size, size + timeWidth, (byte) ' ');
    }
    size += timeWidth;
    if (timeDue && colour) {
      ascii(RESET);
    }
    put((byte) ' ');
    timeDue = false;
  }

  private void any(char c) {
    if (unicode || c < 0x80) {
      codePoint(c);
      return;
    }
    String ascii =
        switch (c) {
          case '✗' -> "x";
          case '→' -> "->";
          case '…' -> "...";
          case '⊕' -> "xor";
          case '×' -> "x";
          case '§' -> "section ";
          default -> "?";
        };
    ascii(ascii);
    column += ascii.length();
  }

  /** A code point beyond ASCII: a byte with its highest bits, the others with six each. */
  private void utf8(int codePoint) {
    int others = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
    put((byte) ((0xff80 >> others) | (codePoint >> (6 * others))));
    for (int shift = 6 * (others - 1); shift >= 0; shift -= 6) {
      put((byte) (0x80 | ((codePoint >> shift) & 0x3f)));
    }
  }

  /** Characters of ASCII, which take no column. */
  private Screen ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      put((byte) text.charAt(i));
    }
    return this;
  }

  private void raw(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  private void put(byte b) {
    reserve(1);
    buffer[size++] = b;
  }

  private void reserve(int count) {
    if (size + count > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + count));
    }
  }
}
