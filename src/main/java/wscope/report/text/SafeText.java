package wscope.report.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import wscope.protocol.message.Utf8;

/**
 * Makes bytes from the wire safe to show. Its methods decode UTF-8 and escape every character that
 * could control a terminal, or hide or reorder text: C0, DEL, C1, bidi and zero-width characters,
 * line and paragraph separators, unassigned and private characters. A byte that is not UTF-8
 * becomes {@code \xNN}.
 */
public final class SafeText {
  private SafeText() {}

  /** Shows the bytes between position and limit in quotes. A quote inside is escaped. */
  public static void quoted(Screen screen, ByteBuffer bytes) {
    screen.codePoint('"');
    write(screen, bytes, true);
    screen.codePoint('"');
  }

  /**
   * Shows a string with one character for each byte (ISO 8859-1), such as a line of an HTTP head,
   * without quotes.
   */
  public static void line(Screen screen, String latin1) {
    write(screen, ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)), false);
  }

  /** Shows a string that may contain anything, without quotes. */
  public static void words(Screen screen, String text) {
    write(screen, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), false);
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

  private static void write(Screen screen, ByteBuffer bytes, boolean quotes) {
    int at = bytes.position();
    while (at < bytes.limit()) {
      int end = endOfPlain(bytes, at, quotes);
      screen.ascii(bytes, at, end - at);
      at = end;
      if (at < bytes.limit()) {
        at = special(screen, bytes, at);
      }
    }
  }

  /** The index of the first character that needs an escape. */
  private static int endOfPlain(ByteBuffer bytes, int from, boolean quotes) {
    int at = from;
    while (at < bytes.limit() && isPlain(bytes.get(at), quotes)) {
      at++;
    }
    return at;
  }

  private static boolean isPlain(byte b, boolean quotes) {
    return b >= ' ' && b < 0x7f && b != '\\' && (b != '"' || !quotes);
  }

  /**
   * Shows a character that is not plain.
   *
   * @return the index after it
   */
  private static int special(Screen screen, ByteBuffer bytes, int at) {
    byte b = bytes.get(at);
    if (b >= 0) {
      escaped(screen, b);
      return at + 1;
    }
    int length = lengthOfCharacter(bytes, at);
    if (length == 0) {
      screen.text("\\x").hex(b & 0xff);
      return at + 1;
    }
    beyondAscii(screen, codePoint(bytes, at, length));
    return at + length;
  }

  private static void escaped(Screen screen, byte b) {
    switch (b) {
      case '\\', '"' -> screen.text("\\").codePoint(b);
      case '\n' -> screen.text("\\n");
      case '\r' -> screen.text("\\r");
      case '\t' -> screen.text("\\t");
      default -> screen.text("\\x").hex(b);
    }
  }

  private static void beyondAscii(Screen screen, int codePoint) {
    if (screen.isUnicode() && isHarmless(codePoint)) {
      screen.codePoint(codePoint);
    } else {
      screen.text("\\u{").text(Integer.toHexString(codePoint)).text("}");
    }
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
   * show it.
   */
  private static boolean isInvisible(int codePoint) {
    return switch (codePoint) {
      case 0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x180f, 0x3164, 0xffa0 ->
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
