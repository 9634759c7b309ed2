package wscope.input.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Forms;
import wscope.input.find.Lines;
import wscope.input.find.Marks;
import wscope.input.find.Matcher;
import wscope.input.find.Piece;
import wscope.input.find.Ways;

/**
 * Finds bytes on a line that have nothing but equal separators between them, whatever stands before
 * and after: {@code 12:34:56 RX 81 85 37 (3 bytes)}. Lines of the same form continue one another if
 * the frames do.
 */
public final class RunMatcher implements Matcher {
  /** Words and numbers before the bytes that may look like the first bytes. */
  static final int MOST_SKIPPED = 5;

  private static final LineRuns.Notation[] NOTATIONS = LineRuns.Notation.values();

  /** Forms of lines that are remembered at a time. */
  private static final int MOST_FORMS = 64;

  private record Kind(Style style, int separator) {}

  private final Atoms atoms = new Atoms();
  private final LineRuns runs = new LineRuns(atoms);
  private final Map<String, Stream> streams = new LinkedHashMap<>();

  /** The last streams by all of their forms except the separator, which a single byte lacks. */
  private final Map<String, Stream> unseparated = new HashMap<>();

  /** The styles and separators of these streams; without a separator, their styles alone. */
  private final Set<Kind> kinds = new HashSet<>();

  private int open;
  private boolean begins;
  private boolean starts;

  @Override
  public void match(Lines lines, Consumer<Candidate> found) {
    streams.clear();
    unseparated.clear();
    kinds.clear();
    open = 0;
    for (int line = next(lines, 0); line < lines.count(); line = next(lines, line + 1)) {
      begins = false;
      starts = false;
      atoms.split(lines.text(), lines.start(line), lines.end(line));
      for (LineRuns.Notation notation : NOTATIONS) {
        if (open > 0 || atoms.mayBegin(notation.begins())) {
          take(notation, lines, line, found);
        }
      }
      if (!begins) {
        lines.setLacks(line, Marks.Mark.RUN);
      }
      if (!starts) {
        lines.setLacks(line, Marks.Mark.LONE_RUN);
      }
    }
    for (Stream stream : streams.values()) {
      stream.end(found);
    }
  }

  /** The first line from a line on that may have runs, or may continue those before it. */
  private int next(Lines lines, int line) {
    Marks.Mark mark = streams.isEmpty() ? Marks.Mark.LONE_RUN : Marks.Mark.RUN;
    return open > 0 ? line : lines.next(line, mark);
  }

  private void take(LineRuns.Notation notation, Lines lines, int line, Consumer<Candidate> found) {
    runs.find(notation);
    for (int run = 0; run < runs.count(); run++) {
      if ((open > 0 || !runs.isByte(run)) && !runs.isChance(run)) {
        take(run, lines, line, found);
      }
    }
    if (notation == LineRuns.Notation.BITS) {
      matchNibbles(line, found);
    }
  }

  /** The part of a form that does not depend on the separator. */
  private String place(Lines lines, int line, Style style, int atom) {
    int start = atoms.start(atom);
    return style + " " + Ways.of(lines, line, start) + Forms.of(lines, line, start);
  }

  /** Bits in groups of four: {@code 1000 0001 0000 0101}, {@code 1000_0001 0000_0101}. */
  private void matchNibbles(int line, Consumer<Candidate> found) {
    int first = 0;
    while (first < atoms.count()) {
      int last = first;
      while (last < atoms.count()
          && atoms.length(last) == 4
          && atoms.is(last, Atoms.BINARY)
          && (last == first || isBetween(last - first, atoms.separator(last - 1)))) {
        last++;
      }
      int count = (last - first) / 2;
      if (count >= 2 && (last - first) % 2 == 0) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
          bytes[i] = (byte) (nibble(first + 2 * i) << 4 | nibble(first + 2 * i + 1));
        }
        begins = true;
        starts = true;
        int start = atoms.start(first);
        Piece piece = new Piece(line, start, atoms.end(last - 1), bytes, null);
        found.accept(
            new Candidate(
                Candidate.Kind.BYTES, "bits", "", List.of(piece), Set.of(Evidence.NUMBERS)));
      }
      first = Math.max(last, first + 1);
    }
  }

  /** Whether nibbles have a space between them, or those of a byte an underscore. */
  private static boolean isBetween(int index, int separator) {
    return separator == ' ' || (index % 2 == 1 && separator == '_');
  }

  private int nibble(int atom) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 1 | (atoms.at(atom, i) & 1);
    }
    return value;
  }

  private void take(int at, Lines lines, int line, Consumer<Candidate> found) {
    boolean may = runs.mayBegin(at);
    begins |= may;
    if (!may && open == 0) {
      return;
    }
    Style style = runs.style(at);
    int separator = runs.separator(at);
    // What stands before the run is read only if it matters.
    boolean known = kinds.contains(new Kind(style, separator));
    String place = known ? place(lines, line, style, runs.first(at)) : "";
    Stream stream = known ? stream(separator, place) : null;
    if (stream == null && (!may || streams.size() == MOST_FORMS)) {
      starts |= may;
      return;
    }
    Run run = runs.run(line, at);
    if (stream != null) {
      starts = true;
      open -= stream.isOpen() ? 1 : 0;
      stream.take(run, found);
    } else {
      stream = new Stream(lines);
      stream.take(run, found);
      if (!stream.isUsed()) {
        return;
      }
      starts = true;
      put(stream, style, separator, known ? place : place(lines, line, style, runs.first(at)));
    }
    open += stream.isOpen() ? 1 : 0;
  }

  /** The stream that a run continues, or null. */
  private @Nullable Stream stream(int separator, String place) {
    Stream stream = streams.get(separator + place);
    if (separator == 0 && (stream == null || !stream.isOpen())) {
      Stream longer = unseparated.get(place);
      return longer != null && longer.isOpen() ? longer : stream;
    }
    return stream;
  }

  private void put(Stream stream, Style style, int separator, String place) {
    streams.put(separator + place, stream);
    unseparated.put(place, stream);
    kinds.add(new Kind(style, separator));
    kinds.add(new Kind(style, 0));
  }

  /** The number of bytes at the start that are skipped at most, for a run of a style. */
  static int mostSkipped(Run run) {
    boolean single = run.atoms() == run.count();
    return single ? Math.min(MOST_SKIPPED, run.count()) : 1;
  }
}
