package wscope.input.spelling;

/** A text that is invalid in its spelling. The message says why and where. */
public final class InvalidSpelling extends Exception {
  private static final long serialVersionUID = 1;

  private final Spelling spelling;
  private final String advice;
  private final long line;
  private final long column;
  private final String excerpt;
  private final int mark;

  /**
   * @param mark index of the invalid character in the excerpt, or the length of the excerpt
   */
  InvalidSpelling(
      Spelling spelling, SpellingError cause, long line, long column, String excerpt, int mark) {
    super(cause.problem() + " at " + place(line, column));
    this.spelling = spelling;
    this.advice = cause.advice();
    this.line = line;
    this.column = column;
    this.excerpt = excerpt;
    this.mark = mark;
  }

  /** The problem and its place. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** The spelling in which the text was read. */
  public Spelling spelling() {
    return spelling;
  }

  /** What to type instead, in a few words. */
  public String advice() {
    return advice;
  }

  /** The line of the invalid character, from 1. */
  public long line() {
    return line;
  }

  /** The column of the invalid character, from 1, in UTF-8 characters. */
  public long column() {
    return column;
  }

  /**
   * The line around the invalid character, in at most 74 ASCII characters; dots replace all others.
   */
  public String excerpt() {
    return excerpt;
  }

  /** Spaces and a {@code ^}, to print below the excerpt. */
  public String mark() {
    return " ".repeat(mark) + "^";
  }

  private static String place(long line, long column) {
    return line == 1 ? "character " + column : "line " + line + ", character " + column;
  }
}
