package wscope.input;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column from 1, in bytes
 */
record Position(long line, long column) {
  @Override
  public String toString() {
    return line == 1 ? "character " + column : "line " + line + ", character " + column;
  }
}
