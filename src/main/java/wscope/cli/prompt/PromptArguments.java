package wscope.cli.prompt;

/** A typed line, read word by word. */
public final class PromptArguments {
  private final String line;
  private final String usage;
  private int at;

  /**
   * Begins to read a line.
   *
   * @param usage the usage of the command, for an error
   */
  PromptArguments(String line, String usage) {
    this.line = line;
    this.usage = usage;
  }

  /** The error of a line that does not have the arguments of its command. */
  public InvalidCommand invalid() {
    return new InvalidCommand("usage: " + usage);
  }

  /** The next word, which must exist. */
  public String next() throws InvalidCommand {
    if (isAtEnd()) {
      throw invalid();
    }
    return word();
  }

  /** The rest of the line after one space, as typed, which must not be empty. */
  public String text() throws InvalidCommand {
    String text = rest();
    if (text.isEmpty()) {
      throw invalid();
    }
    return text;
  }

  /** The next word, delimited by whitespace; empty at the end. */
  public String word() {
    skipSpaces();
    int start = at;
    while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return line.substring(start, at);
  }

  /** The word that {@link #word} returns next. */
  public String peek() {
    int start = at;
    String next = word();
    at = start;
    return next;
  }

  /** The rest of the line after one space, as typed; empty at the end. */
  public String rest() {
    int start = Math.min(at + 1, line.length());
    at = line.length();
    return line.substring(start);
  }

  /** The rest of the line from the next word on; empty at the end. */
  public String remainder() {
    skipSpaces();
    String rest = line.substring(at);
    at = line.length();
    return rest;
  }

  /** A reader of the same line at the same place. */
  public PromptArguments copy() {
    PromptArguments copy = new PromptArguments(line, usage);
    copy.at = at;
    return copy;
  }

  /** Whether no word is left. */
  public boolean isAtEnd() {
    skipSpaces();
    return at == line.length();
  }

  private void skipSpaces() {
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
  }
}
