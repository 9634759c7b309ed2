package wscope.report.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static wscope.report.text.FrameBits.BITS;
import static wscope.report.text.FrameBits.NAME;
import static wscope.report.text.FrameBits.NOTE;
import static wscope.report.text.FrameBits.VALUE;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;

/**
 * The rows for the first two bytes of a header (RFC 6455 §5.2), from the column of the bits on. The
 * rows depend only on the byte, on the sender, and on whether their bits break a rule, so they are
 * formatted once for each.
 */
final class HeaderRows {
  /** The number of characters of the longest note. */
  static final int LONGEST_NOTE = 34;

  private static final int VALUES = 256;
  private static final HeaderRows PLAIN = new HeaderRows(false);
  private static final HeaderRows COLOURED = new HeaderRows(true);

  /** The pictures of one bit in a byte, indexed by the value of the bit, then by its place. */
  private static final String[][] SINGLE_BITS = {
    {"0... ....", ".0.. ....", "..0. ....", "...0 ...."},
    {"1... ....", ".1.. ....", "..1. ....", "...1 ...."}
  };

  /** The pictures of four bits, indexed by their value. */
  static final String[] NIBBLES = {
    "0000", "0001", "0010", "0011", "0100", "0101", "0110", "0111",
    "1000", "1001", "1010", "1011", "1100", "1101", "1110", "1111"
  };

  private final boolean colour;
  private final Cache first = new Cache();
  private final Cache secondOfClient = new Cache();
  private final Cache secondOfServer = new Cache();

  /**
   * The rows of all values of a byte, whose bits may or may not break a rule. Threads may overwrite
   * what others have written: all rows of a value are equal, and their fields are final.
   */
  private static final class Cache {
    private final @Nullable Rows[] fine = new Rows[VALUES];
    private final @Nullable Rows[] broken = new Rows[VALUES];

    @Nullable Rows[] of(Style bits) {
      return bits == Style.BYTES ? fine : broken;
    }
  }

  /** The rows of a byte. */
  static final class Rows {
    private final byte[][] single;
    private final Lines lines;

    Rows(String[] shown) {
      single = new byte[shown.length][];
      for (int i = 0; i < shown.length; i++) {
        single[i] = shown[i].substring(BITS).getBytes(US_ASCII);
      }
      lines = new Lines(String.join("\n", shown).substring(BITS) + "\n");
    }

    int count() {
      return single.length;
    }

    /** A row from the column of the bits on. */
    byte[] row(int index) {
      return single[index];
    }

    /** All rows with their ends, the first from the column of the bits on. */
    Lines lines() {
      return lines;
    }
  }

  private HeaderRows(boolean colour) {
    this.colour = colour;
  }

  /** The rows for a screen with or without colours. */
  static HeaderRows of(Screen screen) {
    return screen.isColoured() ? COLOURED : PLAIN;
  }

  /**
   * The rows for FIN, RSV1 to RSV3 and the opcode.
   *
   * @param b the first byte, 0 to 255
   * @param broken whether the bits of the row break a rule
   */
  Rows first(int b, boolean broken) {
    Style bits = broken ? Style.ERROR : Style.BYTES;
    @Nullable Rows[] cached = first.of(bits);
    Rows rows = cached[b];
    if (rows == null) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      firstByte(new Screen(text, colour, false), b, bits);
      rows = new Rows(text.toString(US_ASCII).split("\n", 0));
      cached[b] = rows;
    }
    return rows;
  }

  /**
   * The rows for MASK and the 7-bit length.
   *
   * @param b the second byte, 0 to 255
   * @param broken whether the bits of the row break a rule
   */
  Rows second(int b, Endpoint sender, boolean broken) {
    Style bits = broken ? Style.ERROR : Style.BYTES;
    Cache cache = sender == Endpoint.CLIENT ? secondOfClient : secondOfServer;
    @Nullable Rows[] cached = cache.of(bits);
    Rows rows = cached[b];
    if (rows == null) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      secondByte(new Screen(text, colour, false), b, sender, bits);
      rows = new Rows(text.toString(US_ASCII).split("\n", 0));
      cached[b] = rows;
    }
    return rows;
  }

  private static void firstByte(Screen screen, int b, Style bits) {
    Opcode opcode = Opcode.of(b);
    boolean fin = b >> 7 == 1;
    String finNote = opcode.isControl() ? "" : "the message ends here";
    row(screen, 0, b, bits, "FIN", fin ? finNote : "more frames follow");
    row(screen, 1, b, bits, "RSV1", "");
    row(screen, 2, b, bits, "RSV2", "");
    row(screen, 3, b, bits, "RSV3", "");
    screen.pad(BITS).style(bits).text(".... ").text(NIBBLES[opcode.code()]);
    screen.plain().pad(NAME).text("opcode").pad(VALUE).text("0x");
    screen.text(Integer.toHexString(opcode.code())).pad(NOTE).text(opcode.label()).endLine();
    screen.flush();
  }

  private static void secondByte(Screen screen, int b, Endpoint sender, Style bits) {
    int length7 = b & 0x7f;
    row(screen, 0, b, bits, "MASK", maskNote(b >> 7 == 1, sender));
    screen.pad(BITS).style(bits).text(".");
    screen.text(NIBBLES[length7 >> 4].substring(1)).text(" ").text(NIBBLES[length7 & 0xf]);
    screen.plain().pad(NAME).text("payload length").pad(VALUE).number(length7);
    switch (LengthForm.announcedBy(length7)) {
      case BITS_7 -> {}
      case BITS_16 -> screen.pad(NOTE).text("see the next 16 bits", Style.ASIDE);
      case BITS_64 -> screen.pad(NOTE).text("see the next 64 bits", Style.ASIDE);
    }
    screen.endLine();
    screen.flush();
  }

  private static String maskNote(boolean masked, Endpoint sender) {
    if (sender == Endpoint.CLIENT) {
      return masked ? "masked: sent by a client" : "not masked, but a client must mask";
    }
    return masked ? "masked, but a server must not mask" : "not masked: sent by a server";
  }

  /**
   * Writes the row for one bit of a byte: its picture, name, value and note.
   *
   * @param place the place of the bit, counted from 0 for the highest
   */
  private static void row(Screen screen, int place, int b, Style bits, String name, String note) {
    int bit = b >> (7 - place) & 1;
    screen.pad(BITS).style(bits).text(SINGLE_BITS[bit][place]).plain();
    screen.pad(NAME).text(name).pad(VALUE).number(bit);
    if (!note.isEmpty()) {
      screen.pad(NOTE).text(note, Style.ASIDE);
    }
    screen.endLine();
  }
}
