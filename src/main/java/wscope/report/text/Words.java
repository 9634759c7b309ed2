package wscope.report.text;

import org.jspecify.annotations.Nullable;

/**
 * Remembers wscope's own words as ASCII. They are the same strings again and again, and to copy
 * bytes takes a fraction of the time to encode them, most of all before the JVM has optimised the
 * code.
 */
final class Words {
  /** A power of two. */
  private static final int PLACES = 512;

  /** The longest words that are remembered. */
  private static final int LONGEST = 64;

  /** Threads may overwrite what others have written: each entry is right for its text. */
  private static final @Nullable Entry[] ENTRIES = new Entry[PLACES];

  private Words() {}

  private static final class Entry {
    final String text;
    final byte[] ascii;

    Entry(String text) {
      this.text = text;
      ascii = Screen.encoded(text);
    }
  }

  /** The remembered bytes of exactly this string object; null if there are none. */
  static byte @Nullable [] known(String text) {
    Entry entry = ENTRIES[text.hashCode() & (PLACES - 1)];
    // Texts that are built each time are not worth a comparison of their characters.
    return entry != null && isSame(entry.text, text) ? entry.ascii : null;
  }

  /** Remembers a string of ASCII characters if its place is free. */
  static void remember(String text) {
    int place = text.hashCode() & (PLACES - 1);
    if (ENTRIES[place] == null && text.length() <= LONGEST) {
      ENTRIES[place] = new Entry(text);
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(String one, String other) {
    return one == other;
  }
}
