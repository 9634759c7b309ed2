package wscope.cli.prompt;

import java.util.ArrayList;
import java.util.List;

/**
 * A command of a prompt: a row of its {@link PromptTable}.
 *
 * @param <A> the type that runs the commands
 * @param name the name of the command without its slash, in lower case
 * @param arguments the syntax of the arguments: words in capitals, optional ones in brackets,
 *     alternatives with |, and dots after one that may be repeated
 * @param description a description of the command in a few words
 * @param action what the command does
 */
public record PromptCommand<A>(
    String name, String arguments, String description, Action<A> action) {

  /** The arguments that may have any number of words. */
  private static final List<String> FREE =
      List.of("TEXT", "REASON", "BYTES", "FILE", "FILE|off", "PARAMETERS|off");

  /**
   * The action of a command.
   *
   * @param <A> the type that runs the commands
   */
  public interface Action<A> {
    /** Runs the action with the arguments after the command. */
    void run(A actions, PromptArguments typed) throws InvalidCommand;
  }

  /** The name of the command with its slash. */
  String word() {
    return "/" + name;
  }

  /** The name of the command with its slash and its arguments. */
  String usage() {
    return arguments.isEmpty() ? word() : word() + " " + arguments;
  }

  /**
   * Runs the command.
   *
   * @param line the line, which includes the command
   * @throws InvalidCommand if the line is invalid
   */
  void run(A actions, String line) throws InvalidCommand {
    PromptArguments typed = new PromptArguments(line, usage());
    int words = words(line).size() - 1;
    if (words < required() || words > most()) {
      throw typed.invalid();
    }
    typed.word();
    action.run(actions, typed);
  }

  /**
   * The arguments that a word may be, because optional ones may be absent and others repeated.
   *
   * @param place the place of the word, from 1
   */
  List<String> argumentsAt(int place) {
    List<String> names = words(arguments.replace("[", "").replace("]", ""));
    List<String> possible = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean isLast = i == names.size() - 1;
      boolean repeats = name.endsWith("...") || (isLast && isFree());
      boolean movesUp = i == place && place == 1 && arguments.startsWith("[");
      if (i == place - 1 || movesUp || (i < place && repeats)) {
        possible.add(name);
      }
    }
    return possible;
  }

  /** The number of required arguments. */
  private int required() {
    // The names of optional arguments begin after a bracket.
    return words(arguments.replaceAll("\\[\\S*", "")).size();
  }

  private int most() {
    return isFree() ? Integer.MAX_VALUE : words(arguments).size();
  }

  /** Whether the last argument may have any number of words. */
  private boolean isFree() {
    return FREE.stream().anyMatch(arguments.replace("]", "")::endsWith);
  }

  private static List<String> words(String text) {
    PromptArguments typed = new PromptArguments(text, "");
    List<String> words = new ArrayList<>();
    while (!typed.isAtEnd()) {
      words.add(typed.word());
    }
    return words;
  }
}
