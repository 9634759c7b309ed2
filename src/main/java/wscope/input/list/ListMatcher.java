package wscope.input.list;

import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Matcher;

/**
 * Finds lists of numbers that are bytes, on one line or over several: {@code [129, 5, 72]}, <code>
 * {0x81, 5, 'H'}</code>, {@code <<129,5,"Hello">>}, {@code <Buffer 81 05 48>}, {@code [0] => 129} a
 * line, {@code $81, $05}, and one number a line.
 */
public final class ListMatcher implements Matcher {
  @Override
  public void match(Lines lines, Consumer<Candidate> found) {
    new BracketLists(lines, found).run();
    new IndexedLines(lines, found).run();
    new NumberLines(lines, found).run();
    new MarkedRuns(lines, found).run();
  }
}
