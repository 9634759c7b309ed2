package wscope.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;

/** Says whether bytes of a stream look like text or like frames. */
final class StreamShape {
  private static final int SHOWN = 40;

  private StreamShape() {}

  /** Bytes as text; null if they are not all visible characters of UTF-8, spaces and line ends. */
  static @Nullable String text(ByteBuffer bytes) {
    try {
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
      boolean visible =
          decoded.chars().allMatch(c -> c >= ' ' ? c != 0x7f : c == '\n' || c == '\r' || c == '\t');
      return visible ? decoded : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** A text in quotation marks, shortened. */
  static String quoted(String shown) {
    boolean all = shown.length() <= SHOWN;
    char quote = shown.indexOf('"') >= 0 ? '\'' : '"';
    return quote + (all ? shown : shown.substring(0, SHOWN)) + quote + (all ? "" : " …");
  }

  /** Whether a frame may begin with this byte, if no message is open. */
  static boolean isFrameStart(byte b) {
    boolean reserved = (b & 0x70) != 0 || Opcode.of(b).isReserved();
    return !reserved && (b < 0 || !Opcode.of(b).isControl()) && Opcode.of(b) != Opcode.CONTINUATION;
  }

  /** Whether these bytes are whole frames without RSV bits, or nothing. */
  static boolean areFrames(ByteBuffer bytes) {
    int at = bytes.position();
    while (at < bytes.limit()) {
      if (bytes.limit() - at < 2 || (bytes.get(at) & 0x70) != 0) {
        return false;
      }
      LengthForm form = LengthForm.announcedBy(bytes.get(at + 1) & 0x7f);
      long start = at + 2L + form.extraBytes() + (bytes.get(at + 1) < 0 ? Integer.BYTES : 0);
      if (Opcode.of(bytes.get(at)).isReserved() || start > bytes.limit()) {
        return false;
      }
      long length =
          switch (form) {
            case BITS_7 -> bytes.get(at + 1) & 0x7f;
            case BITS_16 -> bytes.getShort(at + 2) & 0xffff;
            case BITS_64 -> bytes.getLong(at + 2);
          };
      if (length < 0 || length > bytes.limit() - start) {
        return false;
      }
      at = (int) (start + length);
    }
    return true;
  }
}
