package wscope.cli.prompt;

import java.util.Locale;

/** A command of a prompt, for its help and its completion. */
public interface PromptWord {
  /** The name of the command without its slash, in upper or lower case. */
  String name();

  /**
   * The syntax of the arguments: words in capitals, optional ones in brackets, alternatives with |.
   */
  String arguments();

  /** A description of the command in a few words. */
  String description();

  /** The name of the command with its slash. */
  default String word() {
    return "/" + name().toLowerCase(Locale.ROOT);
  }

  /** The name of the command with its slash and its arguments. */
  default String usage() {
    return arguments().isEmpty() ? word() : word() + " " + arguments();
  }
}
