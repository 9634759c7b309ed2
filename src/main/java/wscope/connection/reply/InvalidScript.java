package wscope.connection.reply;

/** A script is invalid. */
public final class InvalidScript extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;

  /**
   * Creates the exception.
   *
   * @param line the number of the line, from 1
   * @param column the column of the first wrong character, from 1
   * @param problem the problem, and what to write instead
   */
  InvalidScript(int line, int column, String problem) {
    super("line " + line + ", column " + column + ": " + problem);
    this.line = line;
    this.column = column;
  }

  /** The number of the line, from 1. */
  public int line() {
    return line;
  }

  /** The column of the first wrong character, from 1. */
  public int column() {
    return column;
  }
}
