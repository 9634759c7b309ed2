package wscope.input.find;

import org.jspecify.annotations.Nullable;

/** Bytes that stand on one line. */
public final class Piece {
  private final int line;
  private final int from;
  private final int to;
  private final byte[] bytes;
  private final @Nullable Way way;

  /**
   * @param line index of the line
   * @param from index in the text where the characters of these bytes begin
   * @param to index in the text after them
   * @param bytes that they stand for; they do not change
   * @param way the sender, if the line names it
   */
  public Piece(int line, int from, int to, byte[] bytes, @Nullable Way way) {
    this.line = line;
    this.from = from;
    this.to = to;
    this.bytes = bytes;
    this.way = way;
  }

  /** The index of the line. */
  public int line() {
    return line;
  }

  /** The index in the text where the characters of the bytes begin. */
  public int from() {
    return from;
  }

  /** The index in the text after the characters of the bytes. */
  public int to() {
    return to;
  }

  /** The bytes, which must not be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Who sent the bytes; null if the line does not say so. */
  public @Nullable Way way() {
    return way;
  }
}
