package wscope.report;

import java.nio.ByteBuffer;
import java.util.List;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Violation;

/** Every field of a frame in a row: offset, bytes, bits, name, value, note (RFC 6455 §5.2). */
final class FrameBits {
  private static final int BYTES = 7;
  private static final int BITS = 20;
  private static final int NAME = 31;
  private static final int VALUE = 47;
  private static final int NOTE = 52;

  /** Bytes that fit between the columns of bytes and name. */
  private static final int SHORT_PAYLOAD = 8;

  private static final int BYTES_IN_A_ROW = 16;
  private static final int OFFSET_WIDTH = 5;

  /** Pictures of a byte of which one bit counts: by its value, then by its place. */
  private static final String[][] SINGLE_BITS = {
    {"0... ....", ".0.. ....", "..0. ....", "...0 ...."},
    {"1... ....", ".1.. ....", "..1. ....", "...1 ...."}
  };

  /** Four bits, by their value. */
  private static final String[] NIBBLES = {
    "0000", "0001", "0010", "0011", "0100", "0101", "0110", "0111",
    "1000", "1001", "1010", "1011", "1100", "1101", "1110", "1111"
  };

  private final Screen screen;
  private final Viewing viewing;

  /**
   * @param viewing tells whether the working is shown too
   */
  FrameBits(Screen screen, Viewing viewing) {
    this.screen = screen;
    this.viewing = viewing;
  }

  /** The rows of a header; a violation stands under the byte that breaks the rule. */
  void header(FrameHeader header, List<Violation> violations) {
    firstByte(header);
    violations(violations, header.offset());
    secondByte(header);
    violations(violations, header.offset() + 1);
    extendedLength(header);
    violations(violations, header.offset() + 2);
    maskingKey(header);
  }

  /**
   * The rows of a payload.
   *
   * @param wire its first bytes as on the wire; they are unmasked in place
   * @param omitted how many more there are
   */
  void payload(FrameHeader header, ByteBuffer wire, boolean text, long omitted) {
    if (!wire.hasRemaining() && omitted == 0) {
      return;
    }
    boolean isShort = wire.remaining() <= SHORT_PAYLOAD && omitted == 0;
    if (header.masked()) {
      if (isShort) {
        shortBytes(header.payloadOffset(), wire, true);
        screen.pad(NAME).text("masked payload").endLine();
      } else {
        label("masked payload");
        dump(header.payloadOffset(), wire, true, omitted);
      }
      Mask.apply(wire, header.maskingKey(), 0);
      if (viewing.explains()) {
        Working.mask(screen, header, wire);
      }
    }
    // Only bytes that stand on the wire bear an offset.
    long offset = header.masked() ? -1 : header.payloadOffset();
    if (isShort) {
      shortBytes(offset, wire, false);
      screen.pad(NAME).text("payload");
      if (text) {
        screen.pad(VALUE);
        Payloads.inLine(screen, wire, true, 0);
      }
      screen.endLine();
    } else {
      label("payload");
      dump(offset, wire, false, omitted);
    }
  }

  private void firstByte(FrameHeader header) {
    int b = header.byte0();
    Opcode opcode = header.opcode();
    offset(header.offset());
    bytes(b);
    String finNote = opcode.isControl() ? "" : "the message ends here";
    row(0, b, "FIN", header.fin() ? finNote : "more frames follow");
    row(1, b, "RSV1", "");
    row(2, b, "RSV2", "");
    row(3, b, "RSV3", "");
    screen.pad(BITS).style(Style.BYTES).text(".... ").text(NIBBLES[opcode.code()]);
    screen.plain().pad(NAME).text("opcode").pad(VALUE).text("0x");
    screen.text(Integer.toHexString(opcode.code())).pad(NOTE).text(opcode.label()).endLine();
  }

  private void secondByte(FrameHeader header) {
    offset(header.offset() + 1);
    bytes(header.byte1());
    row(0, header.byte1(), "MASK", maskNote(header.masked()));
    screen.pad(BITS).style(Style.BYTES).text(".");
    screen.text(NIBBLES[header.length7() >> 4].substring(1)).text(" ");
    screen.text(NIBBLES[header.length7() & 0xf]);
    screen.plain().pad(NAME).text("payload length").pad(VALUE).number(header.length7());
    switch (header.lengthForm()) {
      case BITS_7 -> {}
      case BITS_16 -> screen.pad(NOTE).text("see the next 16 bits", Style.ASIDE);
      case BITS_64 -> screen.pad(NOTE).text("see the next 64 bits", Style.ASIDE);
    }
    screen.endLine();
  }

  private static String maskNote(boolean masked) {
    return masked ? "masked, by a client" : "not masked, by a server";
  }

  private void extendedLength(FrameHeader header) {
    int count = header.lengthForm().extraBytes();
    if (count == 0) {
      return;
    }
    offset(header.offset() + 2);
    screen.pad(BYTES).style(Style.BYTES);
    for (int i = count - 1; i >= 0; i--) {
      screen.hex((int) (header.payloadLength() >>> (8 * i)));
      screen.text(i > 0 ? " " : "");
    }
    screen.plain().pad(NAME).text("extended length");
    screen.pad(VALUE).number(header.payloadLength()).endLine();
    if (viewing.explains()) {
      Working.length(screen, header);
    }
  }

  private void maskingKey(FrameHeader header) {
    if (!header.masked()) {
      return;
    }
    offset(header.payloadOffset() - 4);
    screen.pad(BYTES).style(Style.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      screen.hex(header.maskingKey() >>> shift).text(shift > 0 ? " " : "");
    }
    screen.plain().pad(NAME).text("masking key").endLine();
  }

  private void violations(List<Violation> violations, long offset) {
    for (int i = 0; i < violations.size(); i++) {
      if (violations.get(i).offset() == offset) {
        Violations.show(screen, violations.get(i));
      }
    }
  }

  /** A bit of a byte, the highest at place 0: its picture, name, value and note. */
  private void row(int place, int b, String name, String note) {
    int bit = b >> (7 - place) & 1;
    screen.pad(BITS).style(Style.BYTES).text(SINGLE_BITS[bit][place]).plain();
    screen.pad(NAME).text(name).pad(VALUE).number(bit);
    if (!note.isEmpty()) {
      screen.pad(NOTE).text(note, Style.ASIDE);
    }
    screen.endLine();
  }

  private void offset(long offset) {
    int digits = 1;
    for (long rest = offset / 10; rest > 0; rest /= 10) {
      digits++;
    }
    if (digits < OFFSET_WIDTH) {
      screen.pad(OFFSET_WIDTH - digits);
    }
    screen.style(Style.ASIDE).number(offset).plain().text(" ");
  }

  private void bytes(int b) {
    screen.pad(BYTES).style(Style.BYTES).hex(b).plain();
  }

  private void shortBytes(long offset, ByteBuffer bytes, boolean masked) {
    if (offset >= 0) {
      offset(offset);
    }
    screen.pad(BYTES);
    hex(bytes, bytes.position(), bytes.remaining(), masked);
  }

  private void hex(ByteBuffer bytes, int start, int count, boolean masked) {
    if (masked) {
      Payloads.masked(screen, bytes, start, count);
    } else {
      Payloads.hex(screen, bytes, start, count);
    }
  }

  private void label(String name) {
    screen.pad(NAME).text(name).endLine();
  }

  private void dump(long offset, ByteBuffer bytes, boolean masked, long omitted) {
    for (int at = bytes.position(); at < bytes.limit(); at += BYTES_IN_A_ROW) {
      int count = Math.min(BYTES_IN_A_ROW, bytes.limit() - at);
      if (offset >= 0) {
        offset(offset + at - bytes.position());
      }
      screen.pad(BYTES);
      hex(bytes, at, count, masked);
      if (!masked) {
        screen.pad(BYTES + 3 * BYTES_IN_A_ROW + 1);
        Payloads.characters(screen, bytes, at, count);
      }
      screen.endLine();
    }
    if (omitted > 0) {
      screen.pad(BYTES).style(Style.ASIDE).text("… ");
      Payloads.count(screen, omitted).text(" more").plain().endLine();
    }
  }
}
