package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.message.Cause;
import wscope.protocol.message.Cause.Kind;

/** The mistakes of a sender in writing a length that make the frame or the next one broken. */
final class LengthCauses {
  /** A shorter payload needs no extended length, so that its sender would write none. */
  private static final int LEAST_EXTENDED = 126;

  /** A longer message is not a likely explanation of eight bytes. */
  private static final long MOST_LIKELY = Integer.MAX_VALUE;

  private LengthCauses() {}

  /**
   * Whether as many bytes follow as the length says if its bytes are swapped, and then nothing or
   * whole frames.
   *
   * @param received the number of bytes of the payload that have arrived
   * @param kept the first of these bytes
   */
  static @Nullable Cause swapped(FrameHeader header, long received, ByteBuffer kept) {
    long swapped = swapped(header);
    boolean exact = swapped == received;
    boolean framesFollow =
        received == kept.remaining()
            && swapped > 0
            && swapped < received
            && StreamShape.areFrames(
                kept.slice(kept.position() + (int) swapped, (int) (received - swapped)));
    return swapped >= LEAST_EXTENDED && (exact || framesFollow)
        ? swapped(header, swapped + " bytes follow", swapped)
        : null;
  }

  /** Whether a length of eight bytes is too long, but a likely one if its bytes are swapped. */
  static @Nullable Cause swappedTooLong(FrameHeader header) {
    long swapped = swapped(header);
    boolean likely = swapped >= LengthForm.BITS_64.shortest() && swapped <= MOST_LIKELY;
    boolean tooLong = header.payloadLength() < 0 || header.payloadLength() > MOST_LIKELY;
    return header.lengthForm() == LengthForm.BITS_64 && likely && tooLong
        ? swapped(header, "no message is so long", swapped)
        : null;
  }

  private static Cause swapped(FrameHeader header, String evidence, long swapped) {
    byte[] onWire = ByteBuffer.allocate(Long.BYTES).putLong(header.payloadLength()).array();
    int from = Long.BYTES - header.lengthForm().extraBytes();
    return new Cause(
        Kind.LITTLE_ENDIAN_LENGTH,
        header.number(),
        evidence
            + ", and "
            + swapped
            + " is "
            + HexFormat.ofDelimiter(" ").formatHex(onWire, from, Long.BYTES)
            + " with its bytes swapped; look at the line that writes the "
            + header.lengthForm().bits()
            + "-bit length: it must write the highest byte first (big-endian)");
  }

  /** The length with its bytes swapped; -1 if that changes nothing. */
  private static long swapped(FrameHeader header) {
    long declared = header.payloadLength();
    long swapped =
        switch (header.lengthForm()) {
          case BITS_7 -> declared;
          case BITS_16 -> Short.reverseBytes((short) declared) & 0xffff;
          case BITS_64 -> Long.reverseBytes(declared);
        };
    return swapped == declared ? -1 : swapped;
  }

  /**
   * Whether the second byte of a frame is the lowest byte of the length of a text.
   *
   * @param frame the number of the frame
   * @param second its second byte
   * @param rest the bytes after it
   */
  static @Nullable Cause inOneByte(long frame, int second, ByteBuffer rest) {
    int first = second < LEAST_EXTENDED ? second + 256 : second;
    for (int length = first; length <= rest.remaining(); length += 256) {
      ByteBuffer after = rest.slice(rest.position() + length, rest.remaining() - length);
      boolean ends = StreamShape.areFrames(after);
      if (ends && StreamShape.text(rest.slice(rest.position(), length)) != null) {
        return new Cause(
            Kind.LENGTH_IN_ONE_BYTE,
            frame,
            length
                + " bytes of text follow its second byte, "
                + HexFormat.of().toHexDigits((byte) second)
                + (length < 256 ? ", which is " : ", which is the lowest byte of ")
                + length
                + "; look at the line that writes the length: from 126 on, the second byte must be"
                + " 126, and the length must follow in two bytes, or from 65536 on 127 and eight");
      }
    }
    return null;
  }
}
