package wscope.cli.prompt;

import java.util.Locale;

/** A command of a prompt, for its help and its completion. */
public interface PromptWord {
  /** Without its slash, in upper or lower case. */
  String name();

  /** Its arguments: words in capitals, optional ones in brackets, alternatives with |. */
  String arguments();

  /** What it does, in a few words. */
  String description();

  /** With its slash. */
  default String word() {
    return "/" + name().toLowerCase(Locale.ROOT);
  }

  /** With its slash and its arguments. */
  default String usage() {
    return arguments().isEmpty() ? word() : word() + " " + arguments();
  }
}
