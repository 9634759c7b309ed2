package wscope.input;

/** Reads one spelling from a text that may be cut anywhere. */
abstract class SpellingReader {
  /** How many bytes one character can complete at most. */
  static final int MOST_AT_ONCE = 2048;

  final Octets out;

  SpellingReader(Octets out) {
    this.out = out;
  }

  /**
   * Reads on, and puts the bytes that become complete into {@link #out}.
   *
   * @param offset of {@code text[from]} in the whole text
   * @return the index of the first character that is not read: {@code to}, or less if {@link #out}
   *     is full
   */
  abstract int read(byte[] text, int from, int to, long offset) throws SpellingError;

  /**
   * The text has ended.
   *
   * @param offset just behind the last character
   */
  abstract void end(long offset) throws SpellingError;

  /** Whether there are bytes that only wait for room in {@link #out}. */
  boolean hasMore() {
    return false;
  }

  /** Whether what was read has the marks of this spelling, and not just its characters. */
  boolean fits() {
    return true;
  }

  /** Whether what was read may have been meant otherwise. */
  boolean isDoubtful() {
    return false;
  }

  /** Whether what was read can have no other spelling. */
  boolean isCertain() {
    return false;
  }

  /** Whether what was read announces this spelling, although no byte has come yet. */
  boolean isAnnounced() {
    return false;
  }

  final boolean isFull() {
    return out.room() < MOST_AT_ONCE;
  }
}
