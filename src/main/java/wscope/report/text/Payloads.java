package wscope.report.text;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Shows payloads: as text in quotes, or as bytes. */
final class Payloads {
  /** The number of bytes of binary data that a line shows. */
  private static final int BYTES_IN_A_LINE = 16;

  private Payloads() {}

  /** Shows text in quotes or bytes in hex, and the number of omitted bytes. */
  static void inLine(Screen screen, ByteBuffer bytes, boolean text, long omitted) {
    long more = omitted;
    screen.whole();
    if (text) {
      screen.style(Style.TEXT);
      ByteBuffer whole = omitted > 0 ? wholeCharacters(bytes) : bytes;
      more += bytes.remaining() - whole.remaining();
      SafeText.quoted(screen, whole);
      screen.plain();
    } else {
      int shown = Math.min(bytes.remaining(), BYTES_IN_A_LINE);
      more += bytes.remaining() - shown;
      hex(screen, bytes, bytes.position(), shown);
      if (shown > 0) {
        screen.text("   ");
        bar(screen, bytes, bytes.position(), shown);
      }
    }
    more(screen, more);
  }

  /** Shows a payload like {@link #inLine}, but only its first bytes. */
  static void cut(Screen screen, ByteBuffer bytes, boolean text, long omitted, int most) {
    int limit = bytes.limit();
    int shown = Math.min(bytes.remaining(), most);
    long more = omitted + bytes.remaining() - shown;
    inLine(screen, bytes.limit(bytes.position() + shown), text, more);
    bytes.limit(limit);
  }

  /** Shows bytes in hex, separated by spaces. Colours show their classes. */
  static void hex(Screen screen, ByteBuffer bytes, int start, int count) {
    Style shown = null;
    int run;
    for (int at = start; at < start + count; at += run) {
      if (at > start) {
        screen.text(" ");
      }
      shown = classStyle(screen, bytes.get(at), shown);
      run = sameStyle(screen, bytes, at, start + count);
      screen.hex(bytes, at, run);
    }
    screen.plain();
  }

  /** The number of bytes from this index on that have the same style. */
  private static int sameStyle(Screen screen, ByteBuffer bytes, int start, int end) {
    int at = screen.isColoured() ? start + 1 : end;
    while (at < end && Style.ofByte(bytes.get(at)) == Style.ofByte(bytes.get(start))) {
      at++;
    }
    return at - start;
  }

  /** Shows masked bytes in hex, without colours for their classes. */
  static void masked(Screen screen, ByteBuffer bytes, int start, int count) {
    screen.style(Style.BYTES).hex(bytes, start, count).plain();
  }

  /**
   * Shows bytes as characters, in the colours of {@link #hex}. A dot replaces each byte that is not
   * visible ASCII.
   */
  static void characters(Screen screen, ByteBuffer bytes, int start, int count) {
    Style shown = null;
    int run;
    for (int at = start; at < start + count; at += run) {
      shown = classStyle(screen, bytes.get(at), shown);
      run = sameStyle(screen, bytes, at, start + count);
      screen.characters(bytes, at, run);
    }
    screen.plain();
  }

  /** Shows bytes as characters between two bars, which no quoted text has. */
  static void bar(Screen screen, ByteBuffer bytes, int start, int count) {
    screen.text("|");
    characters(screen, bytes, start, count);
    screen.text("|");
  }

  /** Switches to the style of a byte if the current one is different. */
  private static @Nullable Style classStyle(Screen screen, byte b, @Nullable Style shown) {
    if (!screen.isColoured()) {
      return null;
    }
    Style style = Style.ofByte(b);
    if (style != shown) {
      if (shown != null) {
        screen.plain();
      }
      screen.style(style);
    }
    return style;
  }

  /** Shows a number of bytes with its unit. */
  static Screen count(Screen screen, long bytes) {
    return screen.number(bytes).text(bytes == 1 ? " byte" : " bytes");
  }

  /** Returns the bytes without an incomplete character at the end. */
  private static ByteBuffer wholeCharacters(ByteBuffer bytes) {
    int start = bytes.limit() - 1;
    while (start > bytes.position()
        && start > bytes.limit() - 4
        && (bytes.get(start) & 0xc0) == 0x80) {
      start--;
    }
    if (start < bytes.position() || bytes.get(start) >= 0) {
      return bytes;
    }
    int lead = bytes.get(start) & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    return bytes.limit() - start < length ? bytes.duplicate().limit(start) : bytes;
  }

  private static void more(Screen screen, long omitted) {
    if (omitted > 0) {
      screen.style(Style.ASIDE).text(" … ").number(omitted);
      screen.text(omitted == 1 ? " byte more" : " bytes more").plain();
    }
  }
}
