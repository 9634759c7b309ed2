package wscope.input.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/**
 * Reads whole literals from their first escape on: their adjacent parts, what gdb writes after
 * them, and whether the text says that they are cut.
 */
final class Literals {
  private static final int ALL = Integer.MAX_VALUE >> 1;

  private final Lines lines;
  private final byte[] text;
  private final Consumer<Candidate> found;
  private final Continued continued;
  private final LiteralReader reader;
  private final List<Part> parts = new ArrayList<>();
  private final LiteralTail tail;

  Literals(Lines lines, Consumer<Candidate> found, Continued continued, LiteralReader reader) {
    this.lines = lines;
    this.text = lines.text();
    this.found = found;
    this.continued = continued;
    this.reader = reader;
    tail = new LiteralTail(lines, reader);
  }

  /** A part on one line, and how many bytes there are up to its end, in each reading. */
  private record Part(int line, int from, int to, int latin1End, int utf8End) {}

  /**
   * Reads the literal that begins at an index, and offers it.
   *
   * @param begins whether it can begin with a frame; if not, it is offered only if its escapes must
   *     be bytes
   * @return the index after it, which may be on a later line
   */
  int read(int line, int start, LiteralReader.Form form, boolean begins) {
    parts.clear();
    reader.begin();
    boolean quoted = form.quote() != LiteralReader.NO_QUOTE;
    int end = quoted ? quoted(line, start, form) : unquoted(line, start, form);
    Part last = parts.get(parts.size() - 1);
    if (reader.count() < 2) {
      return end;
    }
    boolean single = prefersLatin1();
    byte[] latin1 = single ? reader.latin1() : null;
    byte[] bytes = latin1 == null ? reader.utf8() : latin1;
    FrameCheck check = FrameCheck.of(bytes);
    boolean cut = quoted && tail.isEllipsis(last.line(), end);
    if (reader.isLost() && !check.isValid()) {
      return end;
    }
    Candidate candidate = candidate(bytes, latin1 != null, end);
    if (cut && !check.isWhole()) {
      if (begins && check.isValidSoFar() && isRestCounted(bytes.length, check.missing(), end)) {
        found.accept(candidate.with(Set.of(Evidence.REST_COUNTED)));
      }
      return end;
    }
    if ((begins && check.isValid()) || reader.highEscapes() > 0) {
      found.accept(candidate);
    }
    if (!cut) {
      continued.take(candidate, start);
    }
    return end;
  }

  private int quoted(int line, int start, LiteralReader.Form first) {
    LiteralReader.Form form = first;
    int at = start;
    int in = line;
    while (true) {
      reader.read(text, at, lines.end(in), form, ALL);
      add(in, at, reader.end());
      if (!reader.isClosed()) {
        int next = endsWithBackslash(in) ? in + 1 : -1;
        if (next < 0 || next >= lines.count()) {
          return lines.end(in);
        }
        if (form.decimal()) {
          reader.add('\n');
        }
        in = next;
        at = lines.start(next);
        continue;
      }
      int end = reader.end() + form.quoteSlashes() + 1;
      end = tail.gdb(in, end);
      if (end < 0) {
        end = -end;
        Part last = parts.remove(parts.size() - 1);
        add(in, last.from(), end);
      }
      if (!tail.findNext(in, end, form)) {
        return end;
      }
      in = tail.line();
      at = tail.at();
      form = tail.form();
    }
  }

  private void add(int line, int from, int to) {
    parts.add(new Part(line, from, to, reader.latin1Count(), reader.count()));
  }

  private boolean endsWithBackslash(int line) {
    int at = lines.end(line);
    while (at > lines.start(line) && text[at - 1] == '\\') {
      at--;
    }
    return (lines.end(line) - at) % 2 == 1;
  }

  /** Without quotes, the text ends with its frames, or with its line. */
  private int unquoted(int line, int start, LiteralReader.Form form) {
    if (tail.isSpaced(line, start)) {
      int end = tail.readSpaced(line, start);
      add(line, start, end);
      return end;
    }
    int at = start;
    int in = line;
    reader.read(text, at, lines.end(in), form, ALL);
    add(in, at, lines.end(in));
    while (endsWithBackslash(in) && in + 1 < lines.count()) {
      in++;
      at = lines.start(in);
      reader.read(text, at, lines.end(in), form, ALL);
      add(in, at, lines.end(in));
    }
    FrameCheck check = FrameCheck.of(reader.utf8());
    int whole = check.wholeBytes();
    if (check.isWhole() || whole == 0) {
      return lines.end(in);
    }
    Part last = parts.get(parts.size() - 1);
    int before = parts.size() > 1 ? parts.get(parts.size() - 2).utf8End() : 0;
    return whole > before ? trim(last, whole, form) : lines.end(in);
  }

  /** Leaves out what follows the whole frames, unless a word would be cut. */
  private int trim(Part last, int whole, LiteralReader.Form form) {
    List<Part> kept = new ArrayList<>(parts.subList(0, parts.size() - 1));
    parts.clear();
    reader.begin();
    for (Part part : kept) {
      reader.read(text, part.from(), part.to(), form, ALL);
      add(part.line(), part.from(), part.to());
    }
    reader.read(text, last.from(), last.to(), form, whole - reader.count());
    int end = reader.end();
    boolean inWord = end < last.to() && Characters.isAlphanumeric(text[end]);
    if (inWord || (end < last.to() && text[end] == '\\')) {
      reader.read(text, end, last.to(), form, ALL);
      end = last.to();
    }
    add(last.line(), last.from(), end);
    return end;
  }

  /** Whether the text says how many bytes there are, and the last frame lacks the others. */
  private boolean isRestCounted(int count, long missing, int end) {
    Part first = parts.get(0);
    Part last = parts.get(parts.size() - 1);
    long all = count + missing;
    if (missing <= 0 || all > Integer.MAX_VALUE) {
      return false;
    }
    int ellipsis = Characters.skipWhite(text, end, lines.end(last.line()));
    return LeftOut.count(text, ellipsis, lines.end(last.line())) == missing
        || Counts.agree(lines, first.line(), first.from(), last.line(), end, (int) all);
  }

  /** Whether characters from U+0080 to U+00FF are one byte each: what makes frames decides. */
  private boolean prefersLatin1() {
    byte[] latin1 = reader.latin1();
    if (latin1 == null || latin1.length == reader.count()) {
      return false;
    }
    boolean single = FrameCheck.of(latin1).isValid();
    boolean multiple = FrameCheck.of(reader.utf8()).isValid();
    return single == multiple ? reader.prefersLatin1() : single;
  }

  private Candidate candidate(byte[] bytes, boolean latin1, int end) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    for (Part part : parts) {
      int next = latin1 ? part.latin1End() : part.utf8End();
      byte[] own = parts.size() == 1 ? bytes : Arrays.copyOfRange(bytes, at, next);
      if (own.length > 0) {
        pieces.add(new Piece(part.line(), part.from(), part.to(), own, null));
      }
      at = next;
    }
    Part first = parts.get(0);
    Part last = parts.get(parts.size() - 1);
    EnumSet<Evidence> evidence = EnumSet.noneOf(Evidence.class);
    if (reader.escapes() > 0) {
      evidence.add(Evidence.MARKED);
    }
    if (Counts.agree(lines, first.line(), first.from(), last.line(), end, bytes.length)) {
      evidence.add(Evidence.COUNTED);
    }
    Set<Evidence> ends = Continued.endOfLine(lines, last.line(), end);
    evidence.addAll(ends);
    return new Candidate(Candidate.Kind.BYTES, "escapes", "escaped", pieces, evidence);
  }
}
