package wscope.protocol.rule;

import java.util.Collection;
import java.util.Locale;

/** Finds what a user means who typed a word that is none of those there are. */
public final class NearestWord {
  /** No word is longer; of a text that is, the rest does not count. */
  private static final int LONGEST = 64;

  private NearestWord() {}

  /**
   * The word that is most like a text: one that holds it as a part, else the one that takes the
   * fewest edits.
   *
   * @param words at least one, in lower case
   */
  public static String to(String text, Collection<String> words) {
    String wanted = text.substring(0, Math.min(text.length(), LONGEST)).toLowerCase(Locale.ROOT);
    String nearest = words.iterator().next();
    int fewest = Integer.MAX_VALUE;
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
