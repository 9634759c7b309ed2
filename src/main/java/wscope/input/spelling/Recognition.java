package wscope.input.spelling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the spelling of a text from its start, by these rules:
 *
 * <ol>
 *   <li>A text that contains bytes no text has, or that begins with {@code GET } or {@code
 *       HTTP/1.}, is raw.
 *   <li>Otherwise the first of these that reads bytes from the start without an error: dump,
 *       escaped, bits, hex, decimal, base64. In a list (brackets or braces with commas), decimal
 *       comes before hex.
 *   <li>Some need more than valid characters: a dump needs a row with an offset; escaped, an escape
 *       or {@code b'}; bits, eight digits for each byte; decimal, no leading zeros; base64, more
 *       than a word or hex digits in one case.
 *   <li>If another one fits too, the guess names it, unless the first is certain.
 * </ol>
 *
 * <p>Decimals may also be hex whose last digit is missing; the guess names that. The start is as
 * many lines as give two bytes, or four if two spellings fit, but at most 4 KiB. Numbers that words
 * follow may be counts: they decide only if nothing else does. A line of curl --trace announces a
 * dump. If no spelling fits, the one that gets farthest is taken for its error; but a {@link
 * Lookalike}, such as JSON, is raw.
 */
final class Recognition {
  /** The most bytes of a text that are examined. */
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
   * @param fallback for a text that fits no spelling; null for the one that gets farthest
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
   * Examines what has arrived of a text.
   *
   * @param from where the text begins
   * @param to after the last byte that has arrived
   * @param complete whether it ends there
   * @return null if more of it is needed
   */
  @Nullable Guess look(byte[] text, int from, int to, boolean complete) {
    while (from + seen < to) {
      if (seen == LONGEST_LOOK) {
        tryCandidates(text, from);
        return decideAtEnd(text, from);
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
        tryCandidates(text, from);
        Guess guess = decideAtLineEnd(text, from);
        if (guess != null) {
          return guess;
        }
      }
    }
    if (!complete) {
      return null;
    }
    tryCandidates(text, from);
    for (Candidate candidate : candidates) {
      candidate.end(seen);
    }
    return textCheck.isWhole() ? decideAtEnd(text, from) : new Guess(Spelling.RAW, null);
  }

  private boolean startsHead(byte c, int index) {
    startsRequest &= index < REQUEST.length && c == REQUEST[index];
    startsResponse &= index < RESPONSE.length && c == RESPONSE[index];
    return (startsRequest && index == REQUEST.length - 1)
        || (startsResponse && index == RESPONSE.length - 1);
  }

  private void tryCandidates(byte[] text, int from) {
    for (Candidate candidate : candidates) {
      candidate.read(text, from + tried, from + seen, tried);
    }
    tried = seen;
  }

  private @Nullable Guess decideAtLineEnd(byte[] text, int from) {
    Candidate first = first(CLEAR);
    if (first == null || isTruncated(first, text, from)) {
      return null;
    }
    Guess guess = guess(first);
    return guess.other() == null || first.fits(CLEAR_OF_TWO) ? guess : null;
  }

  private Guess decideAtEnd(byte[] text, int from) {
    Candidate first = first(1);
    for (Spelling spelling : order()) {
      Candidate candidate = candidate(spelling);
      first = first == null && candidate.fits(1) ? candidate : first;
    }
    if (first == null) {
      return new Guess(farthest(text, from), null);
    }
    boolean truncated = isTruncated(first, text, from);
    return truncated ? new Guess(first.spelling(), null, true) : guess(first);
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

  /** Looks for another spelling that fits as well. */
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

  /** Whether decimals would be hex but for a single digit at the end: {@code 81 8}. */
  private boolean isTruncated(Candidate first, byte[] text, int from) {
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
