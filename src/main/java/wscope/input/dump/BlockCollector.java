package wscope.input.dump;

import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Lines;
import wscope.input.find.Marks;
import wscope.input.find.Way;

/**
 * Gathers rows into blocks. A block ends where offsets restart, where another way begins, or where
 * too many other lines stand. Wireshark's "Follow" indents the rows of the server; so two blocks
 * may be open at once.
 */
final class BlockCollector {
  private static final int SECOND_INDENT = 4;
  private static final int LONGEST_PREFIX = 64;

  private final Lines lines;
  private final BiConsumer<Block, @Nullable Block> ended;
  private @Nullable Block first;
  private @Nullable Block second;
  private int lastLine = -1;
  private int closedLine = -1;

  /**
   * @param ended takes each block, and the one that was interleaved with it
   */
  BlockCollector(Lines lines, BiConsumer<Block, @Nullable Block> ended) {
    this.lines = lines;
    this.ended = ended;
  }

  /** The first line, from a line on, that matters. */
  int next(int line) {
    return first == null ? lines.next(line, Marks.Mark.ROW) : line;
  }

  /** Finds the row of a line, and takes it. */
  void scan(RowScanner scanner, int line) {
    if (first == null && lines.lacks(line, Marks.Mark.ROW)) {
      return;
    }
    boolean continued = first != null && !first.hasOffsets() && lastLine == line - 1;
    Row row = scanner.scan(lines, line, first != null, continued);
    if (row == null) {
      other(line);
    } else {
      row(row);
    }
  }

  /** A line that is not a row. */
  private void other(int line) {
    if (first == null) {
      lines.setLacks(line, Marks.Mark.ROW);
      return;
    }
    int star = star(line);
    Row last = star >= 0 && lastLine == line - 1 ? last() : null;
    if (last != null && last.star < 0) {
      last.star = line;
      last.starFrom = star;
      lastLine = line;
    } else if (line - lastLine > Block.MOST_LINES_BETWEEN) {
      end();
    }
  }

  /** The index of the {@code *} that ends a line after spaces or a prefix; -1 if there is none. */
  private int star(int line) {
    int at = lines.end(line) - 1;
    while (at >= lines.start(line) && Digits.isBlank(lines.text()[at])) {
      at--;
    }
    boolean star = at >= lines.start(line) && lines.text()[at] == '*';
    return star && (at == lines.start(line) || Digits.isBlank(lines.text()[at - 1])) ? at : -1;
  }

  private @Nullable Row last() {
    Row a = first == null ? null : first.last();
    Row b = second == null ? null : second.last();
    return b != null && a != null && b.line > a.line ? b : a;
  }

  /** Takes a row. */
  private void row(Row row) {
    if (row.isClosing()) {
      close(row);
      return;
    }
    int indent = indent(row);
    Block same = find(row, indent);
    if (same != null && same.continuesWith(row) && !otherWay(same, row)) {
      same.rows.add(row);
    } else if (same == null && opensSecond(row, indent)) {
      second = new Block(row, header(row, row.line), indent);
    } else {
      int after = lastLine + 1;
      end();
      first = new Block(row, header(row, Math.max(after, closedLine + 1)), indent);
    }
    lastLine = row.line;
  }

  private void close(Row row) {
    Block block = second != null && second.last().line > row.line - 2 ? second : first;
    if (block != null && block.closesWith(row)) {
      closedLine = row.line;
      if (second == null) {
        end();
      }
    } else if (row.line - lastLine > Block.MOST_LINES_BETWEEN) {
      end();
    }
  }

  private @Nullable Block find(Row row, int indent) {
    if (first == null
        || !row.hasOffset()
        || indent == Block.NO_INDENT
        || fits(first, row, indent)) {
      return first;
    }
    return second != null && fits(second, row, indent) ? second : null;
  }

  /** Whether a row begins as those of a block do. Offsets of more digits may begin at the left. */
  private boolean fits(Block block, Row row, int indent) {
    int start = row.start - lines.start(row.line);
    int blockStart = block.first().start - lines.start(block.first().line);
    return block.indent == indent || (block.indent >= 0 && indent >= 0 && start == blockStart);
  }

  private boolean opensSecond(Row row, int indent) {
    if (first == null || second != null || row.offset(16) != 0 || row.line != lastLine + 1) {
      return false;
    }
    if (first.indent < Block.NO_INDENT && indent < Block.NO_INDENT) {
      return true;
    }
    int difference = Math.abs(indent - first.indent);
    boolean tab = lines.text()[lines.start(row.line)] == '\t';
    boolean indented = difference == SECOND_INDENT || (difference == 1 && tab);
    return first.indent >= 0 && indent >= 0 && indented;
  }

  /** Whether the lines between say that others sent the row. */
  private boolean otherWay(Block block, Row row) {
    if (row.start > lines.start(row.line) && block.indent <= Block.NO_INDENT) {
      return prefixWay(row) != prefixWay(block.last());
    }
    return row.line > lastLine + 1
        && DumpHeader.before(lines, lastLine + 1, row.line).way() != null;
  }

  private DumpHeader header(Row row, int after) {
    DumpHeader header = DumpHeader.before(lines, after, row.line);
    Way way = isQuote(row) ? null : prefixWay(row);
    return way == null ? header : new DumpHeader(header.text(), way, false, "");
  }

  /** Whether the prefix is that of a quotation, which may say nothing of the way. */
  private boolean isQuote(Row row) {
    int start = lines.start(row.line);
    return row.start - start <= LONGEST_PREFIX
        && lines.string(start, row.start).strip().equals(">");
  }

  private @Nullable Way prefixWay(Row row) {
    int from = Math.max(lines.start(row.line), row.start - LONGEST_PREFIX);
    if (from == row.start || Digits.areBlank(row.text, from, row.start)) {
      return null;
    }
    return DumpHeader.way(lines.string(from, row.start).toLowerCase(Locale.ROOT));
  }

  /** Where the offset ends in a line that begins with it; otherwise the way of the prefix. */
  private int indent(Row row) {
    int start = lines.start(row.line);
    if (Digits.areBlank(row.text, start, row.start)) {
      return (row.hasOffset() ? row.offsetTo : row.start) - start;
    }
    Way way = prefixWay(row);
    boolean out = way == Way.OUT || way == Way.CLIENT;
    return way == null ? Block.NO_INDENT : out ? Block.SENT : Block.RECEIVED;
  }

  /** Ends the open blocks. */
  void end() {
    Block block = first;
    Block other = second;
    first = null;
    second = null;
    if (block != null) {
      ended.accept(block, other);
    }
  }
}
