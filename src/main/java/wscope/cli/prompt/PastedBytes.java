package wscope.cli.prompt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.spelling.Guess;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.SpelledBytes;
import wscope.input.spelling.Spelling;

/**
 * The bytes of a text that was typed or pasted at a prompt.
 *
 * @param pieces the bytes in pieces, none of them empty
 * @param guess the detected spelling of the text
 */
public record PastedBytes(List<ByteBuffer> pieces, Guess guess) {
  private static final int PIECE = 64 << 10;

  /**
   * Reads a whole text.
   *
   * @param spelling the spelling of the text; null to detect it
   */
  public static PastedBytes of(String text, @Nullable Spelling spelling) throws InvalidSpelling {
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    SpelledBytes input = new SpelledBytes(in, spelling);
    List<ByteBuffer> pieces = new ArrayList<>();
    try {
      boolean more = true;
      while (more) {
        ByteBuffer piece = ByteBuffer.allocate(Math.min(PIECE, text.length() + 1));
        more = input.read(piece);
        if (piece.flip().hasRemaining()) {
          pieces.add(piece);
        }
      }
      return new PastedBytes(pieces, input.guess());
    } catch (IOException e) {
      throw new AssertionError("memory can be read", e);
    }
  }

  /** All bytes in one piece. */
  public ByteBuffer joined() {
    ByteBuffer all = ByteBuffer.allocate(pieces.stream().mapToInt(ByteBuffer::remaining).sum());
    pieces.forEach(piece -> all.put(piece.duplicate()));
    return all.flip();
  }
}
