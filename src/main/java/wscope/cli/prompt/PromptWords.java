package wscope.cli.prompt;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.cli.option.NearestWord;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** The commands of one prompt. This class finds them by typed words and shows them. */
public final class PromptWords<W extends PromptWord> {
  private final List<W> all;

  /**
   * Creates the list of commands.
   *
   * @param all the commands, in the order of the help
   */
  public PromptWords(List<W> all) {
    this.all = all;
  }

  /** All commands, in the order of the help. */
  List<W> all() {
    return all;
  }

  /** Finds the command that a word with a slash names; null if there is none. */
  public @Nullable W find(String word) {
    for (W known : all) {
      if (known.word().equals(word.toLowerCase(Locale.ROOT))) {
        return known;
      }
    }
    return null;
  }

  /** Shows a line for each command. */
  public void help(Screen screen) {
    int longest = 0;
    for (W known : all) {
      longest = Math.max(longest, known.usage().length());
    }
    for (W known : all) {
      screen.text("  ").text(known.usage()).pad(longest + 3).text(known.description()).endLine();
    }
  }

  /** Reports an unknown command, and suggests the nearest one. */
  public void unknown(Screen screen, String word) {
    String nearest = NearestWord.to(word, all.stream().map(PromptWord::word).toList());
    screen.text("unknown command ");
    SafeText.words(screen, word);
    screen.text(nearest == null ? "; /help lists all commands" : "; did you mean " + nearest + "?");
    screen.endLine();
  }
}
