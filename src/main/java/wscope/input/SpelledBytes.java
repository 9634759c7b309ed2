package wscope.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are spelled out in a text of any length. The spelling is given, or found from the
 * first 64 KiB; the rest is read piece by piece.
 */
public final class SpelledBytes {
  private static final int PIECE = 64 << 10;

  private final InputStream text;
  private final byte[] piece = new byte[PIECE];
  private final Guess guess;
  private final WordReader reader;
  private int at;
  private int length;
  private boolean atEnd;
  private boolean ended;

  /**
   * @param text is read in pieces, and not closed
   * @param spelling null to find it from the text
   */
  public SpelledBytes(InputStream text, @Nullable Spelling spelling) throws IOException {
    this.text = text;
    length = text.readNBytes(piece, 0, PIECE);
    // A terminal would have to be told the end a second time.
    atEnd = length < PIECE;
    guess = spelling == null ? Guess.of(piece, length, atEnd) : new Guess(spelling, false);
    reader = WordReader.of(guess.spelling());
  }

  /** The spelling, and whether another would fit. */
  public Guess guess() {
    return guess;
  }

  /**
   * Puts bytes into the buffer, as many as fit or as a piece of the text holds.
   *
   * @param out has room for at least one byte
   * @return whether there may be more
   * @throws BadSpelling for a text that is no bytes; what came before it is in the buffer
   */
  public boolean read(ByteBuffer out) throws IOException, BadSpelling {
    if (at == length && !atEnd) {
      at = 0;
      length = Math.max(0, text.read(piece));
      atEnd = length == 0;
    }
    while (at < length && out.hasRemaining()) {
      reader.take(piece[at++], out);
    }
    if (at == length && atEnd && !ended && out.hasRemaining()) {
      ended = true;
      reader.end(out);
    }
    return !ended;
  }
}
