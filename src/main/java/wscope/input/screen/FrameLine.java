package wscope.input.screen;

import java.util.List;
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
 * frame 1    FIN 0  RSV 000  opcode 0x1 text          MASK 0  length 3   bytes 0-4   "Hel"
 * </pre>
 *
 * Where the screen shows bits, the line has words in place of columns, and no payload.
 */
final class FrameLine {
  private static final String START = "frame ";

  private static final int KEY_DIGITS = 8;

  private static final int BYTES_OF_A_CODE = 2;
  private static final byte[] NOTHING = {};

  private final Cursor cursor;
  private FrameHeader header = FrameHeader.of(Opcode.TEXT, 0);
  private long offset;
  private byte @Nullable [] payload;
  private boolean closes;

  private FrameLine(byte[] text, int from, int to) {
    cursor = new Cursor(text, from, to);
  }

  /**
   * The line that begins at an index and may continue on further lines; null if there is none.
   *
   * @param last the last of the lines into which the line is wrapped
   */
  static @Nullable FrameLine of(Lines lines, int line, int from, int last, Prefix prefix) {
    FrameLine read;
    if (last == line) {
      read = new FrameLine(lines.text(), from, lines.end(line));
    } else {
      byte[] joined = WrappedLine.joined(lines, line, from, last, prefix);
      read = new FrameLine(joined, 0, joined.length);
    }
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
    if (!cursor.skip(START) || cursor.number() < 1 || cursor.spaces() == 0) {
      return false;
    }
    return cursor.skip("FIN ") ? readColumns() : readWords();
  }

  /** Reads the line before bits, which say more: {@code text, FIN 0, masked, 3 bytes}. */
  private boolean readWords() {
    Opcode opcode = opcode();
    if (opcode == null || !cursor.skip(", FIN")) {
      return false;
    }
    for (String field : List.of(" 0", ", RSV1", ", RSV2", ", RSV3", ", masked")) {
      cursor.skip(field);
    }
    return cursor.skip(", ") && cursor.skip(cursor.number() == 1 ? " byte" : " bytes");
  }

  private boolean readColumns() {
    int fin = bit();
    boolean rsvFollows = cursor.spaces() > 0 && cursor.skip("RSV ");
    int rsv = bit() * RsvBits.RSV1 | bit() * RsvBits.RSV2 | bit() * RsvBits.RSV3;
    boolean opcodeFollows = cursor.spaces() > 0 && cursor.skip("opcode 0x");
    int code = cursor.hexDigit();
    if (fin < 0 || rsv < 0 || !rsvFollows || !opcodeFollows || code < 0) {
      return false;
    }
    Opcode opcode = Opcode.of(code);
    boolean named = cursor.skip(" " + opcode.label()) && cursor.spaces() > 0;
    if (!named || !cursor.skip("MASK ")) {
      return false;
    }
    int mask = bit();
    boolean lengthFollows = mask >= 0 && cursor.spaces() > 0 && cursor.skip("length ");
    long length = lengthFollows ? cursor.number() : -1;
    if (length < 0 || cursor.spaces() == 0) {
      return false;
    }
    header = FrameHeader.of(opcode, 0).fin(fin == 1).rsv(rsv);
    if (mask == 1 && !readKey()) {
      return false;
    }
    LengthForm form = form(length);
    if (form != null) {
      header.payloadLength(length, form);
      readPayload();
    }
    return true;
  }

  /** Reads a bit; a negative number if there is none. */
  private int bit() {
    return cursor.skip("1") ? 1 : cursor.skip("0") ? 0 : Integer.MIN_VALUE;
  }

  private boolean readKey() {
    if (!cursor.skip("key ")) {
      return false;
    }
    int key = 0;
    for (int i = 0; i < KEY_DIGITS; i++) {
      int digit = cursor.hexDigit();
      if (digit < 0) {
        return false;
      }
      key = key << 4 | digit;
    }
    header.mask(key);
    return cursor.spaces() > 0;
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
    if (!cursor.skip("bytes ")) {
      return null;
    }
    offset = cursor.number();
    if (offset < 0 || !cursor.skip("-")) {
      return null;
    }
    long size = cursor.number() + 1 - offset - length - (header.masked() ? KEY_DIGITS / 2 : 0);
    for (LengthForm form : LengthForm.values()) {
      if (size == 2 + form.extraBytes() && (form != LengthForm.BITS_7 || length <= 125)) {
        return form == LengthForm.BITS_16 && length > form.longest() ? null : form;
      }
    }
    return null;
  }

  /** Skips the time that a proxy took to pass the frame on. */
  private void skipCrossing() {
    int from = cursor.at();
    boolean parted = cursor.spaces() >= 2;
    if (parted && cursor.skip("+")) {
      cursor.number();
      cursor.skip(".");
      cursor.number();
      cursor.skip(" ms");
    } else if (!parted || !cursor.skip("queued")) {
      cursor.back(from);
    }
  }

  private void readPayload() {
    skipCrossing();
    long length = header.payloadLength();
    if (cursor.hasOnlySpaces()) {
      payload = length == 0 ? NOTHING : null;
      closes = length >= BYTES_OF_A_CODE && header.opcode() == Opcode.CLOSE;
      return;
    }
    if (cursor.spaces() != 3) {
      return;
    }
    byte[] shown = cursor.isQuote() ? cursor.quoted() : hexAndBar(length);
    if (shown != null && shown.length == length && cursor.hasOnlySpaces()) {
      payload = shown;
    }
  }

  private byte @Nullable [] hexAndBar(long length) {
    byte[] shown = cursor.hex(length);
    // Earlier versions show no bar.
    boolean ends = cursor.hasOnlySpaces();
    return ends || (cursor.spaces() == 3 && cursor.skipBar(shown.length)) ? shown : null;
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
