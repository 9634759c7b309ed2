package wscope.input;

/** A spelling that is tried on the beginning of a text. */
final class Candidate {
  private static final long NEVER = -1;

  private final Spelling spelling;
  private final Octets made = new Octets();
  private final SpellingReader reader;
  private long count;
  private long failedAt = NEVER;
  private boolean enough;

  Candidate(Spelling spelling) {
    this.spelling = spelling;
    reader = spelling.reader(made);
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

  /** The whole text was read. */
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
   * Whether at least so many bytes have come, or any that are beyond doubt, and nothing is against
   * this spelling.
   */
  boolean fits(int least) {
    boolean enoughBytes = count >= least || (count > 0 && reader.isCertain());
    return enoughBytes && failedAt == NEVER && reader.fits();
  }

  /** Whether it fits beyond doubt. */
  boolean fitsClearly(int least) {
    return fits(least) && !reader.isDoubtful();
  }

  /**
   * The offset of the first character that is wrong; -1 if none is, or if the marks are missing.
   */
  long failedAt() {
    return reader.fits() ? failedAt : NEVER;
  }

  private boolean isOpen() {
    return failedAt == NEVER && !enough;
  }

  private void take() {
    count += made.count();
    made.clear();
    enough = reader.hasMore();
  }
}
