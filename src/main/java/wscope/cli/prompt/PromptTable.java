package wscope.cli.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.cli.option.NearestWord;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/**
 * The commands of one prompt. The table runs the command that a line names, and has the command
 * {@code /help}, which shows all of them.
 *
 * @param <A> the type that runs the commands
 */
public final class PromptTable<A extends PromptActions> {
  private final List<String> about;
  private final List<PromptCommand<A>> all = new ArrayList<>();

  /**
   * Creates the table.
   *
   * @param about the first lines of the help, which say what lines without a slash do
   * @param others the other commands, in the order of the help
   */
  public PromptTable(List<String> about, List<PromptCommand<A>> others) {
    this.about = about;
    all.add(
        new PromptCommand<>(
            "help", "", "show this help", (actions, typed) -> help(actions.replies())));
    all.addAll(others);
  }

  /** All commands, in the order of the help. */
  List<PromptCommand<A>> all() {
    return all;
  }

  /** Processes a line. An invalid one gets an error as its reply. */
  public void take(A actions, String line) {
    try {
      if (line.startsWith("/")) {
        command(line).run(actions, line);
      } else if (!line.isEmpty()) {
        actions.line(line);
      }
    } catch (InvalidCommand e) {
      Screen replies = actions.replies().words(0);
      SafeText.sentence(replies, e.getMessage());
      replies.endLine();
    }
  }

  /** Finds the command that a word with a slash names; null if there is none. */
  @Nullable PromptCommand<A> find(String word) {
    for (PromptCommand<A> known : all) {
      if (known.word().equals(word.toLowerCase(Locale.ROOT))) {
        return known;
      }
    }
    return null;
  }

  private PromptCommand<A> command(String line) throws InvalidCommand {
    String word = new PromptArguments(line, "").word();
    PromptCommand<A> command = find(word);
    if (command == null) {
      String advice = NearestWord.advice(word, all.stream().map(PromptCommand::word).toList());
      throw new InvalidCommand(
          "unknown command " + word + (advice.isEmpty() ? "; /help lists all commands" : advice));
    }
    return command;
  }

  private void help(Screen screen) {
    for (String line : about) {
      screen.words(0).text(line).endLine();
    }
    int longest = 0;
    for (PromptCommand<A> known : all) {
      longest = Math.max(longest, known.usage().length());
    }
    int margin = longest + 3;
    for (PromptCommand<A> known : all) {
      screen.text("  ").text(known.usage()).pad(margin).words(margin);
      screen.text(known.description()).endLine();
    }
  }
}
