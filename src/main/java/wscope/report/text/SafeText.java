package wscope.report.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wscope.protocol.message.Utf8;

/**
 * Makes bytes from the wire safe to show. Its methods decode UTF-8 and escape every character that
 * could control a terminal, or hide or reorder text: C0, DEL, C1, bidi and zero-width characters,
 * line and paragraph separators, unassigned and private characters, and stacked marks. A byte that
 * is not UTF-8 becomes {@code \xNN}.
 */
public final class SafeText {
  /** More marks on one character reach the lines above and below. */
  private static final int MOST_MARKS = 4;

  /** Stands for no quote: this byte is never plain. */
  private static final byte NO_QUOTE = 0;

  private SafeText() {}

  /**
   * Shows the bytes between position and limit in quotes. A text with double quotes, such as JSON,
   * stands in single quotes, or in backquotes if it has those too, so that it needs no escapes. A
   * text that has all three stands in double quotes, which are escaped inside.
   */
  public static void quoted(Screen screen, ByteBuffer bytes) {
    byte quote = quote(bytes);
    screen.codePoint(quote);
    write(screen, bytes, quote);
    screen.codePoint(quote);
  }

  /**
   * Shows bytes whose backslashes are escapes of their own, as in JSON, so they are not escaped
   * again.
   */
  static void raw(Screen screen, ByteBuffer bytes) {
    int start = bytes.position();
    int limit = bytes.limit();
    for (int at = start; at < limit; at++) {
      if (bytes.get(at) == '\\') {
        write(screen, bytes.duplicate().limit(at).position(start), NO_QUOTE);
        screen.text("\\");
        start = at + 1;
      }
    }
    write(screen, bytes.duplicate().limit(limit).position(start), NO_QUOTE);
  }

  /** The first kind of quote that is not in the text. */
  private static byte quote(ByteBuffer bytes) {
    boolean twice = false;
    boolean once = false;
    boolean back = false;
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      byte b = bytes.get(i);
      twice |= b == '"';
      once |= b == '\'';
      back |= b == '`';
    }
    if (!twice || (once && back)) {
      return '"';
    }
    return (byte) (once ? '`' : '\'');
  }

  /**
   * Shows a string with one character for each byte (ISO 8859-1), such as a line of an HTTP head,
   * without quotes.
   */
  public static void line(Screen screen, String latin1) {
    write(screen, ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)), NO_QUOTE);
  }

  /** Shows a string that may contain anything, without quotes. */
  public static void words(Screen screen, String text) {
    write(screen, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), NO_QUOTE);
  }

  /**
   * Shows a sentence of wscope that may quote anything. Because it is unknown where a quotation
   * starts, backslashes are not escaped.
   */
  public static void sentence(Screen screen, String text) {
    int start = 0;
    for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', start)) {
      words(screen, text.substring(start, at));
      screen.text("\\");
      start = at + 1;
    }
    words(screen, text.substring(start));
  }

  private static void write(Screen screen, ByteBuffer bytes, byte quote) {
    int at = bytes.position();
    // A mark at the start has no base of its own.
    int marks = MOST_MARKS;
    while (at < bytes.limit()) {
      int end = endOfPlain(bytes, at, quote);
      screen.ascii(bytes, at, end - at);
      marks = end > at ? 0 : marks;
      at = end;
      int length = at < bytes.limit() && bytes.get(at) < 0 ? lengthOfCharacter(bytes, at) : 0;
      if (length > 0) {
        int codePoint = codePoint(bytes, at, length);
        marks = isMark(codePoint) ? marks + 1 : 0;
        beyondAscii(screen, codePoint, marks <= MOST_MARKS);
        at += length;
      } else if (at < bytes.limit()) {
        escaped(screen, bytes.get(at++));
        marks = 0;
      }
    }
  }

  /** The index of the first character that needs an escape. */
  private static int endOfPlain(ByteBuffer bytes, int from, byte quote) {
    int at = from;
    while (at < bytes.limit() && isPlain(bytes.get(at), quote)) {
      at++;
    }
    return at;
  }

  private static boolean isPlain(byte b, byte quote) {
    return b >= ' ' && b < 0x7f && b != '\\' && b != quote;
  }

  private static void escaped(Screen screen, byte b) {
    switch (b) {
      case '\\', '"' -> screen.text("\\").codePoint(b);
      case '\n' -> screen.text("\\n");
      case '\r' -> screen.text("\\r");
      case '\t' -> screen.text("\\t");
      default -> screen.text("\\x").hex(b & 0xff);
    }
  }

  private static void beyondAscii(Screen screen, int codePoint, boolean fits) {
    if (fits && screen.isUnicode() && isHarmless(codePoint)) {
      screen.codePoint(codePoint);
    } else {
      screen.text("\\u{").text(Integer.toHexString(codePoint)).text("}");
    }
  }

  /** Whether a character stands above or below the one before it. */
  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !isInvisible(codePoint);
    };
  }

  /**
   * Whether a character is a filler, joiner or variation selector, which can hide text. These
   * characters have the Unicode property Default_Ignorable_Code_Point, but their category does not
   * show it. U+2800 is the space of Braille.
   */
  private static boolean isInvisible(int codePoint) {
    return switch (codePoint) {
      case 0x34f,
          0x115f,
          0x1160,
          0x17b4,
          0x17b5,
          0x180b,
          0x180c,
          0x180d,
          0x180f,
          0x2800,
          0x3164,
          0xffa0 ->
          true;
      default ->
          (codePoint >= 0xfe00 && codePoint <= 0xfe0f)
              || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
    };
  }

  /** The number of bytes in the valid character that starts at an index; 0 if there is none. */
  private static int lengthOfCharacter(ByteBuffer bytes, int start) {
    Utf8 utf8 = new Utf8();
    for (int end = start + 1; end <= Math.min(start + 4, bytes.limit()); end++) {
      if (utf8.check(bytes.duplicate().limit(end).position(end - 1)) >= 0) {
        return 0;
      }
      if (utf8.isComplete()) {
        return end - start;
      }
    }
    return 0;
  }

  private static int codePoint(ByteBuffer bytes, int start, int length) {
    int codePoint = bytes.get(start) & (0x7f >> length);
    for (int i = 1; i < length; i++) {
      codePoint = (codePoint << 6) | (bytes.get(start + i) & 0x3f);
    }
    return codePoint;
  }
}
