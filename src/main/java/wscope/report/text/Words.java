package wscope.report.text;

import org.jspecify.annotations.Nullable;

/**
 * Remembers wscope's own words in UTF-8. They are the same strings again and again, and to copy
 * bytes takes a fraction of the time to encode them, most of all before the JVM has optimised the
 * code.
 */
final class Words {
  /** A power of two. */
  private static final int PLACES = 512;

  /** The longest words that are remembered. */
  private static final int LONGEST = 64;

  /** Threads may overwrite what others have written: each entry is right for its text. */
  private static final @Nullable Words[] ENTRIES = new Words[PLACES];

  private final String text;
  private final byte[] encoded;

  private Words(String text) {
    this.text = text;
    encoded = Screen.encoded(text);
  }

  /** The words in UTF-8. */
  byte[] encoded() {
    return encoded;
  }

  /** The number of columns that the words take. */
  int width() {
    return text.length();
  }

  boolean isAscii() {
    return text.length() == encoded.length;
  }

  /** What is remembered of exactly this string object; null if nothing is. */
  static @Nullable Words known(String text) {
    Words words = ENTRIES[text.hashCode() & (PLACES - 1)];
    // Texts that are built each time are not worth a comparison of their characters.
    return words != null && isSame(words.text, text) ? words : null;
  }

  /** Remembers a string if its place is free. */
  static void remember(String text) {
    int place = text.hashCode() & (PLACES - 1);
    if (ENTRIES[place] == null && text.length() <= LONGEST) {
      ENTRIES[place] = new Words(text);
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(String one, String other) {
    return one == other;
  }
}
