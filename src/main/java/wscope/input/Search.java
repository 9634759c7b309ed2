package wscope.input;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.dump.SkippedPackets;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Marks;

/** Looks for bytes and heads in lines, and remembers what it saw. */
final class Search {
  private final Marks marks = new Marks();
  private final Matchers matchers;
  private final Repeats repeats = new Repeats();
  private final TextAfterResponse afterResponse = new TextAfterResponse();

  /** The lines of the window so far; null to read it again. */
  private @Nullable Lines window;

  /**
   * @param packets receives what is left out of packets
   */
  Search(Consumer<SkippedPackets> packets) {
    matchers = new Matchers(packets);
  }

  /** Forgets the marks of lines, for another window, or if a line may have changed. */
  void clear() {
    marks.clear();
    window = null;
  }

  /** The lines of the text up to an index. */
  Lines lines(TextBuffer buffer, int end, boolean last) {
    Lines before = window;
    Lines lines =
        before != null && isStart(before, buffer)
            ? before.growTo(end, last)
            : new Lines(
                buffer.text(), buffer.at(), end, buffer.line(), buffer.before(), last, marks);
    window = lines;
    return lines;
  }

  /** Whether these are whole lines with which the text still begins, at the same place. */
  private static boolean isStart(Lines lines, TextBuffer buffer) {
    return lines.text() == buffer.text()
        && lines.count() > 0
        && lines.start(0) == buffer.at()
        && lines.lineEnds() == lines.count();
  }

  /** Chooses among what the lines may spell. */
  Selection select(Lines lines, Matchers.Score score) {
    lines.look();
    return Selection.of(matchers.match(lines, score), lines);
  }

  /** The chosen ones without those that show the bytes of the one before once more. */
  List<Candidate> withoutRepeats(Selection selection, Lines lines) {
    return repeats.leaveOut(selection.chosen(), lines);
  }

  /** The text without a frame after a response. */
  TextAfterResponse afterResponse() {
    return afterResponse;
  }
}
