package wscope.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Cause;
import wscope.protocol.message.Cause.Kind;

/**
 * Finds the mistake in the sender's code that explains the first broken frame of a stream, or the
 * incomplete one at its end. It keeps the first bytes of the current frame and of the text before
 * it, and names a cause only if these bytes fit it exactly.
 */
final class CauseFinder {
  private static final int MOST_PAYLOAD = 1024;

  /** The shortest length that is not written into the second byte. */
  private static final int LEAST_EXTENDED = 126;

  /** Stands for a buffer that is not needed yet: most connections never keep anything. */
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** The bytes of the current frame, or of everything from the first broken frame on. */
  private ByteBuffer raw = NOTHING;

  /** The frame before, if it is a short text; else empty. */
  private ByteBuffer text = NOTHING;

  private final ByteBuffer headerBytes = ByteBuffer.allocate(FrameHeader.LONGEST);
  private @Nullable FrameHeader current;
  private long textFrame;
  private int textStart;
  private int textLength;
  private boolean textMasked;
  private int textKey;
  private boolean broken;

  /** Whether the bytes of the current frame may show a cause. */
  private boolean keeps;

  private long frame;

  /** The number of bytes of the current payload. */
  private long received;

  private final @Nullable EchoFinder echoes;

  /**
   * @param sent what the peer of the sender has sent last; null if that does not matter
   */
  CauseFinder(@Nullable SentFrames sent) {
    echoes = sent == null ? null : new EchoFinder(sent);
  }

  /**
   * A header is complete.
   *
   * @param isBroken whether it breaks a rule
   */
  void started(FrameHeader header, boolean isBroken) {
    if (!broken) {
      raw.clear();
      frame = header.number();
      current = isBroken ? header.copy() : header;
      broken = isBroken;
      keeps = isBroken || isText(header) || text.hasRemaining() || isComparable(header);
    }
    if (keeps) {
      headerBytes.clear();
      FrameEncoder.header(header, headerBytes);
      add(headerBytes.flip());
    }
    received = broken ? received : 0;
  }

  /** Some bytes of a header have arrived, and no more will be read. */
  void headerIncomplete(long number, ByteBuffer bytes, boolean isBroken) {
    if (!broken) {
      raw.clear();
      frame = number;
      current = null;
      broken = isBroken;
      keeps = true;
    }
    add(bytes);
  }

  /** Adds the next bytes of the stream, as on the wire. */
  void add(ByteBuffer wire) {
    received += wire.remaining();
    if (!keeps) {
      return;
    }
    if (raw.capacity() == 0) {
      raw = ByteBuffer.allocate(FrameHeader.LONGEST + MOST_PAYLOAD);
    }
    int count = Math.min(raw.remaining(), wire.remaining());
    wire.get(wire.position(), raw.array(), raw.position(), count);
    raw.position(raw.position() + count);
  }

  /**
   * The frame is complete: if it is a short text, keep it.
   *
   * @param invalid whether it is text, but not UTF-8
   * @return the cause, if the frame is what the peer has sent, changed by a mistake; else null
   */
  @Nullable Cause ended(FrameHeader header, boolean invalid) {
    if (broken || !keeps) {
      return null;
    }
    Cause echo = ofEcho(header, invalid);
    if (isText(header) && raw.position() == header.size() + header.payloadLength()) {
      ByteBuffer free = text;
      text = raw.flip();
      textFrame = header.number();
      textStart = header.size();
      textLength = (int) header.payloadLength();
      textMasked = header.masked();
      textKey = header.maskingKey();
      raw = free.clear();
    } else {
      text.limit(0);
    }
    return echo;
  }

  private @Nullable Cause ofEcho(FrameHeader header, boolean invalid) {
    if (echoes == null || !isComparable(header)) {
      return null;
    }
    ByteBuffer payload = raw.duplicate().flip().position(header.size());
    return echoes.ofMessage(header, payload, invalid);
  }

  /** Whether the frame is a message that the peer's frames may explain. */
  private boolean isComparable(FrameHeader header) {
    boolean message = header.opcode() == Opcode.TEXT || header.opcode() == Opcode.BINARY;
    return echoes != null && message && header.fin() && !header.anyRsv() && !header.masked();
  }

  /**
   * The cause of a text that is not UTF-8, of which no more will be read.
   *
   * @param rest the bytes after the last ones of its payload
   */
  @Nullable Cause ofInvalidText(ByteBuffer rest) {
    if (broken || current == null || !isText(current)) {
      return null;
    }
    boolean ended = text.hasRemaining() && textFrame == current.number();
    if (!ended) {
      Cause echo = ofEcho(current, true);
      return echo == null ? ofLength(current) : echo;
    }
    keeps = true;
    add(rest);
    return ofText();
  }

  /** The cause of a payload that does not end where its length says. */
  private @Nullable Cause ofLength(FrameHeader header) {
    ByteBuffer payload = raw.duplicate().flip();
    payload.position(Math.min(header.size(), payload.limit()));
    Cause swapped = LengthCauses.swapped(header, received, payload);
    return swapped == null ? ofSecondByte(header) : swapped;
  }

  private static boolean isText(FrameHeader header) {
    return header.opcode() == Opcode.TEXT && header.fin() && !header.anyRsv();
  }

  /** The cause of the first broken frame; null if there is none, or if its bytes fit no cause. */
  @Nullable Cause ofBroken() {
    return broken ? ofStart() : null;
  }

  /** The cause of an incomplete frame. */
  @Nullable Cause ofIncomplete() {
    if (broken) {
      return ofStart();
    }
    Cause ofLength = current == null ? null : ofLength(current);
    return ofLength == null ? ofTextBefore() : ofLength;
  }

  private @Nullable Cause ofStart() {
    ByteBuffer bytes = raw.duplicate().flip();
    Cause cause = current == null ? null : ofHeader(current);
    cause = cause == null ? StrayBytes.of(frame, bytes) : cause;
    cause = cause == null ? ofTextBefore() : cause;
    return cause == null ? StrayBytes.text(frame, bytes) : cause;
  }

  /** The cause of a frame whose header breaks a rule or announces too much. */
  private @Nullable Cause ofHeader(FrameHeader header) {
    Cause echo = echoes == null ? null : echoes.ofBytes(header, raw.duplicate().flip());
    Cause swapped = echo == null ? LengthCauses.swappedTooLong(header) : echo;
    return swapped == null ? ofSecondByte(header) : swapped;
  }

  private @Nullable Cause ofSecondByte(FrameHeader header) {
    boolean whole = raw.hasRemaining() && raw.position() >= header.size();
    return whole
            && StreamShape.isFrameStart((byte) header.byte0())
            && header.byte1() >= LEAST_EXTENDED
        ? LengthCauses.inOneByte(frame, header.byte1(), raw.duplicate().flip().position(2))
        : null;
  }

  /** The cause that the text of the frame before shows, which does not end with its frame. */
  private @Nullable Cause ofTextBefore() {
    return text.hasRemaining() && textFrame + 1 == frame ? ofText() : null;
  }

  /** The cause that a text and the bytes after it show. */
  private @Nullable Cause ofText() {
    ByteBuffer all = ByteBuffer.allocate(textLength + raw.position());
    all.put(text.slice(textStart, textLength)).put(raw.duplicate().flip()).flip();
    Cause inOneByte =
        textMasked || !raw.hasRemaining()
            ? null
            : LengthCauses.inOneByte(textFrame, textLength, all);
    return inOneByte == null ? lengthInCharacters(all) : inOneByte;
  }

  /** Whether the text continues after the end of its frame, up to as many characters as bytes. */
  private @Nullable Cause lengthInCharacters(ByteBuffer all) {
    int length = textLength;
    if (textMasked) {
      Mask.apply(all.duplicate(), textKey, 0);
    }
    for (int size = length + 1; size <= Math.min(all.limit(), 4 * length); size++) {
      boolean ends = size == all.limit() || StreamShape.isFrameStart(raw.get(size - length));
      String shown = ends ? StreamShape.text(all.duplicate().limit(size)) : null;
      if (shown != null && isLength(shown, length)) {
        return new Cause(
            Kind.LENGTH_IN_CHARACTERS,
            frame,
            "the text "
                + StreamShape.quoted(shown)
                + " has "
                + length
                + (length == 1 ? " character but " : " characters but ")
                + size
                + " bytes, and frame "
                + textFrame
                + " announces "
                + length
                + "; look at the line that takes the length of the string: it must take the length"
                + " of its UTF-8 bytes");
      }
    }
    return null;
  }

  /** Whether a text has so many characters, as Java and JavaScript or as Python count them. */
  private static boolean isLength(String shown, int length) {
    return shown.length() == length || shown.codePointCount(0, shown.length()) == length;
  }
}
