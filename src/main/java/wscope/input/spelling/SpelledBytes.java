package wscope.input.spelling;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes spelled out in a text of any length. The spelling is given, or recognised from the start by
 * the rules of {@link Recognition}. From then on, bytes come as soon as their text has arrived, in
 * bounded memory.
 *
 * <p>A text that begins with the head of an HTTP message is raw. If the lines of the head end with
 * a bare LF, it was typed or pasted: each LF becomes CRLF, and the spelling after the empty line is
 * recognised again, because frames in hex may follow a handshake. After a head with CRLF,
 * everything is raw.
 */
public final class SpelledBytes {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final TextWindow window;
  private final Octets decoded = new Octets();
  private Guess guess;
  private @Nullable Recognition recognition;
  private SpellingReader reader;
  private boolean endNoted;
  private boolean ended;
  private @Nullable InvalidSpelling problem;

  /**
   * @param text read in pieces and not closed
   * @param spelling null to recognise it from the text
   */
  public SpelledBytes(InputStream text, @Nullable Spelling spelling) {
    this(text, spelling, 1);
  }

  /**
   * @param line number of the first line of the text, for errors
   */
  public SpelledBytes(InputStream text, @Nullable Spelling spelling, long line) {
    window = new TextWindow(hasSpaces(spelling) ? new UnicodeSpaces(text) : text, line);
    recognition = spelling == null ? new Recognition(null) : null;
    guess = new Guess(spelling == null ? Spelling.RAW : spelling, null);
    reader = guess.spelling().reader(decoded);
  }

  /** Whether any space separates bytes, because the spelling has no other text. */
  private static boolean hasSpaces(@Nullable Spelling spelling) {
    return spelling == Spelling.HEX
        || spelling == Spelling.DECIMAL
        || spelling == Spelling.BITS
        || spelling == Spelling.BASE64;
  }

  /**
   * Recognises the spelling of a text from its start.
   *
   * @param complete whether the text ends at {@code to}
   * @return null if more of it decides
   */
  public static @Nullable Guess recognise(byte[] text, int from, int to, boolean complete) {
    return new Recognition(null).look(text, from, to, complete);
  }

  /**
   * The spelling, and whether another would fit. Waits for as much of the text as it needs. What
   * follows a typed or pasted HTTP head gets a guess of its own.
   */
  public Guess guess() throws IOException {
    if (recognition != null) {
      skipByteOrderMark();
      recognise(recognition);
      recognition = null;
    }
    return guess;
  }

  /**
   * Puts as many bytes into the buffer as fit and as the text so far yields. Waits for text if
   * there are none.
   *
   * @param into buffer with room for at least one byte
   * @return whether there may be more
   * @throws InvalidSpelling if the text is invalid; the bytes before the error are in this or an
   *     earlier buffer
   */
  public boolean read(ByteBuffer into) throws IOException, InvalidSpelling {
    guess();
    if (decoded.count() == 0) {
      decode();
    }
    decoded.moveTo(into);
    while (into.hasRemaining() && window.hasMore() && recognition == null && problem == null) {
      decode();
      decoded.moveTo(into);
    }
    if (problem != null && decoded.count() == 0) {
      throw problem;
    }
    return !ended || decoded.count() > 0;
  }

  private void decode() throws IOException {
    if (ended || problem != null) {
      return;
    }
    if (!window.hasMore() && !reader.hasMore()) {
      window.more();
    }
    try {
      window.advanceTo(reader.read(window.text(), window.at(), window.end(), window.offset()));
      if (reader instanceof HeadReader head && head.isEnded()) {
        readAfter(head);
      } else if (window.isAtEnd() && !window.hasMore() && !reader.hasMore()) {
        end();
      }
    } catch (SpellingError e) {
      problem = window.locate(e, guess.spelling());
    }
  }

  private void end() throws SpellingError {
    if (!endNoted) {
      endNoted = true;
      reader.end(window.offset());
    }
    ended = !reader.hasMore();
  }

  private void readAfter(HeadReader head) {
    reader = Spelling.RAW.reader(decoded);
    if (head.repairs()) {
      recognition = new Recognition(Spelling.RAW);
    }
  }

  private void recognise(Recognition recognition) throws IOException {
    Guess found = null;
    while (found == null) {
      found = recognition.look(window.text(), window.at(), window.end(), window.isAtEnd());
      if (found == null) {
        window.more();
      }
    }
    guess = found;
    reader = recognition.isHead() ? new HeadReader(decoded) : found.spelling().reader(decoded);
  }

  /** Whether there was anything but bytes and punctuation so far. */
  public boolean hasWords() {
    return reader.hasWords();
  }

  private void skipByteOrderMark() throws IOException {
    int matched = 0;
    while (matched < BYTE_ORDER_MARK.length) {
      if (window.at() + matched == window.end()) {
        if (window.isAtEnd()) {
          return;
        }
        window.more();
      } else if (window.text()[window.at() + matched] == BYTE_ORDER_MARK[matched]) {
        matched++;
      } else {
        return;
      }
    }
    window.advanceTo(window.at() + matched);
  }
}
