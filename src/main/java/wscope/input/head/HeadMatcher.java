package wscope.input.head;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Marks;
import wscope.input.find.Matcher;

/**
 * Finds the heads of HTTP requests and responses in text. Their bytes have CRLF line ends and the
 * empty line, whether the text shows them or not; everything else is as it was sent.
 *
 * <p>A head that could go on after the last line has the evidence {@link
 * wscope.input.find.Evidence#OPEN_HEAD}.
 */
public final class HeadMatcher implements Matcher {
  /** Creates a matcher. It keeps nothing from one text to another. */
  public HeadMatcher() {}

  @Override
  public void match(Lines lines, Consumer<Candidate> found) {
    WrappedLines wrapped = WrappedLines.of(lines);
    if (wrapped == null) {
      new Search(lines, found).run();
    } else {
      new Search(wrapped.joined(), head -> found.accept(wrapped.original(head))).run();
    }
  }

  /** The search of one text. */
  private static final class Search {
    private final Lines lines;
    private final Consumer<Candidate> found;
    private final Ways ways;
    private final PanelReader panels;
    private int line;
    private int from;
    private int literals;

    Search(Lines lines, Consumer<Candidate> found) {
      this.lines = lines;
      this.found = found;
      this.ways = new Ways(lines);
      this.panels = new PanelReader(lines, found);
    }

    void run() {
      int searched = -1;
      int end = 0;
      while (line < lines.count()) {
        int next = lines.next(line, Marks.Mark.HEAD);
        if (next > line) {
          line = next;
          continue;
        }
        if (searched != line) {
          searched = line;
          from = Math.max(from, lines.start(line));
          end = Chars.trim(lines.text(), from, lines.end(line));
        }
        StartLine start = find(end);
        if (start != null) {
          read(start);
        } else {
          line = readPanel();
        }
      }
    }

    private @Nullable StartLine find(int end) {
      if (!lines.lacks(line, Marks.Mark.VERSION)) {
        return StartLine.find(lines, line, from, end);
      }
      return from == lines.start(line) ? StartLine.withoutVersion(lines, line, end) : null;
    }

    /** Reads what is not a start line; returns the index of the line after it. */
    private int readPanel() {
      if (from > lines.start(line)) {
        return line + 1;
      }
      if (panels.mayBegin(line)) {
        return Math.max(panels.read(line), line + 1);
      }
      lines.setLacks(line, Marks.Mark.HEAD);
      return line + 1;
    }

    private void read(StartLine start) {
      if (SourceCode.isAt(lines, start)) {
        line++;
        return;
      }
      if (start.spelled() && line >= literals) {
        LiteralReader literal = new LiteralReader(lines, start, ways.of(start));
        int after = literal.read(found);
        literals = literal.line();
        if (literal.hasHead() || start.end() == LineEnd.NONE) {
          line = literal.line();
          from = after;
          return;
        }
      }
      int next = start.end() == LineEnd.NONE && start.spelled() ? line : readLines(start);
      line = Math.max(next, line + 1);
    }

    private int readLines(StartLine start) {
      return new HeadReader(lines, start, ways.of(start)).read(found);
    }
  }
}
