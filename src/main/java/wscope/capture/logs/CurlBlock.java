package wscope.capture.logs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * A block of bytes in a trace of curl: hex (--trace), or text without the bytes (--trace-ascii).
 */
final class CurlBlock {
  private static final int HEX_WIDTH = 16;
  private static final int HEX_COLUMNS = 3 * HEX_WIDTH;
  private static final int PIECE = 16 << 10;

  /** Receives what a block has. */
  interface Sink {
    void bytes(ByteBuffer bytes);

    void missing(long count);
  }

  private final CurlLine start;
  private final Sink sink;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The number of bytes that the rows have shown. */
  private long shown;

  /** Whether the rows are known to be hex. */
  private boolean hex;

  private boolean hasRows;
  private boolean broken;

  /**
   * Begins a block.
   *
   * @param hex whether a block before has rows in hex; all blocks of a trace have the same rows
   */
  CurlBlock(CurlLine start, boolean hex, Sink sink) {
    this.start = start;
    this.hex = hex;
    this.sink = sink;
  }

  /** Whether the rows are known to be hex. */
  boolean isHex() {
    return hex;
  }

  /** Reads a row. */
  void row(CurlLine line) {
    if (broken || shown >= start.count()) {
      return;
    }
    String row = line.row();
    hasRows = true;
    int width = (int) Math.min(HEX_WIDTH, start.count() - shown);
    if (isHex(row, width)) {
      if (line.offset() != shown) {
        broken = true;
        return;
      }
      hex = true;
      hex(row, width);
    } else if (hex) {
      // A part of a row, where the file is cut off; otherwise the next row does not continue it.
      return;
    } else if (start.what().equals("header")) {
      ascii(line.offset(), row);
    } else {
      // A dot stands for any byte that is not printable.
      broken = true;
    }
    if (bytes.size() >= PIECE) {
      pass();
    }
  }

  private static boolean isHex(String row, int width) {
    if (row.length() < HEX_COLUMNS) {
      return false;
    }
    for (int i = 0; i < HEX_COLUMNS; i++) {
      char c = row.charAt(i);
      boolean digit = i % 3 < 2 && i / 3 < width;
      if (digit ? Character.digit(c, 16) < 0 : c != ' ') {
        return false;
      }
    }
    return true;
  }

  private void hex(String row, int width) {
    for (int i = 0; i < width; i++) {
      int high = Character.digit(row.charAt(3 * i), 16);
      bytes.write(16 * high + Character.digit(row.charAt(3 * i + 1), 16));
    }
    shown += width;
  }

  /** The text of a head: a row ends at CR LF, which it does not show. */
  private void ascii(long offset, String row) {
    lineEnds(offset);
    broken = offset != shown;
    if (broken || row.length() > start.count() - shown) {
      broken = true;
      return;
    }
    for (int i = 0; i < row.length(); i++) {
      bytes.write(row.charAt(i));
    }
    shown += row.length();
  }

  private void lineEnds(long offset) {
    if (offset == shown + 2) {
      bytes.write('\r');
      bytes.write('\n');
      shown = offset;
    }
  }

  private void pass() {
    if (bytes.size() > 0) {
      sink.bytes(ByteBuffer.wrap(bytes.toByteArray()));
      bytes.reset();
    }
  }

  /** The block ends: passes on what it has, and says what it lacks. */
  void end() {
    if (!broken && hasRows && start.what().equals("header")) {
      lineEnds(start.count());
    }
    pass();
    if (shown < start.count()) {
      sink.missing(start.count() - shown);
    }
  }

  /** Whether rows are missing. */
  boolean isIncomplete() {
    return !broken && shown < start.count() && start.count() > 0;
  }
}
