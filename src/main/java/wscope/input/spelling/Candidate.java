package wscope.input.spelling;

/** A spelling that is tried on the start of a text. */
final class Candidate {
  private static final long NEVER = -1;

  private final Spelling spelling;
  private final Octets decoded = new Octets();
  private final SpellingReader reader;
  private long count;
  private long failedAt = NEVER;
  private boolean enough;

  Candidate(Spelling spelling) {
    this.spelling = spelling;
    reader = spelling.reader(decoded);
  }

  Spelling spelling() {
    return spelling;
  }

  SpellingReader reader() {
    return reader;
  }

  /**
   * Reads on.
   *
   * @param offset of {@code text[from]} in the text
   */
  void read(byte[] text, int from, int to, long offset) {
    try {
      int at = from;
      while (at < to && isOpen()) {
        at = reader.read(text, at, to, offset + at - from);
        take();
      }
    } catch (SpellingError e) {
      take();
      failedAt = e.offset();
    }
  }

  /** Ends the text. */
  void end(long offset) {
    try {
      if (isOpen()) {
        reader.end(offset);
        take();
      }
    } catch (SpellingError e) {
      take();
      failedAt = e.offset();
    }
  }

  /**
   * Whether at least {@code least} bytes have arrived, or any that are certain, and nothing
   * contradicts this spelling.
   */
  boolean fits(int least) {
    boolean enoughBytes = count >= least || (count > 0 && reader.isCertain());
    return enoughBytes && failedAt == NEVER && reader.fits();
  }

  /** Whether it fits and is not doubtful. */
  boolean fitsClearly(int least) {
    return fits(least) && !reader.isDoubtful();
  }

  /**
   * The offset of the first invalid character; -1 if there is none, or if the marks are missing.
   */
  long failedAt() {
    return reader.fits() ? failedAt : NEVER;
  }

  private boolean isOpen() {
    return failedAt == NEVER && !enough;
  }

  private void take() {
    count += decoded.count();
    decoded.clear();
    enough = reader.hasMore();
  }
}
