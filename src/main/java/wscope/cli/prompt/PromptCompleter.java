package wscope.cli.prompt;

import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/**
 * Completes the commands of a prompt and their arguments.
 *
 * @param <A> the type that runs the commands
 */
public final class PromptCompleter<A extends PromptActions> implements Completer {
  private final PromptTable<A> table;
  private final Supplier<? extends @Nullable PromptActions> actions;

  /**
   * Creates a completer.
   *
   * @param actions supplies what completes the arguments that only this prompt has; null before the
   *     prompt has started
   */
  public PromptCompleter(
      PromptTable<A> table, Supplier<? extends @Nullable PromptActions> actions) {
    this.table = table;
    this.actions = actions;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (line.wordIndex() == 0) {
      for (PromptCommand<A> known : table.all()) {
        candidates.add(Candidates.of(known.word(), known.description()));
      }
      return;
    }
    PromptCommand<A> command = table.find(line.words().get(0));
    PromptActions running = actions.get();
    if (command == null) {
      return;
    }
    for (String argument : command.argumentsAt(line.wordIndex())) {
      candidates.addAll(Candidates.common(argument, line.word()));
      if (running != null) {
        candidates.addAll(running.candidates(argument));
      }
    }
  }
}
