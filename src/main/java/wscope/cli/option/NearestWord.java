package wscope.cli.option;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word that a user probably meant by an unknown one. */
public final class NearestWord {
  /** The length of the longest word. The rest of a longer text is ignored. */
  private static final int LONGEST = 64;

  private NearestWord() {}

  /** A suggestion to append to an error about an unknown word; empty if no word is near. */
  public static String advice(String text, Collection<String> words) {
    String nearest = to(text, words);
    return nearest == null ? "" : "; did you mean " + nearest + "?";
  }

  /**
   * The nearest word to a text: one that contains the text, otherwise the one with the fewest
   * edits; null if every word needs more edits than half the characters of the text.
   *
   * @param words the words, in lower case
   */
  public static @Nullable String to(String text, Collection<String> words) {
    String wanted = text.substring(0, Math.min(text.length(), LONGEST)).toLowerCase(Locale.ROOT);
    String nearest = null;
    int fewest = wanted.length() / 2 + 1;
    for (String word : words) {
      // A word that contains the text always wins, the shortest word first.
      boolean part = !wanted.isEmpty() && word.contains(wanted);
      int edits = part ? word.length() - wanted.length() - LONGEST : edits(wanted, word);
      if (edits < fewest) {
        nearest = word;
        fewest = edits;
      }
    }
    return nearest;
  }

  /**
   * The number of edits between two words, each of which inserts, deletes or replaces a character
   * or swaps two neighbours (the optimal string alignment distance).
   */
  private static int edits(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      edits[0][j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      edits[i][0] = i;
      for (int j = 1; j <= to.length(); j++) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int fewest = 1 + Math.min(edits[i - 1][j], edits[i][j - 1]);
        fewest = Math.min(fewest, edits[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        edits[i][j] = swapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
      }
    }
    return edits[from.length()][to.length()];
  }
}
