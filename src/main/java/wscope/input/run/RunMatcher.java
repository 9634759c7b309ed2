package wscope.input.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Forms;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;
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
  private static final int MOST_SKIPPED = 5;

  /** The digits of a group that a shorter one may follow, as xxd prints them. */
  private static final int LONGEST_GROUP = 8;

  private static final int FEW = 8;

  /** Forms of lines that are remembered at a time. */
  private static final int MOST_FORMS = 64;

  private final Atoms atoms = new Atoms();
  private final byte[] beginning = new byte[MOST_SKIPPED + 2];
  private final Map<String, Stream> streams = new HashMap<>();

  /** The last streams by all of their forms except the separator, which a single byte lacks. */
  private final Map<String, Stream> unseparated = new HashMap<>();

  private int open;

  @Override
  public void match(Lines lines, Consumer<Candidate> found) {
    streams.clear();
    unseparated.clear();
    open = 0;
    for (int line = 0; line < lines.count(); line++) {
      atoms.split(lines.text(), lines.start(line), lines.end(line));
      matchHex(lines, line, found);
      matchNumbers(lines, line, Style.DECIMAL, found);
      matchNumbers(lines, line, Style.UNPADDED, found);
      matchBits(lines, line, found);
      matchNibbles(line, found);
    }
    for (Stream stream : streams.values()) {
      stream.end(found);
    }
  }

  private void matchHex(Lines lines, int line, Consumer<Candidate> found) {
    int first = 0;
    while (first < atoms.count()) {
      Style style = Style.hex(atoms, first);
      if (style == null) {
        first++;
        continue;
      }
      int last = first;
      int separator = 0;
      Style previous = style;
      while (last + 1 < atoms.count()) {
        Style next = Style.hex(atoms, last + 1);
        int between = atoms.separator(last);
        boolean same = separator == 0 ? between > 0 : between == separator;
        if (next == null
            || !same
            || isQuoted(style, between)
            || !previous.mayPrecede(next)
            || !isGroup(first, last, next)) {
          break;
        }
        separator = between;
        previous = next;
        last++;
      }
      // A single byte can only end the frame of the lines before it.
      if (last > first || open > 0 || style == Style.GROUP || style == Style.PREFIXED_GROUP) {
        run(lines, line, style, separator, first, last, found);
      }
      // The last one may begin the next run.
      first = last > first ? last : last + 1;
    }
  }

  /** The part of a form that does not depend on the separator. */
  private String formEnd(Lines lines, int line, int atom) {
    int start = atoms.start(atom);
    return " " + Ways.of(lines, line, start) + Forms.of(lines, line, start);
  }

  /** Whether a separator ends the text that a single word of hex digits is. */
  private static boolean isQuoted(Style style, int separator) {
    boolean groups = style == Style.GROUP || style == Style.PREFIXED_GROUP;
    for (int rest = separator; groups && rest != 0; rest >>>= 8) {
      if ((rest & 0xff) == '"' || (rest & 0xff) == '\'') {
        return true;
      }
    }
    return false;
  }

  /** Whether the groups of a run are equally long, except the last. */
  private boolean isGroup(int first, int last, Style next) {
    if (next != Style.GROUP && next != Style.PREFIXED_GROUP) {
      if (next == Style.PAIR && atoms.length(first) > LONGEST_GROUP) {
        return false;
      }
      return atoms.length(last) == atoms.length(first) || next != Style.PAIR;
    }
    return atoms.length(last) == atoms.length(first)
        && atoms.length(last + 1) <= atoms.length(first);
  }

  private void matchNumbers(Lines lines, int line, Style style, Consumer<Candidate> found) {
    int first = 0;
    while (first < atoms.count()) {
      if (!isNumber(style, first)) {
        first++;
        continue;
      }
      int last = first;
      int separator = 0;
      int shortest = atoms.length(first);
      while (last + 1 < atoms.count() && isNumber(style, last + 1)) {
        int between = atoms.separator(last);
        if (separator == 0 ? between <= 0 : between != separator) {
          break;
        }
        separator = between;
        last++;
        shortest = Math.min(shortest, atoms.length(last));
      }
      // Without a single digit, the numbers are pairs.
      if (last > first && (style == Style.DECIMAL || shortest == 1)) {
        run(lines, line, style, separator, first, last, found);
      }
      first = last > first ? last : last + 1;
    }
  }

  private boolean isNumber(Style style, int atom) {
    return style == Style.DECIMAL ? Style.isDecimal(atoms, atom) : Style.isUnpadded(atoms, atom);
  }

  /** Bits in groups of four: {@code 1000 0001 0000 0101}. */
  private void matchNibbles(int line, Consumer<Candidate> found) {
    int first = 0;
    while (first < atoms.count()) {
      int last = first;
      while (last < atoms.count()
          && atoms.length(last) == 4
          && atoms.is(last, Atoms.BINARY)
          && (last == first || atoms.separator(last - 1) == ' ')) {
        last++;
      }
      int count = (last - first) / 2;
      if (count >= 2 && (last - first) % 2 == 0) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
          bytes[i] = (byte) (nibble(first + 2 * i) << 4 | nibble(first + 2 * i + 1));
        }
        int start = atoms.start(first);
        Piece piece = new Piece(line, start, atoms.end(last - 1), bytes, null);
        found.accept(
            new Candidate(
                Candidate.Kind.BYTES, "bits", "", List.of(piece), Set.of(Evidence.NUMBERS)));
      }
      first = Math.max(last, first + 1);
    }
  }

  private int nibble(int atom) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 1 | (atoms.at(atom, i) & 1);
    }
    return value;
  }

  private void matchBits(Lines lines, int line, Consumer<Candidate> found) {
    int first = 0;
    while (first < atoms.count()) {
      Style style = Style.bits(atoms, first);
      int last = first;
      while (style != null
          && last + 1 < atoms.count()
          && Style.bits(atoms, last + 1) == style
          && atoms.separator(last) == atoms.separator(first)) {
        last++;
      }
      if (style != null) {
        int separator = last > first ? atoms.separator(first) : 0;
        run(lines, line, style, separator, first, last, found);
      }
      first = last + 1;
    }
  }

  private void run(
      Lines lines,
      int line,
      Style style,
      int separator,
      int first,
      int last,
      Consumer<Candidate> found) {
    if (last == first + 1 && !isPlain(separator)) {
      return;
    }
    boolean begins = mayBegin(style, separator, first, last);
    if (!begins && open == 0) {
      return;
    }
    String place = style + formEnd(lines, line, first);
    String form = separator + place;
    Stream stream = streams.get(form);
    if (first == last && (stream == null || !stream.isOpen())) {
      Stream longer = unseparated.get(place);
      stream = longer != null && longer.isOpen() ? longer : stream;
    }
    if (stream == null && (!begins || streams.size() == MOST_FORMS)) {
      return;
    }
    if (stream == null) {
      stream = new Stream(lines);
      streams.put(form, stream);
      unseparated.put(place, stream);
    }
    open -= stream.isOpen() ? 1 : 0;
    stream.take(new Run(line, style, separator, atoms, first, last), found);
    open += stream.isOpen() ? 1 : 0;
  }

  /** Whether a separator is so common that two atoms show it. */
  private static boolean isPlain(int separator) {
    for (int rest = separator; rest != 0; rest >>>= 8) {
      if (" ,:-;|/_".indexOf(rest & 0xff) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether frames may begin at one of the first bytes. */
  private boolean mayBegin(Style style, int separator, int first, int last) {
    int count = 0;
    if (style == Style.GROUP || style == Style.PREFIXED_GROUP) {
      int skip = style == Style.GROUP ? 0 : 2;
      for (int i = 0; i < 2; i++) {
        int high = Atoms.hex(atoms.at(first, skip + 2 * i));
        beginning[count++] = (byte) (high << 4 | Atoms.hex(atoms.at(first, skip + 2 * i + 1)));
      }
      return FrameCheck.canBegin(beginning, 0, count);
    }
    for (int atom = first; atom <= last && count < beginning.length; atom++) {
      count = style.of(atoms, atom).count(atoms, atom) == 1 ? write(style, atom, count) : count;
    }
    // Short numbers with such marks are times, dates and addresses, unless they are whole frames.
    boolean whole = last - first < FEW && ":-./".indexOf(separator & 0xff) >= 0;
    for (int skipped = 0; skipped < MOST_SKIPPED && skipped + 1 < count; skipped++) {
      if (FrameCheck.canBegin(beginning, skipped, count)
          && (!whole || fits(skipped, last - first + 1))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the first frame ends within a number of bytes. */
  private boolean fits(int at, int count) {
    int length = beginning[at + 1] & 0x7f;
    int key = beginning[at + 1] < 0 ? 4 : 0;
    return at + 2 + key + length <= count;
  }

  private int write(Style style, int atom, int at) {
    return style.of(atoms, atom).write(atoms, atom, beginning, at);
  }

  /** The number of bytes at the start that are skipped at most, for a run of a style. */
  static int mostSkipped(Run run) {
    boolean single = run.atoms() == run.count();
    return single ? Math.min(MOST_SKIPPED, run.count()) : 1;
  }
}
