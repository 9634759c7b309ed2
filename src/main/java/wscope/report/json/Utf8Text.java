package wscope.report.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes bytes as UTF-8 if they are valid, into memory that is reused. */
final class Utf8Text {
  /** Memory for more characters is not kept. */
  private static final int MOST_KEPT = 8 << 10;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private CharBuffer characters = CharBuffer.allocate(256);
  private int rest;

  /**
   * Reads what is between position and limit; neither moves.
   *
   * @param cut whether the text may continue after the limit, which may cut its last character
   * @return whether the bytes are valid UTF-8
   */
  boolean read(ByteBuffer bytes, boolean cut) {
    // UTF-8 never has fewer bytes than UTF-16 has chars.
    if (bytes.remaining() > characters.capacity() || characters.capacity() > MOST_KEPT) {
      characters = CharBuffer.allocate(Math.max(bytes.remaining(), MOST_KEPT));
    }
    ByteBuffer in = bytes.duplicate();
    CoderResult result = decoder.reset().decode(in, characters.clear(), !cut);
    rest = in.remaining();
    return result.isUnderflow();
  }

  /** The characters that were read, in the first {@link #length} places. */
  char[] characters() {
    return characters.array();
  }

  int length() {
    return characters.position();
  }

  /** The remaining bytes of a cut character, 0 to 3. */
  int rest() {
    return rest;
  }
}
