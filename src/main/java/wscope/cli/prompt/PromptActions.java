package wscope.cli.prompt;

import java.util.List;
import org.jline.reader.Candidate;
import wscope.report.text.Screen;

/** What the lines that a user types at a prompt do. */
public interface PromptActions {
  /** The screen for replies and errors. */
  Screen replies();

  /** Processes a line that is neither a command nor empty. */
  void line(String line) throws InvalidCommand;

  /**
   * The completions of an argument that not every prompt has. May be called from any thread.
   *
   * @param argument the name of the argument in the usage of its command, without brackets
   */
  default List<Candidate> candidates(String argument) {
    return List.of();
  }
}
