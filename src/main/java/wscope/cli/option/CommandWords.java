package wscope.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import wscope.report.Redaction;

/** The words of the command line, as a page shows them. */
public final class CommandWords {
  /** The options whose values are secret, or patterns of what is. */
  private static final Set<String> SECRET = Set.of("--auth", "--cookie", PageOptions.REDACT);

  private CommandWords() {}

  /**
   * The words after the name of the program.
   *
   * @param hides whether a mark stands in place of what is secret
   */
  public static List<String> of(CommandSpec spec, boolean hides) {
    List<String> words = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
    for (int i = 0; hides && i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      if (i > 0 && SECRET.contains(words.get(i - 1))) {
        words.set(i, Redaction.MARK);
      } else if (equals > 0 && SECRET.contains(word.substring(0, equals))) {
        words.set(i, word.substring(0, equals + 1) + Redaction.MARK);
      }
    }
    return words;
  }
}
