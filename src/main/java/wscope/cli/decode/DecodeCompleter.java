package wscope.cli.decode;

import java.util.List;
import org.jline.reader.Candidate;
import wscope.cli.prompt.PromptCompleter;

/** Completes commands and arguments at the prompt of {@code wscope decode}. */
final class DecodeCompleter extends PromptCompleter<PromptCommand> {
  DecodeCompleter() {
    super(PromptCommand.WORDS);
  }

  @Override
  protected void complete(PromptCommand command, int place, List<Candidate> candidates) {
    if (place == 1 || command == PromptCommand.DEFLATE) {
      for (String value : command.completions()) {
        candidates.add(candidate(value, null, !value.endsWith("=")));
      }
    }
  }
}
