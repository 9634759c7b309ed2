package wscope.input.head;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Candidate.Kind;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Way;

/**
 * Reads a head with one field per line, as clients, servers, logs and mails show it:
 *
 * <pre>
 * &gt; GET /chat HTTP/1.1
 * &gt; Host: example.com
 * &gt;
 * </pre>
 *
 * An empty line ends it, or the end of the text, or a line that is not a field.
 */
final class HeadReader {
  static final String FORM = "HTTP head";

  /** More lines of others between two fields end a head. */
  private static final int MOST_OTHERS = 3;

  /** More words are a sentence. */
  private static final int MOST_WORDS = 3;

  /** More words after a status code are a sentence. */
  private static final int LONGEST_REASON = 60;

  private static final int LONGEST_NAME = 64;

  private final Lines lines;
  private final byte[] text;
  private final StartLine start;
  private final HeadLayout layout;
  private final HeadPieces pieces;
  private boolean ended;

  HeadReader(Lines lines, StartLine start, @Nullable Way way) {
    this.lines = lines;
    this.text = lines.text();
    this.start = start;
    this.layout = new HeadLayout(lines, start);
    this.pieces = new HeadPieces(lines, way);
  }

  /**
   * Reads the head.
   *
   * @return the index of the line after it; that of the start line if there is none
   */
  int read(Consumer<Candidate> found) {
    if (hasDots()) {
      addStart(lines.end(start.line()));
      found.accept(pieces.head(start.kind(), FORM, Set.of(Evidence.DOTS_FOR_BYTES)));
      return start.line() + 1;
    }
    if (!layout.find()) {
      return readLone(found);
    }
    boolean marked = layout.end() == start.end() || start.end().isLiteral();
    addStart(marked ? start.to() : lines.end(start.line()));
    int line = readFields(layout.first());
    pieces.removePadding();
    trimStart();
    found.accept(pieces.head(start.kind(), FORM, evidence(Evidence.HEAD, line)));
    return line;
  }

  /** Whether a field follows on the start line after two dots, which may be any two bytes. */
  private boolean hasDots() {
    int to = lines.end(start.line());
    for (int i = start.from(); i + 2 < to; i++) {
      boolean name = text[i] == '.' && text[i + 1] == '.' && Chars.isLetter(text[i + 2]);
      if (name && FieldLine.isTypical(text, i + 2, Math.min(to, i + LONGEST_NAME))) {
        return true;
      }
    }
    return false;
  }

  private void addStart(int to) {
    int end = to;
    while (end > start.from() && text[end - 1] == '\r') {
      end--;
    }
    pieces.add(start.line(), start.from(), end);
  }

  /** Spaces after a version were hardly sent, but easily copied. */
  private void trimStart() {
    if (start.kind() == Kind.REQUEST) {
      pieces.trimFirst();
    }
  }

  /** A start line without fields. */
  private int readLone(Consumer<Candidate> found) {
    int next = start.line() + 1;
    boolean open = next == lines.count() && !lines.isEnd();
    boolean plain = start.sure() && start.end() == LineEnd.NONE && !isSentence();
    if (plain && (open || layout.isRepeated())) {
      addStart(start.to());
      trimStart();
      ended = next < lines.count() && layout.read(next) && layout.isEmpty();
      found.accept(pieces.head(start.kind(), FORM, evidence(Evidence.START_LINE, next)));
      return next;
    }
    return start.line();
  }

  private boolean isSentence() {
    return start.kind() == Kind.RESPONSE && start.to() - start.from() > LONGEST_REASON;
  }

  private Set<Evidence> evidence(Evidence first, int next) {
    EnumSet<Evidence> evidence = EnumSet.of(first);
    int tolerance = layout.hasPrefix() ? MOST_OTHERS : 0;
    boolean open = !ended && next + tolerance >= lines.count();
    if (!lines.isEnd() && (open || mayPrecedeRequest())) {
      evidence.add(Evidence.OPEN_HEAD);
    }
    return evidence;
  }

  /** Whether developer tools list the head, whose request may follow its response. */
  private boolean mayPrecedeRequest() {
    int label = start.line() - 1;
    while (label > 0 && lines.isEmpty(label)) {
      label--;
    }
    return start.kind() == Kind.RESPONSE
        && label >= 0
        && Labels.isHeadersLabel(text, lines.start(label), lines.end(label));
  }

  /** Reads fields from a line on. Returns the index of the line after the head. */
  private int readFields(int first) {
    int line = first;
    while (line < lines.count()) {
      if (!layout.read(line)) {
        int after = afterOthers(line);
        if (after < 0) {
          return line;
        }
        line = after;
      } else if (layout.isEmpty()) {
        line++;
        if (!layout.hasGaps() || line == lines.count() || !isField(line)) {
          ended = true;
          return line;
        }
      } else if (belongs(line)) {
        line++;
      } else {
        return line;
      }
    }
    return line;
  }

  /** The index of the line after lines of others; -1 if the head ends here. */
  private int afterOthers(int line) {
    if (layout.isNote(line)) {
      return line + 1;
    }
    if (!layout.hasPrefix()) {
      return -1;
    }
    int last = Math.min(lines.count() - 1, line + MOST_OTHERS);
    for (int i = line; i <= last; i++) {
      if (layout.read(i)) {
        return FieldLine.isTypical(text, layout.from(), layout.to()) ? i : -1;
      }
      if (StartLine.find(lines, i) != null) {
        return -1;
      }
    }
    return -1;
  }

  /** Adds the line that was read last, if it belongs to the head. */
  private boolean belongs(int line) {
    int from = layout.from();
    int to = layout.to();
    boolean typical = FieldLine.isTypical(text, from, to);
    if (layout.isNextRecord(line) || (!typical && StartLine.find(lines, line) != null)) {
      return false;
    }
    boolean field = FieldLine.is(text, from, to);
    if (field ? isLabel(line, from, to) : !isViolation(line, from, to)) {
      return false;
    }
    pieces.add(line, from, to);
    return true;
  }

  /** Whether a name without a value is a label of what follows: {@code Response:}. */
  private boolean isLabel(int line, int from, int to) {
    int colon = FieldLine.colon(text, from, to);
    if (Chars.skipSpaces(text, colon + 1, to) < to) {
      return false;
    }
    int next = line + 1;
    while (next < lines.count() && next < line + MOST_OTHERS && lines.isEmpty(next)) {
      next++;
    }
    if (next >= lines.count()) {
      return false;
    }
    if (FieldLine.isTypical(text, from, to)) {
      boolean hyphen = FieldLine.name(text, from, colon).indexOf('-') > 0;
      return !hyphen && StartLine.find(lines, next) != null;
    }
    return !isField(next);
  }

  private boolean isField(int line) {
    return layout.read(line) && FieldLine.is(text, layout.from(), layout.to());
  }

  /** Whether a line that is not a field was sent as part of the head. */
  private boolean isViolation(int line, int from, int to) {
    int at = Chars.skipSpaces(text, from, to);
    if (!Chars.isAlphanumeric(text[at])
        || (FieldLine.colon(text, at, to) >= 0 && at == from)
        || FieldLine.isBytes(text, at, to)
        || Labels.isHeadersLabel(text, at, to)) {
      return false;
    }
    if (isMalformed(at, to)) {
      return true;
    }
    boolean next =
        line + 1 < lines.count()
            && layout.read(line + 1)
            && (FieldLine.isTypical(text, layout.from(), layout.to())
                || isMalformed(layout.from(), layout.to()));
    return next && (at > from || isShort(at, to));
  }

  private boolean isShort(int from, int to) {
    int words = 1;
    for (int i = from; i < Chars.trim(text, from, to); i++) {
      words += text[i] == ' ' ? 1 : 0;
    }
    return words <= MOST_WORDS;
  }

  /** Whether a known name has other characters instead of hyphens: {@code User Agent: x}. */
  private boolean isMalformed(int from, int to) {
    int colon = from;
    while (colon < to && colon < from + LONGEST_REASON && text[colon] != ':') {
      colon++;
    }
    if (colon == to || text[colon] != ':') {
      return false;
    }
    byte[] name = Arrays.copyOfRange(text, from, colon);
    for (int i = 0; i < name.length; i++) {
      name[i] = Chars.isLetter(name[i]) ? name[i] : (byte) '-';
    }
    return FieldLine.isKnownName(name, 0, name.length);
  }
}
