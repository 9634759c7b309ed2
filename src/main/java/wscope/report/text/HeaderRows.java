package wscope.report.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static wscope.report.text.FrameBits.BITS;
import static wscope.report.text.FrameBits.NAME;
import static wscope.report.text.FrameBits.NOTE;
import static wscope.report.text.FrameBits.VALUE;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicReferenceArray;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;

/**
 * The rows for the first two bytes of a header (RFC 6455 §5.2), from the column of the bits on. The
 * rows depend only on the byte, so they are formatted once for each value.
 */
final class HeaderRows {
  private static final int VALUES = 256;
  private static final HeaderRows PLAIN = new HeaderRows(false);
  private static final HeaderRows COLOURED = new HeaderRows(true);

  /** The pictures of one bit in a byte, indexed by the value of the bit, then by its place. */
  private static final String[][] SINGLE_BITS = {
    {"0... ....", ".0.. ....", "..0. ....", "...0 ...."},
    {"1... ....", ".1.. ....", "..1. ....", "...1 ...."}
  };

  /** The pictures of four bits, indexed by their value. */
  private static final String[] NIBBLES = {
    "0000", "0001", "0010", "0011", "0100", "0101", "0110", "0111",
    "1000", "1001", "1010", "1011", "1100", "1101", "1110", "1111"
  };

  private final boolean colour;
  private final AtomicReferenceArray<byte[][]> first = new AtomicReferenceArray<>(VALUES);
  private final AtomicReferenceArray<byte[][]> second = new AtomicReferenceArray<>(VALUES);

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
   */
  byte[][] first(int b) {
    byte[][] rows = first.get(b);
    if (rows == null) {
      rows = format(true, b);
      first.set(b, rows);
    }
    return rows;
  }

  /**
   * The rows for MASK and the 7-bit length.
   *
   * @param b the second byte, 0 to 255
   */
  byte[][] second(int b) {
    byte[][] rows = second.get(b);
    if (rows == null) {
      rows = format(false, b);
      second.set(b, rows);
    }
    return rows;
  }

  /** Formats the rows without the columns before the bits. */
  private byte[][] format(boolean isFirst, int b) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, colour, false);
    if (isFirst) {
      firstByte(screen, b);
    } else {
      secondByte(screen, b);
    }
    screen.flush();
    String[] lines = out.toString(US_ASCII).split("\n", 0);
    byte[][] rows = new byte[lines.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = lines[i].substring(BITS).getBytes(US_ASCII);
    }
    return rows;
  }

  private static void firstByte(Screen screen, int b) {
    Opcode opcode = Opcode.of(b);
    boolean fin = b >> 7 == 1;
    String finNote = opcode.isControl() ? "" : "the message ends here";
    row(screen, 0, b, "FIN", fin ? finNote : "more frames follow");
    row(screen, 1, b, "RSV1", "");
    row(screen, 2, b, "RSV2", "");
    row(screen, 3, b, "RSV3", "");
    screen.pad(BITS).style(Style.BYTES).text(".... ").text(NIBBLES[opcode.code()]);
    screen.plain().pad(NAME).text("opcode").pad(VALUE).text("0x");
    screen.text(Integer.toHexString(opcode.code())).pad(NOTE).text(opcode.label()).endLine();
  }

  private static void secondByte(Screen screen, int b) {
    int length7 = b & 0x7f;
    boolean masked = b >> 7 == 1;
    row(screen, 0, b, "MASK", masked ? "masked: sent by a client" : "not masked: sent by a server");
    screen.pad(BITS).style(Style.BYTES).text(".");
    screen.text(NIBBLES[length7 >> 4].substring(1)).text(" ").text(NIBBLES[length7 & 0xf]);
    screen.plain().pad(NAME).text("payload length").pad(VALUE).number(length7);
    switch (LengthForm.announcedBy(length7)) {
      case BITS_7 -> {}
      case BITS_16 -> screen.pad(NOTE).text("see the next 16 bits", Style.ASIDE);
      case BITS_64 -> screen.pad(NOTE).text("see the next 64 bits", Style.ASIDE);
    }
    screen.endLine();
  }

  /**
   * Writes the row for one bit of a byte: its picture, name, value and note.
   *
   * @param place the place of the bit, counted from 0 for the highest
   */
  private static void row(Screen screen, int place, int b, String name, String note) {
    int bit = b >> (7 - place) & 1;
    screen.pad(BITS).style(Style.BYTES).text(SINGLE_BITS[bit][place]).plain();
    screen.pad(NAME).text(name).pad(VALUE).number(bit);
    if (!note.isEmpty()) {
      screen.pad(NOTE).text(note, Style.ASIDE);
    }
    screen.endLine();
  }
}
