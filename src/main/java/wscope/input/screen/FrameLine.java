package wscope.input.screen;

import org.jspecify.annotations.Nullable;
import wscope.input.find.Lines;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.frame.RsvBits;

/**
 * The first line of a frame, with all of its payload if the screen shows a line for each frame:
 *
 * <pre>
 * frame 1   text, FIN 0, 3 bytes   bytes 0-4   "Hel"
 * </pre>
 *
 * Where the screen shows bits, the line has no payload.
 */
final class FrameLine {
  private static final String START = "frame ";

  /** From this column on, the offsets may be those of a screen that shows bits. */
  private static final int COLUMN_OF_BITS = 60;

  private static final int BYTES_OF_A_CODE = 2;
  private static final byte[] NOTHING = {};

  private final int from;
  private final Cursor cursor;
  private FrameHeader header = FrameHeader.of(Opcode.TEXT, 0);
  private long offset;
  private byte @Nullable [] payload;
  private boolean closes;

  private FrameLine(byte[] text, int from, int to) {
    this.from = from;
    cursor = new Cursor(text, from, to);
  }

  /** The line that begins at an index; null if there is none. */
  static @Nullable FrameLine of(Lines lines, int line, int from) {
    FrameLine read = new FrameLine(lines.text(), from, lines.end(line));
    return read.read() ? read : null;
  }

  /** Whether a frame line may begin at an index. */
  static boolean begins(byte[] text, int at, int to) {
    int number = at + START.length();
    return number < to && Cursor.isAt(text, at, to, START) && Cursor.isDigit(text[number]);
  }

  /** The header, if the payload is known or a Close. */
  FrameHeader header() {
    return header;
  }

  /** The offset of the frame in its stream. */
  long offset() {
    return offset;
  }

  /** The payload; null if the line does not show all of it, or not what was on the wire. */
  byte @Nullable [] payload() {
    return payload;
  }

  /** Whether the line after this one shows the payload: the code and the reason of a Close. */
  boolean isShownByNext() {
    return closes;
  }

  /** Reads the fields of the header; false if this is not a line of wscope. */
  private boolean read() {
    if (!cursor.skip(START) || cursor.number() < 1 || !cursor.skip("   ")) {
      return false;
    }
    Opcode opcode = opcode();
    if (opcode == null || !cursor.skip(", FIN")) {
      return false;
    }
    boolean fin = !cursor.skip(" 0");
    int rsv = cursor.skip(", RSV1") ? RsvBits.RSV1 : 0;
    rsv |= cursor.skip(", RSV2") ? RsvBits.RSV2 : 0;
    rsv |= cursor.skip(", RSV3") ? RsvBits.RSV3 : 0;
    boolean masked = cursor.skip(", masked");
    if (!cursor.skip(", ")) {
      return false;
    }
    long length = cursor.number();
    if (!cursor.skip(length == 1 ? " byte" : " bytes")) {
      return false;
    }
    // The line does not show a masking key.
    LengthForm form = masked || length < 0 ? null : form(length);
    if (form != null) {
      header = FrameHeader.of(opcode, 0).fin(fin).rsv(rsv).payloadLength(length, form);
      readPayload();
    }
    return true;
  }

  private @Nullable Opcode opcode() {
    if (cursor.skip("reserved opcode 0x")) {
      int code = cursor.hexDigit();
      return code >= 0 && Opcode.of(code).isReserved() ? Opcode.of(code) : null;
    }
    for (Opcode opcode : Opcode.values()) {
      if (!opcode.isReserved() && cursor.skip(opcode.label())) {
        return opcode;
      }
    }
    return null;
  }

  /** Reads the offsets, from which the form of the length follows. */
  private @Nullable LengthForm form(long length) {
    if (cursor.spaces() != 3 || cursor.at() - from >= COLUMN_OF_BITS || !cursor.skip("bytes ")) {
      return null;
    }
    offset = cursor.number();
    if (offset < 0 || !cursor.skip("-")) {
      return null;
    }
    long size = cursor.number() + 1 - offset - length;
    for (LengthForm form : LengthForm.values()) {
      if (size == 2 + form.extraBytes() && (form != LengthForm.BITS_7 || length <= 125)) {
        return form == LengthForm.BITS_16 && length > form.longest() ? null : form;
      }
    }
    return null;
  }

  private void readPayload() {
    long length = header.payloadLength();
    if (cursor.hasOnlySpaces()) {
      payload = length == 0 ? NOTHING : null;
      closes = length >= BYTES_OF_A_CODE && header.opcode() == Opcode.CLOSE;
      return;
    }
    if (cursor.spaces() != 3) {
      return;
    }
    byte[] shown = cursor.isAt("\"") ? cursor.quoted() : cursor.hex(length);
    if (shown != null && shown.length == length && cursor.hasOnlySpaces()) {
      payload = shown;
    }
  }

  /**
   * The payload of a Close frame, as the line after it shows it: {@code close 1000 normal closure
   * reason "bye"}. Null if it is not the whole payload.
   */
  static byte @Nullable [] closeBody(Lines lines, int line, int at) {
    Cursor cursor = new Cursor(lines.text(), at, lines.end(line));
    if (!cursor.skip("close") || cursor.spaces() != 5) {
      return null;
    }
    if (cursor.skip("from the client, ") || cursor.skip("from the server, ")) {
      cursor.spaces();
    }
    long code = cursor.number();
    if (code < 0 || code > 0xffff || !cursor.skip(" ")) {
      return null;
    }
    byte[] reason = cursor.findQuote("   reason ") ? cursor.quoted() : NOTHING;
    if (reason == null || !cursor.hasOnlySpaces()) {
      return null;
    }
    byte[] body = new byte[BYTES_OF_A_CODE + reason.length];
    body[0] = (byte) (code >> 8);
    body[1] = (byte) code;
    System.arraycopy(reason, 0, body, BYTES_OF_A_CODE, reason.length);
    return body;
  }
}
