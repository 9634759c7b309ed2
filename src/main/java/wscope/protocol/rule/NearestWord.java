package wscope.protocol.rule;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a user means who typed a word that is none of those there are. */
public final class NearestWord {
  /** No word is longer; of a text that is, the rest does not count. */
  private static final int LONGEST = 64;

  private NearestWord() {}

  /**
   * What to tell of the word that is near a text, to stand behind the words that there is no such
   * one; empty if none is near.
   */
  public static String advice(String text, Collection<String> words) {
    String nearest = to(text, words);
    return nearest == null ? "" : "; the nearest is " + nearest;
  }

  /**
   * The word that is most like a text: one that holds it as a part, else the one that takes the
   * fewest edits; null if those are more than half as many as the text has characters.
   *
   * @param words in lower case
   */
  public static @Nullable String to(String text, Collection<String> words) {
    String wanted = text.substring(0, Math.min(text.length(), LONGEST)).toLowerCase(Locale.ROOT);
    String nearest = null;
    int fewest = wanted.length() / 2 + 1;
    for (String word : words) {
      // A part of the word always wins, the longest part first.
      boolean part = !wanted.isEmpty() && word.contains(wanted);
      int edits = part ? word.length() - wanted.length() - LONGEST : edits(wanted, word);
      if (edits < fewest) {
        nearest = word;
        fewest = edits;
      }
    }
    return nearest;
  }

  /** How many characters must be put in, taken out or replaced (the Levenshtein distance). */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
