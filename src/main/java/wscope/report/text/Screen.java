package wscope.report.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Buffers lines of text for a terminal, a file or a pipe. A screen puts a prefix before each line,
 * pads to columns and wraps words for a narrow terminal. It omits colours and characters that the
 * output cannot show.
 *
 * <p>Data from the wire passes through {@link SafeText}; the methods here are for wscope's own
 * words.
 */
public final class Screen {
  private static final int FLUSH_AT = 64 << 10;
  private static final String RESET = "\u001b[0m";

  private final OutputStream out;
  private final boolean colour;
  private final boolean unicode;

  /** The margin of the further lines of a note, as wide as "note: ". */
  private static final int NOTE_MARGIN = 6;

  private final LineTimes times;
  private final int columns;

  /** Supplies the width at any time; null if it stays the same. */
  private @Nullable IntSupplier width;

  private final LineBuffer buffer = new LineBuffer();
  private byte[] prefix = {};
  private boolean lineOpen;
  private int column;
  private boolean timeDue;
  private boolean timeless;

  /** Whether the line has a time, or spaces in its place. */
  private boolean timed;

  private int timeWidth;

  /** The index in the buffer from which words may be wrapped; negative if there are none. */
  private int words = -1;

  /** The index in the buffer from which the line is not wrapped; negative if there is none. */
  private int whole = -1;

  private boolean styled;

  /** Whether each line has words from its start. */
  private boolean notes;

  private Wrapping wrapping = Wrapping.WORDS;

  private int wordsColumn;
  private int margin;

  /** Creates a screen without times and of unlimited width. */
  public Screen(OutputStream out, boolean colour, boolean unicode) {
    this(out, colour, unicode, LineTimes.OFF, 0);
  }

  /**
   * Creates a screen.
   *
   * @param out an unbuffered stream, which the screen does not close
   * @param colour whether escape sequences may be written
   * @param unicode whether characters beyond ASCII may be written, as UTF-8
   * @param times formats the times that {@link #stamp} requests
   * @param columns the width for wrapped words; 0 if lines may have any length
   */
  public Screen(OutputStream out, boolean colour, boolean unicode, LineTimes times, int columns) {
    this.out = out;
    this.colour = colour;
    this.unicode = unicode;
    this.times = times;
    this.columns = columns;
  }

  /**
   * Creates a screen without colours for notes and errors, of which long lines are wrapped.
   *
   * @param columns the width of the terminal; 0 if lines may have any length
   */
  public static Screen ofNotes(OutputStream out, boolean unicode, int columns) {
    Screen screen = new Screen(out, false, unicode, LineTimes.OFF, columns);
    screen.notes = true;
    return screen;
  }

  /** Wraps words to a width that may change. */
  public Screen follow(@Nullable IntSupplier changing) {
    width = changing;
    return this;
  }

  private int columns() {
    return width == null ? columns : width.getAsInt();
  }

  /** Whether characters beyond ASCII may be written. */
  boolean isUnicode() {
    return unicode;
  }

  /** Sets the prefix for all following lines. */
  public void prefix(String text) {
    prefix(encoded(text));
  }

  /** Sets a prefix that has already been encoded, for reuse. */
  void prefix(byte[] encoded) {
    prefix = encoded;
  }

  /** Encodes wscope's own words as UTF-8. */
  static byte[] encoded(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Begins the next line at the left edge, even if others have times. */
  Screen timeless() {
    timeless = true;
    return this;
  }

  /** Shows the time at the beginning of the next line. The lines after it are indented. */
  Screen stamp() {
    timeDue = true;
    return this;
  }

  /** Shows wscope's own words. Characters that the output cannot show are replaced. */
  public Screen text(String text) {
    openLine();
    Words known = Words.known(text);
    if (known != null && (unicode || known.isAscii())) {
      buffer.bytes(known.encoded());
      column += known.width();
      return this;
    }
    Words.remember(text);
    int length = text.length();
    int i = buffer.ascii(text);
    column += i;
    for (; i < length; i++) {
      character(text.charAt(i));
    }
    return this;
  }

  /** Shows wscope's own words in a style. */
  public Screen text(String text, Style style) {
    style(style);
    text(text);
    return plain();
  }

  /** Shows a part of a line that another screen with the same colours has formatted. */
  Screen formatted(byte[] part) {
    openLine();
    buffer.bytes(part);
    return this;
  }

  /** Shows ASCII characters that have already been encoded, for reuse. */
  Screen text(byte[] encoded) {
    openLine();
    buffer.bytes(encoded);
    column += encoded.length;
    return this;
  }

  /**
   * Ends the line with the first of these lines and shows the others after it. Another screen with
   * the same colours has formatted them, each with its end. The width must suffice for them.
   */
  void lines(Lines formatted) {
    openLine();
    if (prefix.length == 0 && !times.areShown()) {
      buffer.bytes(formatted.all());
    } else {
      byte[][] each = formatted.each();
      buffer.bytes(each[0]);
      for (int i = 1; i < each.length; i++) {
        beginLine();
        buffer.bytes(each[i]);
      }
    }
    lineEnded();
  }

  /**
   * Whether lines have neither a prefix nor times, and any length: then lines that are shown again
   * differ only in what they show.
   */
  boolean isBare() {
    return prefix.length == 0 && columns() == 0 && !times.areShown();
  }

  /**
   * Begins to make a form from the next lines of a bare screen.
   *
   * @param numbers how many numbers they show; none of them is negative
   */
  void beginForm(int numbers) {
    buffer.beginForm(numbers);
  }

  /** The form of the lines since {@link #beginForm}; null if some have been written already. */
  @Nullable Form endForm() {
    return buffer.endForm();
  }

  /** Shows the lines of a form with other numbers, which fit it. */
  void fill(Form form, long[] numbers) {
    buffer.fill(form, numbers);
    lineEnded();
  }

  /** Shows an unsigned number in decimal. */
  public Screen number(long value) {
    if (value < 0) {
      return text(Long.toUnsignedString(value));
    }
    openLine();
    column += buffer.number(value);
    return this;
  }

  /** Shows an offset at the right edge of a column. */
  Screen offset(long value, int width) {
    openLine();
    int digits = LineBuffer.digits(value);
    int spaces = Math.max(0, width - digits);
    buffer.spaces(spaces);
    style(Style.ASIDE);
    buffer.number(value, digits);
    column += spaces + digits;
    return plain();
  }

  /** Shows a byte as two hex digits. */
  public Screen hex(int value) {
    openLine();
    buffer.hex(value);
    column += 2;
    return this;
  }

  /** Shows four bytes as eight hex digits, the most significant byte first. */
  Screen hexInt(int value) {
    openLine();
    buffer.hexInt(value);
    column += 2 * Integer.BYTES;
    return this;
  }

  /** Shows bytes as two hex digits each, separated by spaces. */
  Screen hex(ByteBuffer bytes, int start, int count) {
    openLine();
    column += buffer.hex(bytes, start, count);
    return this;
  }

  /** Shows bytes as characters. A dot replaces each byte that is not visible ASCII. */
  Screen characters(ByteBuffer bytes, int start, int count) {
    openLine();
    buffer.characters(bytes, start, count);
    column += count;
    return this;
  }

  /** Shows bytes that are known to be visible ASCII. */
  Screen ascii(ByteBuffer bytes, int start, int count) {
    openLine();
    buffer.bytes(bytes, start, count);
    column += count;
    return this;
  }

  /**
   * Pads to a column with at least one space, unless the line ends exactly there.
   *
   * @param to the column, counted from 0 after the prefix
   */
  public Screen pad(int to) {
    openLine();
    int spaces = column == to ? 0 : Math.max(1, to - column);
    buffer.spaces(spaces);
    column += spaces;
    return this;
  }

  /** Pads to a column with at least one space. */
  Screen column(int to) {
    openLine();
    int spaces = Math.max(1, to - column);
    buffer.spaces(spaces);
    column += spaces;
    return this;
  }

  /**
   * Wraps the rest of the line at spaces if the terminal is too narrow for the line.
   *
   * @param to the column where each further line begins, counted as in {@link #pad}
   */
  public Screen words(int to) {
    openLine();
    words = buffer.size();
    wrapping = Wrapping.WORDS;
    wordsColumn = column;
    margin = to;
    return this;
  }

  /**
   * Wraps the rest of the line like {@link #words}, but only where two or more spaces separate the
   * columns of a table.
   */
  Screen table(int to) {
    words(to);
    wrapping = Wrapping.TABLE;
    return this;
  }

  /** Wraps the rest of the line as a line of an HTTP head. */
  Screen head() {
    words(column + HeadWrap.INDENT);
    wrapping = Wrapping.HEAD;
    return this;
  }

  /** Whether the terminal has fewer columns than a line of some, after the prefix. */
  boolean isNarrowerThan(int wide) {
    int before = prefix.length + (times.areShown() ? timeWidth + 1 : 0);
    int now = columns();
    return now > 0 && now < before + wide;
  }

  /** Switches on a style until {@link #plain} is called. */
  public Screen style(Style style) {
    openLine();
    if (colour) {
      escape(style.sgr());
      styled |= !style.sgr().isEmpty();
    }
    return this;
  }

  /** Switches off the style. */
  public Screen plain() {
    if (styled) {
      escape(RESET);
      styled = false;
    }
    return this;
  }

  private void escape(String sequence) {
    int before = column;
    text(sequence);
    column = before;
  }

  /**
   * Keeps the rest of the line whole where {@link #words} wraps it: spaces in a text from the wire
   * belong to that text.
   */
  Screen whole() {
    whole = whole < 0 ? buffer.size() : whole;
    return this;
  }

  /** Whether escape sequences may be written. */
  boolean isColoured() {
    return colour;
  }

  /** Shows a code point that is known to be safe. */
  void codePoint(int codePoint) {
    openLine();
    buffer.codePoint(codePoint);
    column++;
  }

  /** Ends the line. */
  public void endLine() {
    if (!lineOpen) {
      openLine();
      // The line has only a prefix, whose last space would be trailing.
      buffer.dropSpace();
    }
    if (words >= 0 && columns() > 0) {
      wrap();
    }
    words = -1;
    whole = -1;
    buffer.codePoint('\n');
    lineEnded();
  }

  private void lineEnded() {
    lineOpen = false;
    column = 0;
    if (buffer.size() >= FLUSH_AT) {
      flush();
    }
  }

  /**
   * Writes the buffered lines.
   *
   * @throws UncheckedIOException if the output fails
   */
  public void flush() {
    if (buffer.isEmpty()) {
      return;
    }
    try {
      buffer.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      buffer.clear();
      words = -1;
      whole = -1;
    }
  }

  /** Wraps the words at the end of the buffer to the width of the terminal. */
  private void wrap() {
    int spaces = timed ? timeWidth + 1 : 0;
    byte[] before = new byte[spaces + prefix.length + margin];
    Arrays.fill(before, (byte) ' ');
    System.arraycopy(prefix, 0, before, spaces, prefix.length);
    byte[] line = buffer.cut(words);
    int breakable = whole < words ? line.length : whole - words;
    int room = columns() - before.length;
    buffer.bytes(wrapping.wrapped(line, breakable, wordsColumn - margin, room, before));
  }

  private void openLine() {
    if (!lineOpen) {
      lineOpen = true;
      beginLine();
      if (notes) {
        words(NOTE_MARGIN);
      }
    }
  }

  private void beginLine() {
    timed = times.areShown() && !timeless;
    if (timed) {
      time();
    }
    timeless = false;
    buffer.bytes(prefix);
  }

  /** Writes the time, or spaces of the same width. */
  private void time() {
    if (!timeDue) {
      buffer.spaces(timeWidth + 1);
      return;
    }
    style(Style.ASIDE);
    timeWidth = buffer.time(times);
    plain();
    buffer.spaces(1);
    timeDue = false;
  }

  private void character(char c) {
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
          case '−' -> "-";
          case '§' -> "section ";
          default -> "?";
        };
    column += buffer.ascii(ascii);
  }
}
