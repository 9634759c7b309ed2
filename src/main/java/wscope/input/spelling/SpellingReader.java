package wscope.input.spelling;

/** Reads one spelling from a text that may be split anywhere. */
abstract class SpellingReader {
  /** The most bytes that one character can complete. */
  static final int MOST_AT_ONCE = 2048;

  final Octets out;

  SpellingReader(Octets out) {
    this.out = out;
  }

  /**
   * Reads on and puts each complete byte into {@link #out}.
   *
   * @param offset of {@code text[from]} in the whole text
   * @return the index of the first character that is not read: {@code to}, or less if {@link #out}
   *     is full
   */
  abstract int read(byte[] text, int from, int to, long offset) throws SpellingError;

  /**
   * Ends the text.
   *
   * @param offset just after the last character
   */
  abstract void end(long offset) throws SpellingError;

  /** Whether bytes wait for room in {@link #out}. */
  boolean hasMore() {
    return false;
  }

  /** Whether the text has the marks of this spelling, not only its characters. */
  boolean fits() {
    return true;
  }

  /** Whether the text may mean something else. */
  boolean isDoubtful() {
    return false;
  }

  /** Whether there was anything but numbers and punctuation. */
  boolean hasWords() {
    return false;
  }

  /** Whether the text fits no other spelling. */
  boolean isCertain() {
    return false;
  }

  /** Whether the text announces this spelling, although no byte has arrived yet. */
  boolean isAnnounced() {
    return false;
  }

  final boolean isFull() {
    return out.room() < MOST_AT_ONCE;
  }
}
