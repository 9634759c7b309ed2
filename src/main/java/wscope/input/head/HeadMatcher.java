package wscope.input.head;

import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
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
    Ways ways = new Ways(lines);
    PanelReader panels = new PanelReader(lines, found);
    int line = 0;
    int from = lines.count() == 0 ? 0 : lines.start(0);
    while (line < lines.count()) {
      StartLine start = StartLine.find(lines, line, from);
      int next = line;
      if (start != null && start.spelled()) {
        LiteralReader literal = new LiteralReader(lines, start, ways.of(start));
        int after = literal.read(found);
        if (literal.hasHead() || start.end() == LineEnd.NONE) {
          line = literal.line();
          from = Math.max(after, lines.start(line));
          continue;
        }
      }
      if (start != null) {
        next = new HeadReader(lines, start, ways.of(start)).read(found);
      } else if (from == lines.start(line)) {
        next = panels.read(line);
      }
      line = Math.max(next, line + 1);
      from = line < lines.count() ? lines.start(line) : 0;
    }
  }
}
