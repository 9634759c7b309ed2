package wscope.cli.prompt;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/** Completes the commands of a prompt. Subclasses complete the arguments. */
public abstract class PromptCompleter<W extends PromptWord> implements Completer {
  private final PromptWords<W> words;

  protected PromptCompleter(PromptWords<W> words) {
    this.words = words;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (line.wordIndex() == 0) {
      for (W known : words.all()) {
        candidates.add(candidate(known.word(), known.description(), true));
      }
      return;
    }
    W command = words.find(line.words().get(0));
    if (command != null) {
      complete(command, line.wordIndex(), candidates);
    }
  }

  /**
   * Adds the completions of an argument.
   *
   * @param place the place of the argument, from 1
   */
  protected abstract void complete(W command, int place, List<Candidate> candidates);

  /**
   * Creates a candidate for a word that may be typed.
   *
   * @param complete whether a space may follow the word
   */
  protected static Candidate candidate(
      String value, @Nullable String description, boolean complete) {
    return new Candidate(value, value, null, description, null, null, complete);
  }
}
