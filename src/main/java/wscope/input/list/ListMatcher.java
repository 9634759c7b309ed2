package wscope.input.list;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Matcher;

/**
 * Finds lists of numbers that are bytes, on one line or over several: {@code [129, 5, 72]}, <code>
 * {0x81, 5, 'H'}</code>, {@code <<129,5,"Hello">>}, {@code <Buffer 81 05 48>}, {@code [0] => 129} a
 * line, {@code $81, $05}, and one number per line.
 */
public final class ListMatcher implements Matcher {
  @Override
  public void match(Lines lines, Consumer<Candidate> found) {
    NavigableMap<Integer, Integer> lists = new TreeMap<>();
    Consumer<Candidate> inBrackets =
        list -> {
          lists.merge(list.first().from(), list.last().to(), Math::max);
          found.accept(list);
        };
    new CallArguments(lines, found).run();
    new BracketLists(lines, inBrackets).run();
    Consumer<Candidate> outside =
        list -> {
          Map.Entry<Integer, Integer> before = lists.floorEntry(list.last().from());
          if (before == null || before.getValue() <= list.first().from()) {
            found.accept(list);
          }
        };
    new IndexedLines(lines, outside).run();
    new NumberLines(lines, outside).run();
    new MarkedRuns(lines, outside).run();
  }
}
