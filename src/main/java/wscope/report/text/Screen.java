package wscope.report.text;

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
  private static final String RESET = "\u001b[0m";

  private final OutputStream out;
  private final boolean colour;
  private final boolean unicode;
  private final LineTimes times;
  private final int columns;
  private final LineBuffer buffer = new LineBuffer();
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
    int i = buffer.ascii(text);
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
    buffer.bytes(part);
    return this;
  }

  /** A number in decimal, unsigned. */
  public Screen number(long value) {
    if (value < 0) {
      return text(Long.toUnsignedString(value));
    }
    openLine();
    column += buffer.number(value);
    return this;
  }

  /** A byte as two hex digits. */
  public Screen hex(int value) {
    openLine();
    buffer.hex(value);
    column += 2;
    return this;
  }

  /** Bytes as two hex digits each, separated by blanks. */
  Screen hex(ByteBuffer bytes, int start, int count) {
    openLine();
    column += buffer.hex(bytes, start, count);
    return this;
  }

  /** Bytes as characters; a dot for what is not visible ASCII. */
  Screen characters(ByteBuffer bytes, int start, int count) {
    openLine();
    buffer.characters(bytes, start, count);
    column += count;
    return this;
  }

  /** Bytes that are known to be visible ASCII. */
  Screen ascii(ByteBuffer bytes, int start, int count) {
    openLine();
    buffer.bytes(bytes, start, count);
    column += count;
    return this;
  }

  /** Blanks up to a column, counted from 0 behind the prefix; at least one unless it is reached. */
  public Screen pad(int to) {
    openLine();
    int blanks = column == to ? 0 : Math.max(1, to - column);
    buffer.blanks(blanks);
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
    words = buffer.size();
    wordsColumn = column;
    margin = to;
    return this;
  }

  /** Switches a style on, up to {@link #plain}. */
  public Screen style(Style style) {
    openLine();
    if (colour) {
      buffer.ascii(style.sgr());
    }
    return this;
  }

  /** Switches the style off. */
  public Screen plain() {
    if (colour) {
      buffer.ascii(RESET);
    }
    return this;
  }

  /** Whether escape sequences may be written. */
  boolean isColoured() {
    return colour;
  }

  /** One code point that is known to be safe. */
  void codePoint(int codePoint) {
    openLine();
    buffer.codePoint(codePoint);
    column++;
  }

  /** Ends the line. */
  public void endLine() {
    if (!lineOpen) {
      openLine();
      // Nothing follows the prefix, so its last blank would only trail.
      buffer.dropSpace();
    }
    if (words >= 0 && columns > 0) {
      wrap();
    }
    words = -1;
    buffer.codePoint('\n');
    lineOpen = false;
    column = 0;
    if (buffer.size() >= FLUSH_AT) {
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
      buffer.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      buffer.clear();
      words = -1;
    }
  }

  /** Breaks the words at the end of the buffer to the width of the terminal. */
  private void wrap() {
    int blanks = times.areShown() ? timeWidth + 1 : 0;
    byte[] before = new byte[blanks + prefix.length + margin];
    Arrays.fill(before, (byte) ' ');
    System.arraycopy(prefix, 0, before, blanks, prefix.length);
    byte[] line = buffer.cut(words);
    buffer.bytes(WordWrap.wrapped(line, wordsColumn - margin, columns - before.length, before));
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
    buffer.bytes(prefix);
  }

  /** The time, or as many blanks. */
  private void time() {
    if (!timeDue) {
      buffer.blanks(timeWidth + 1);
      return;
    }
    style(Style.ASIDE);
    timeWidth = buffer.time(times);
    plain();
    buffer.blanks(1);
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
    column += buffer.ascii(ascii);
  }
}
