package wscope.report.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes bytes as UTF-8 if they are valid. The memory is reused. */
final class Utf8Text {
  /** The number of characters for which memory is kept. */
  private static final int MOST_KEPT = 8 << 10;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private CharBuffer characters = CharBuffer.allocate(256);
  private int rest;

  /**
   * Reads the bytes between position and limit; neither moves.
   *
   * @param cut whether the limit may cut the last character, because the text continues after it
   * @return whether the bytes are valid UTF-8
   */
  boolean read(ByteBuffer bytes, boolean cut) {
    // A text never has fewer bytes in UTF-8 than chars in UTF-16.
    if (bytes.remaining() > characters.capacity() || characters.capacity() > MOST_KEPT) {
      characters = CharBuffer.allocate(Math.max(bytes.remaining(), MOST_KEPT));
    }
    ByteBuffer in = bytes.duplicate();
    CoderResult result = decoder.reset().decode(in, characters.clear(), !cut);
    rest = in.remaining();
    return result.isUnderflow();
  }

  /** The characters that were read. Only the first {@link #length} are valid. */
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
