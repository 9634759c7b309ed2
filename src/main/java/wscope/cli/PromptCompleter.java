package wscope.cli;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/** Completes the commands of the prompt and what may follow them. */
final class PromptCompleter implements Completer {
  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (line.wordIndex() == 0) {
      for (PromptCommand command : PromptCommand.values()) {
        candidates.add(candidate(command.word(), command.description(), true));
      }
      return;
    }
    String first = line.words().get(0);
    PromptCommand command = first.startsWith("/") ? PromptCommand.of(first.substring(1)) : null;
    if (command != null && (line.wordIndex() == 1 || command == PromptCommand.DEFLATE)) {
      for (String value : command.completions()) {
        candidates.add(candidate(value, null, !value.endsWith("=")));
      }
    }
  }

  private static Candidate candidate(String value, @Nullable String description, boolean complete) {
    return new Candidate(value, value, null, description, null, null, complete);
  }
}
