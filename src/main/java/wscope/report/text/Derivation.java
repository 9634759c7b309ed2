package wscope.report.text;

import java.nio.ByteBuffer;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;

/**
 * Explains the values of a frame step by step, for people who write their first decoder: decimals
 * beside hex, and the arithmetic that their code has to do.
 */
final class Derivation {
  private static final int COLUMN = 7;
  private static final int BITS = 10;
  private static final int MOST_BYTES = 16;
  private static final int CLOSE = 10;

  private Derivation() {}

  // The theory is shown once, at the first frame.

  /** Explains FIN, RSV1 to RSV3 and the opcode (RFC 6455 §5.2). */
  static void firstByte(Screen screen, FrameHeader header) {
    int b = header.byte0();
    begin(screen).text("0x").hex(b).text(" is ").number(b).text(" in decimal, and ");
    bits(screen, b).text(" in bits:");
    String next = " ";
    for (int place = 0; place < 4; place++) {
      int value = 128 >> place;
      if ((b & value) != 0) {
        screen.text(next).text(place == 0 ? "FIN " : "RSV" + place + " ").number(value);
        next = " + ";
      }
    }
    screen.text(next).text("opcode ").number(b & 0xf).endLine();
    if (header.number() > 1) {
      return;
    }
    line(
        screen,
        "FIN is 1 in the last frame of a message; a message may be sent in several frames, and the"
            + " others have 0");
    line(
        screen,
        "RSV1 to RSV3 are reserved for extensions, and 0 without one; permessage-deflate sets RSV1"
            + " in the first frame of a compressed message");
    line(
        screen,
        "the opcode says what the payload is: 0 continuation of a message, 1 text in UTF-8, 2"
            + " binary, 8 close, 9 ping, 10 (0xa) pong; the other numbers are reserved");
  }

  /** Explains MASK and the 7-bit length (§5.1, §5.2). */
  static void secondByte(Screen screen, FrameHeader header) {
    int b = header.byte1();
    int length = header.length7();
    begin(screen).text("0x").hex(b).text(" is ").number(b).text(" in decimal: ");
    if (header.masked()) {
      screen.text("MASK counts 128, and ").number(b).text(" − 128 = ").number(length).endLine();
    } else {
      screen.text("less than 128, so MASK is 0, and the rest is ").number(length).endLine();
    }
    if (header.number() > 1) {
      return;
    }
    line(
        screen,
        "MASK is 1 in every frame from a client, which masks its payload with a key, and 0 in every"
            + " frame from a server");
    line(
        screen,
        "0 to 125 is the length itself; 126 says that the next 2 bytes are the length; 127, that"
            + " the next 8 bytes are the length");
  }

  /** Shows the sum of the bytes in an extended payload length (§5.2). */
  static void length(Screen screen, FrameHeader header) {
    int count = header.lengthForm().extraBytes();
    if (count == 0) {
      return;
    }
    begin(screen).text("big-endian, the highest byte first: ");
    String plus = "";
    for (int i = count - 1; i >= 0; i--) {
      long b = header.payloadLength() >>> (8 * i) & 0xff;
      // Of the eight bytes, those that are 0 add nothing; both of two are shown.
      if (b > 0 || i == 0 || count == 2) {
        screen.text(plus).number(b).text(i > 0 ? " × " : "");
        if (i > 0) {
          screen.number(1L << (8 * i));
        }
        plus = " + ";
      }
    }
    screen.text(" = ").number(header.payloadLength()).endLine();
  }

  /** Explains the masking key (§5.3, §10.3). */
  static void maskingKey(Screen screen, FrameHeader header) {
    begin(screen);
    for (int shift = 24; shift >= 0; shift -= 8) {
      screen.number(header.maskingKey() >>> shift & 0xff).text(" ");
    }
    screen.text("in decimal");
    if (header.number() == 1) {
      screen.text("; the client picks 4 new random bytes for each frame, so that no script can");
      screen.text(" choose the bytes on the wire");
    }
    screen.endLine();
  }

  /**
   * Shows the unmasking of the first bytes in a payload: byte i XOR key byte i mod 4 (§5.3). The
   * bits of the first byte show what XOR does.
   *
   * @param plain the unmasked payload, from position to limit
   */
  static void mask(Screen screen, FrameHeader header, ByteBuffer plain) {
    int count = Math.min(plain.remaining(), MOST_BYTES);
    for (int i = 0; i < count; i++) {
      int key = header.maskingKey() >>> (24 - 8 * (i & 3)) & 0xff;
      int b = plain.get(plain.position() + i) & 0xff;
      begin(screen).hex(b ^ key).text(" ⊕ ").hex(key).text(" (key[").number(i).text(" mod 4])");
      screen.text(" = ").hex(b);
      character(screen, b);
      screen.endLine();
      if (i == 0) {
        bitRow(screen, b ^ key, "the payload byte on the wire");
        bitRow(screen, key, "the key byte");
        bitRow(screen, b, "⊕ is XOR: 1 where the two bits differ, 0 where they are equal");
      }
    }
    if (plain.remaining() > count) {
      line(screen, "… and so on: payload byte i is XORed with key byte i mod 4");
    }
  }

  /** Shows the meaning of a close code and the endpoints that may send it (§7.4). */
  static void close(Screen screen, CloseBody body) {
    int code = body.hasCode() ? body.code() : CloseCode.NO_STATUS_RECEIVED.code();
    if (body.hasCode()) {
      screen.pad(CLOSE).words(CLOSE).text("the first two bytes are the code, big-endian: ");
      screen.number(code >> 8).text(" × 256 + ").number(code & 0xff).text(" = ").number(code);
      screen.text("; the rest is the reason in UTF-8").endLine();
    }
    screen.pad(CLOSE).words(CLOSE).text(CloseCode.meaning(code), Style.ASIDE).endLine();
  }

  private static void bitRow(Screen screen, int b, String note) {
    screen.pad(BITS);
    bits(screen, b).words(BITS + 20).text("  ").hex(b).text(" = ").number(b);
    screen.pad(BITS + 20).text(note).endLine();
  }

  private static Screen bits(Screen screen, int b) {
    return screen.text(HeaderRows.NIBBLES[b >> 4]).text(" ").text(HeaderRows.NIBBLES[b & 0xf]);
  }

  private static void character(Screen screen, int b) {
    if (b > ' ' && b < 0x7f) {
      screen.text(" \"").codePoint(b);
      screen.text("\"");
    }
  }

  private static void line(Screen screen, String text) {
    begin(screen).text(text).endLine();
  }

  private static Screen begin(Screen screen) {
    return screen.pad(COLUMN).words(COLUMN);
  }
}
