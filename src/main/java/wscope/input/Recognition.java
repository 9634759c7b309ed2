package wscope.input;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the spelling of a text from its beginning, by this rule:
 *
 * <ol>
 *   <li>Bytes that no text has are raw, and so is what begins with {@code GET } or {@code HTTP/1.}.
 *   <li>Else the first of these that reads the beginning without an error, and gets bytes from it:
 *       dump, escaped, bits, hex, decimal, base64; but decimal before hex in a list, which is in
 *       brackets or braces and has commas.
 *   <li>Some must show more than their characters: a dump a row with an offset, escaped an escape
 *       or {@code b'}, bits eight digits for each byte, decimal no leading zeros, base64 more than
 *       a word or hex digits in one case.
 *   <li>If another one fits too, that is told, unless the marks of the first are beyond doubt.
 * </ol>
 *
 * <p>Decimals may also be hex whose last digit is missing, which is told. The beginning is as many
 * lines as give two bytes, or if two spellings fit four, but no more than 4 KiB. Numbers with words
 * behind them may be counts, and only decide if nothing else does; a line of curl --trace promises
 * a dump. If none fits, it is the one that comes farthest, so that its error is told; but what is a
 * {@link Lookalike} itself, such as JSON, is raw.
 */
final class Recognition {
  /** How many bytes of a text are looked at, at most. */
  static final int LONGEST_LOOK = 4096;

  private static final int CLEAR = 2;
  private static final int CLEAR_OF_TWO = 4;
  private static final byte[] REQUEST = "GET ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RESPONSE = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

  private static final Spelling[] ORDER = {
    Spelling.DUMP, Spelling.ESCAPED, Spelling.BITS, Spelling.HEX, Spelling.DECIMAL, Spelling.BASE64
  };
  private static final Spelling[] ORDER_IN_LIST = {
    Spelling.DUMP, Spelling.ESCAPED, Spelling.BITS, Spelling.DECIMAL, Spelling.HEX, Spelling.BASE64
  };

  private final Spelling fallback;
  private final Candidate[] candidates = new Candidate[ORDER.length];
  private final TextCheck textCheck = new TextCheck();
  private int seen;
  private int tried;
  private boolean startsRequest = true;
  private boolean startsResponse = true;
  private boolean isHead;
  private boolean bracket;
  private boolean comma;

  /**
   * @param fallback for a text that fits nothing; null for that which comes farthest
   */
  Recognition(@Nullable Spelling fallback) {
    this.fallback = fallback == null ? Spelling.HEX : fallback;
    for (int i = 0; i < ORDER.length; i++) {
      candidates[i] = new Candidate(ORDER[i]);
    }
  }

  /** Whether the text begins with the head of an HTTP message. */
  boolean isHead() {
    return isHead;
  }

  /**
   * Looks at what has come of a text.
   *
   * @param from where the text begins
   * @param to behind what has come
   * @param complete whether it ends there
   * @return null to see more of it
   */
  @Nullable Guess look(byte[] text, int from, int to, boolean complete) {
    while (from + seen < to) {
      if (seen == LONGEST_LOOK) {
        tryOn(text, from);
        return decideAtLast(text, from);
      }
      byte c = text[from + seen];
      isHead = startsHead(c, seen);
      seen++;
      if (isHead || !textCheck.take(c)) {
        return new Guess(Spelling.RAW, null);
      }
      bracket |= c == '[' || c == '{';
      comma |= c == ',';
      if (c == '\n') {
        tryOn(text, from);
        Guess guess = decideAtLineEnd(text, from);
        if (guess != null) {
          return guess;
        }
      }
    }
    if (!complete) {
      return null;
    }
    tryOn(text, from);
    for (Candidate candidate : candidates) {
      candidate.end(seen);
    }
    return textCheck.isWhole() ? decideAtLast(text, from) : new Guess(Spelling.RAW, null);
  }

  private boolean startsHead(byte c, int index) {
    startsRequest &= index < REQUEST.length && c == REQUEST[index];
    startsResponse &= index < RESPONSE.length && c == RESPONSE[index];
    return (startsRequest && index == REQUEST.length - 1)
        || (startsResponse && index == RESPONSE.length - 1);
  }

  private void tryOn(byte[] text, int from) {
    for (Candidate candidate : candidates) {
      candidate.read(text, from + tried, from + seen, tried);
    }
    tried = seen;
  }

  private @Nullable Guess decideAtLineEnd(byte[] text, int from) {
    Candidate first = first(CLEAR);
    if (first == null || isIncomplete(first, text, from)) {
      return null;
    }
    Guess guess = guess(first);
    return guess.other() == null || first.fits(CLEAR_OF_TWO) ? guess : null;
  }

  private Guess decideAtLast(byte[] text, int from) {
    Candidate first = first(1);
    for (Spelling spelling : order()) {
      Candidate candidate = candidate(spelling);
      first = first == null && candidate.fits(1) ? candidate : first;
    }
    if (first == null) {
      return new Guess(farthest(text, from), null);
    }
    boolean torn = isIncomplete(first, text, from);
    return torn ? new Guess(first.spelling(), null, true) : guess(first);
  }

  private @Nullable Candidate first(int least) {
    boolean announced = candidate(Spelling.DUMP).reader().isAnnounced();
    for (Spelling spelling : order()) {
      Candidate candidate = candidate(spelling);
      if (candidate.fitsClearly(least) && (!announced || spelling == Spelling.DUMP)) {
        return candidate;
      }
    }
    return null;
  }

  /** Looks for another that fits as well. */
  private Guess guess(Candidate first) {
    if (!first.reader().isCertain()) {
      for (Spelling spelling : order()) {
        if (spelling != first.spelling() && candidate(spelling).fitsClearly(1)) {
          return new Guess(first.spelling(), spelling);
        }
      }
    }
    return new Guess(first.spelling(), null);
  }

  /** Whether decimals would be hex if a digit did not stand alone at their end: {@code 81 8}. */
  private boolean isIncomplete(Candidate first, byte[] text, int from) {
    int failedAt = (int) candidate(Spelling.HEX).failedAt();
    if (first.spelling() != Spelling.DECIMAL
        || bracket
        || failedAt <= 0
        || !Characters.isSeparator(text[from + failedAt - 1])) {
      return false;
    }
    int at = failedAt + 1;
    while (at < seen && Characters.isSeparator(text[from + at])) {
      at++;
    }
    return at == seen;
  }

  private Spelling[] order() {
    return bracket && comma ? ORDER_IN_LIST : ORDER;
  }

  private Spelling farthest(byte[] text, int from) {
    boolean known = Lookalike.of(ByteBuffer.wrap(text, from, seen)) != null;
    if (fallback == Spelling.RAW || known) {
      return Spelling.RAW;
    }
    long farthest = 0;
    Spelling found = fallback;
    for (Candidate candidate : candidates) {
      if (candidate.failedAt() > farthest) {
        farthest = candidate.failedAt();
        found = candidate.spelling();
      }
    }
    return found;
  }

  private Candidate candidate(Spelling spelling) {
    for (Candidate candidate : candidates) {
      if (candidate.spelling() == spelling) {
        return candidate;
      }
    }
    throw new AssertionError(spelling);
  }
}
