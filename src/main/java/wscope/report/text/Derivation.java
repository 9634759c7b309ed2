package wscope.report.text;

import java.nio.ByteBuffer;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;

/** Shows the derivation of a frame's values, step by step. */
final class Derivation {
  private static final int COLUMN = 7;
  private static final int MOST_BYTES = 16;
  private static final int CLOSE = 10;

  private Derivation() {}

  /** Shows the sum of the bytes in an extended payload length (RFC 6455 §5.2). */
  static void length(Screen screen, FrameHeader header) {
    int count = header.lengthForm().extraBytes();
    if (count == 0) {
      return;
    }
    screen.pad(COLUMN).style(Style.ASIDE);
    String plus = "";
    for (int i = count - 1; i >= 0; i--) {
      long b = header.payloadLength() >>> (8 * i) & 0xff;
      if (b > 0 || i == 0) {
        screen.text(plus).number(b).text(i > 0 ? " × " : "");
        if (i > 0) {
          screen.number(1L << (8 * i));
        }
        plus = " + ";
      }
    }
    screen.text(" = ").number(header.payloadLength()).plain().endLine();
  }

  /**
   * Shows the unmasking of the first bytes in a payload: byte i XOR key byte i mod 4 (§5.3).
   *
   * @param plain the unmasked payload, from position to limit
   */
  static void mask(Screen screen, FrameHeader header, ByteBuffer plain) {
    int count = Math.min(plain.remaining(), MOST_BYTES);
    for (int i = 0; i < count; i++) {
      int key = header.maskingKey() >>> (24 - 8 * (i & 3)) & 0xff;
      int b = plain.get(plain.position() + i) & 0xff;
      screen.pad(COLUMN).style(Style.ASIDE).hex(b ^ key).text(" ⊕ ").hex(key).text(" = ").hex(b);
      screen.text("  ");
      Payloads.characters(screen, plain, plain.position() + i, 1);
      screen.plain().endLine();
    }
    if (plain.remaining() > count) {
      screen
          .pad(COLUMN)
          .text("… and so on: payload byte i is XORed with key byte i mod 4", Style.ASIDE)
          .endLine();
    }
  }

  /** Shows the meaning of a close code and the endpoints that may send it (§7.4). */
  static void close(Screen screen, CloseBody body) {
    int code = body.hasCode() ? body.code() : CloseCode.NO_STATUS_RECEIVED.code();
    screen.pad(CLOSE).words(CLOSE).text(CloseCode.meaning(code), Style.ASIDE).endLine();
  }
}
