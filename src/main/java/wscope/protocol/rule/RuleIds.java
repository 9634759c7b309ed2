package wscope.protocol.rule;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds rules by the ids that users type. */
public final class RuleIds {
  /** No id is longer; of a text that is, the rest does not count. */
  private static final int LONGEST = 64;

  private RuleIds() {}

  /** The rule with an id, in upper or lower case; null if there is none. */
  public static @Nullable Rule find(String id) {
    String wanted = id.toLowerCase(Locale.ROOT);
    for (Rule rule : Rule.values()) {
      if (rule.id().equals(wanted)) {
        return rule;
      }
    }
    return null;
  }

  /**
   * The id that is most like a text: one that holds it as a part, else the one that takes the
   * fewest edits.
   *
   * @param among at least one id
   */
  public static String nearest(String text, Collection<String> among) {
    String wanted = text.substring(0, Math.min(text.length(), LONGEST)).toLowerCase(Locale.ROOT);
    String nearest = among.iterator().next();
    int fewest = Integer.MAX_VALUE;
    for (String id : among) {
      // A part of the id always wins, the longest part first.
      boolean part = !wanted.isEmpty() && id.contains(wanted);
      int edits = part ? id.length() - wanted.length() - LONGEST : edits(wanted, id);
      if (edits < fewest) {
        nearest = id;
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
