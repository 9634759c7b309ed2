package wscope.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.report.SafeText;
import wscope.report.Screen;

/** The commands of one prompt: finds them by what is typed, and shows them. */
final class PromptWords<W extends PromptWord> {
  /** So many characters may be wrong in a word that is still taken for a mistyped command. */
  private static final int MOST_WRONG = 2;

  private final List<W> all;

  /**
   * @param all in the order of the help
   */
  PromptWords(List<W> all) {
    this.all = all;
  }

  /** In the order of the help. */
  List<W> all() {
    return all;
  }

  /** The command that a word with its slash names; null if there is none. */
  @Nullable W find(String word) {
    for (W known : all) {
      if (known.word().equals(word.toLowerCase(Locale.ROOT))) {
        return known;
      }
    }
    return null;
  }

  /** A line for each command. */
  void help(Screen screen) {
    int longest = 0;
    for (W known : all) {
      longest = Math.max(longest, known.usage().length());
    }
    for (W known : all) {
      screen.text("  ").text(known.usage()).pad(longest + 3).text(known.description()).endLine();
    }
  }

  /** Tells that a word with its slash names no command, and which one may be meant. */
  void unknown(Screen screen, String word) {
    W nearest = nearest(word.toLowerCase(Locale.ROOT));
    screen.text("there is no command ");
    SafeText.words(screen, word);
    screen.text(nearest == null ? "; /help shows all" : "; do you mean " + nearest.word() + "?");
    screen.endLine();
  }

  /** The command that is spelled most like a word; null if none is spelled much like it. */
  private @Nullable W nearest(String word) {
    W nearest = null;
    int least = MOST_WRONG + 1;
    for (W known : all) {
      int distance = known.word().startsWith(word) ? 0 : distance(known.word(), word);
      if (distance < least) {
        least = distance;
        nearest = known;
      }
    }
    return nearest;
  }

  /** How many characters must be put in, left out or changed to make one word the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
