package wscope.input.screen;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.find.Way;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.frame.RsvBits;

/**
 * A frame whose bits are shown. Its rows begin with the offset of their first byte:
 *
 * <pre>
 *     1  83           1... ....  MASK            1    masked, by a client
 *                     .000 0011  payload length  3
 *     2  3d 54 23 06             masking key
 * </pre>
 *
 * Rows without an offset have no bytes of the wire. Lines between the rows are left out.
 */
final class BitsFrame {
  private static final int FIRST_CAPACITY = 32;
  private static final int KEY_BYTES = 4;

  /** What follows the bit in the row of the first byte. */
  private static final String FIN = "... ....  FIN ";

  private static final int BIT_BEFORE_FIN = 11;

  /** What stands before the bits that break a rule, U+2717 one character for each byte. */
  private static final List<String> MARKS = List.of("\u00e2\u009c\u0097 ", "x ");

  /** U+2026, one character for each byte. */
  private static final String ELLIPSIS = "\u00e2\u0080\u00a6";

  /** U+2295: a line that explains one byte. */
  private static final String XOR = " \u00e2\u008a\u0095 ";

  /** Offsets with fewer digits are padded to as many. */
  private static final int OFFSET_WIDTH = 5;

  private final Prefix prefix;
  private final @Nullable Way way;
  private final long offset;
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;
  private final List<Piece> pieces = new ArrayList<>();

  /** Null until the second byte is known. */
  private @Nullable LengthForm form;

  private boolean masked;
  private long payloadLength;
  private int headerSize = 2;
  private int maskingKey;

  /** How many bytes of the unmasked payload were shown again. */
  private long repeated;

  private boolean cut;
  private boolean interrupted;

  private BitsFrame(Prefix prefix, long offset) {
    this.prefix = prefix;
    way = prefix.way();
    this.offset = offset;
  }

  /**
   * The frame that begins with a row for FIN, at which index that is written; null if none does.
   */
  static @Nullable BitsFrame of(Lines lines, int line, int fin) {
    byte[] text = lines.text();
    int from = lines.start(line);
    int bit = fin - BIT_BEFORE_FIN;
    int hex = backOverSpaces(text, from, backOverMark(text, from, bit)) - 2;
    int offsetEnd = backOverSpaces(text, from, hex);
    int offsetFrom = offsetEnd;
    while (offsetFrom > from && Cursor.isDigit(text[offsetFrom - 1])) {
      offsetFrom--;
    }
    Prefix prefix = Prefix.of(lines, line, contentStart(text, from, offsetFrom, offsetEnd));
    long offset = new Cursor(text, offsetFrom, Math.max(offsetFrom, offsetEnd)).number();
    if (prefix == null || offset < 0) {
      return null;
    }
    BitsFrame frame = new BitsFrame(prefix, offset);
    boolean begins = frame.take(lines, line, offsetFrom);
    return begins && text[bit] == (frame.bytes[0] < 0 ? '1' : '0') ? frame : null;
  }

  /** Whether the row of the first byte may have its FIN at an index of a line. */
  static boolean begins(byte[] text, int fin, int from, int to) {
    return fin - BIT_BEFORE_FIN > from && Cursor.isAt(text, fin - BIT_BEFORE_FIN + 1, to, FIN);
  }

  private static int backOverSpaces(byte[] text, int from, int to) {
    int at = Math.max(from, to);
    while (at > from && text[at - 1] == ' ') {
      at--;
    }
    return at;
  }

  /** Skips the mark of a bit that breaks a rule. */
  private static int backOverMark(byte[] text, int from, int bit) {
    for (String mark : MARKS) {
      int at = bit - mark.length();
      if (at > from && text[at - 1] == ' ' && Cursor.isAt(text, at, bit, mark)) {
        return at;
      }
    }
    return bit;
  }

  /** Where the prefix of the line ends: before the spaces that pad the offset. */
  private static int contentStart(byte[] text, int from, int offset, int end) {
    int at = offset;
    while (at > from && at > end - OFFSET_WIDTH && text[at - 1] == ' ') {
      at--;
    }
    return at;
  }

  Prefix prefix() {
    return prefix;
  }

  /**
   * Takes a row, if it has the bytes that come next.
   *
   * @param at where its content begins
   */
  boolean take(Lines lines, int line, int at) {
    long wanted = wanted();
    Cursor cursor = new Cursor(lines.text(), at, lines.end(line));
    cursor.spaces();
    int digits = cursor.at();
    if (wanted == 0 || cursor.number() != offset + size) {
      return false;
    }
    digits = cursor.at() - digits;
    int spaces = cursor.spaces();
    // One space follows only an offset that is too long to be the first byte of a row.
    if (spaces == 0 || (spaces == 1 && digits <= OFFSET_WIDTH)) {
      return false;
    }
    int from = cursor.at();
    byte[] row = cursor.hex(wanted);
    // Only the last row of an incomplete header has fewer bytes.
    if (row.length == 0
        || (row.length < wanted && !isPayload() && !cursor.findWords("incomplete"))) {
      return false;
    }
    add(row);
    pieces.add(new Piece(line, prefix.start(lines, line, from), cursor.at(), row, way));
    cover(lines, line, cursor.at());
    return true;
  }

  /** How many bytes the next row has; fewer only if the frame is incomplete. */
  private long wanted() {
    if (size < 2) {
      return 1;
    }
    if (size < headerSize) {
      return size == 2 && form != null && form.extraBytes() > 0 ? form.extraBytes() : KEY_BYTES;
    }
    return Math.min(Cursor.BYTES_IN_A_ROW, payloadLength - (size - headerSize));
  }

  private boolean isPayload() {
    return size > 1 && size >= headerSize;
  }

  private void add(byte[] row) {
    int before = size;
    if (size + row.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + row.length);
    }
    System.arraycopy(row, 0, bytes, size, row.length);
    size += row.length;
    if (before == 1) {
      form = LengthForm.announcedBy(row[0] & 0x7f);
      masked = row[0] < 0;
      payloadLength = form == LengthForm.BITS_7 ? row[0] & 0x7f : 0;
      headerSize = 2 + form.extraBytes() + (masked ? KEY_BYTES : 0);
    } else if (before == 2 && form != null && row.length == form.extraBytes()) {
      for (byte b : row) {
        payloadLength = payloadLength << 8 | (b & 0xff);
      }
      // No screen shows so many bytes.
      payloadLength = payloadLength < 0 ? Long.MAX_VALUE : payloadLength;
    } else if (masked && before == headerSize - KEY_BYTES && row.length == KEY_BYTES) {
      maskingKey = ByteBuffer.wrap(row).getInt();
    }
  }

  /** Looks at a line that is not a row with an offset. */
  void pass(Lines lines, int line, int at) {
    Cursor cursor = new Cursor(lines.text(), at, lines.end(line));
    int spaces = cursor.spaces();
    if (spaces < 2) {
      return;
    }
    int from = cursor.at();
    if ((cursor.skip(ELLIPSIS) || cursor.skip("...")) && cursor.skip(" ") && cursor.number() >= 0) {
      cut |= cursor.skip(" byte");
    } else {
      repeat(cursor);
    }
    cover(lines, line, prefix.start(lines, line, from));
  }

  /** Takes a row that repeats the payload without its mask. */
  private void repeat(Cursor cursor) {
    long left = payloadLength - repeated;
    byte[] row = cursor.hex(Math.min(Cursor.BYTES_IN_A_ROW, left));
    boolean xor = cursor.skip(XOR) || cursor.skip(" xor ");
    if (row.length == 0 || xor || !hasAllBytes()) {
      return;
    }
    int from = headerSize + (int) repeated;
    ByteBuffer expected = ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, from + row.length));
    Mask.apply(expected, maskingKey, repeated);
    if (expected.equals(ByteBuffer.wrap(row))) {
      repeated += row.length;
    }
  }

  /** Adds a part of a line that belongs to the screen, but has no bytes of the wire. */
  void cover(Lines lines, int line, int from) {
    Piece cover = Covers.of(lines, line, from, way);
    if (cover != null) {
      pieces.add(cover);
    }
  }

  /** Whether all bytes are known. */
  boolean hasAllBytes() {
    return isPayload() && size - headerSize == payloadLength;
  }

  /** Whether all rows have arrived. */
  boolean isComplete() {
    return hasAllBytes() && (!masked || repeated == payloadLength);
  }

  /** Whether the bytes end because there were no more, although the frame is incomplete. */
  boolean isWholePart() {
    return isPayload() && !cut;
  }

  /** Whether the header itself is incomplete. */
  boolean isHeaderPart() {
    return size > 0 && !isPayload();
  }

  /** Its header as it is on the wire. */
  FrameHeader header() {
    int first = bytes[0];
    int rsv = first >> 4 & (RsvBits.RSV1 | RsvBits.RSV2 | RsvBits.RSV3);
    LengthForm shown = form == null ? LengthForm.BITS_7 : form;
    FrameHeader header = FrameHeader.of(Opcode.of(first), 0).fin(first < 0).rsv(rsv);
    header.payloadLength(payloadLength, shown);
    return masked ? header.mask(maskingKey) : header;
  }

  long offset() {
    return offset;
  }

  /** Takes note that another frame was shown between the rows. */
  void interrupt() {
    interrupted = true;
  }

  /**
   * The rows, and the lines between them. If the rows of another frame are among them, the last row
   * has all bytes: frames do not overlap.
   */
  List<Piece> pieces() {
    if (!interrupted) {
      return pieces;
    }
    int last = pieces.size() - 1;
    while (pieces.get(last).bytes().length == 0) {
      last--;
    }
    List<Piece> joined = new ArrayList<>();
    for (Piece piece : pieces) {
      joined.add(Covers.of(piece));
    }
    Piece row = pieces.get(last);
    joined.set(last, new Piece(row.line(), row.from(), row.to(), bytes(), way));
    return joined;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }
}
