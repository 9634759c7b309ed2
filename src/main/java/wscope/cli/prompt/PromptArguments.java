package wscope.cli.prompt;

/** A typed line, read word by word. */
public final class PromptArguments {
  private final String line;
  private int at;

  public PromptArguments(String line) {
    this.line = line;
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

  /** The rest of the line after one space, as typed; empty at the end. */
  public String rest() {
    int start = Math.min(at + 1, line.length());
    at = line.length();
    return line.substring(start);
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
