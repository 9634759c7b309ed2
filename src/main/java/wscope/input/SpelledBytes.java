package wscope.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are spelled out in a text of any length. The spelling is given, or found from the
 * beginning by the rule of {@link Recognition}; from then on bytes come as soon as their text has
 * come, in bounded memory.
 *
 * <p>A text that begins with the head of an HTTP message is raw. If the lines of the head end with
 * LF alone, somebody typed or pasted it: they are completed to CRLF, and the spelling of what
 * follows the blank line is found anew, so that frames in hex may stand behind a handshake. After a
 * head with CRLF, everything is raw.
 */
public final class SpelledBytes {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final TextWindow window;
  private final Octets made = new Octets();
  private Guess guess;
  private @Nullable Recognition recognition;
  private SpellingReader reader;
  private boolean endNoted;
  private boolean ended;
  private @Nullable InvalidSpelling problem;

  /**
   * @param text is read in pieces, and not closed
   * @param spelling null to find it from the text
   */
  public SpelledBytes(InputStream text, @Nullable Spelling spelling) {
    window = new TextWindow(text);
    recognition = spelling == null ? new Recognition(null) : null;
    guess = new Guess(spelling == null ? Spelling.RAW : spelling, null);
    reader = guess.spelling().reader(made);
  }

  /**
   * The spelling, and whether another would fit. Waits for as much of the text as is needed to
   * tell; there is another answer for what follows a typed or pasted head of HTTP.
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
   * Puts bytes into the buffer, as many as fit or as can be made of the text that has come. Waits
   * for text if there are none.
   *
   * @param into has room for at least one byte
   * @return whether there may be more
   * @throws InvalidSpelling for a text that is no bytes; what came before it is in this or an
   *     earlier buffer
   */
  public boolean read(ByteBuffer into) throws IOException, InvalidSpelling {
    guess();
    if (made.count() == 0) {
      make();
    }
    made.moveTo(into);
    while (into.hasRemaining() && window.hasMore() && recognition == null && problem == null) {
      make();
      made.moveTo(into);
    }
    if (problem != null && made.count() == 0) {
      throw problem;
    }
    return !ended || made.count() > 0;
  }

  private void make() throws IOException {
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
    reader = Spelling.RAW.reader(made);
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
    reader = recognition.isHead() ? new HeadReader(made) : found.spelling().reader(made);
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
