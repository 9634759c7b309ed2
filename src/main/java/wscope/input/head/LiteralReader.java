package wscope.input.head;

import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Candidate.Kind;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/**
 * Reads a head that is one string literal, or several that a program joins:
 *
 * <pre>
 * b'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x05Hello'
 * </pre>
 *
 * What follows the head of a request or of a response 101 in the literal is a candidate for frames.
 */
final class LiteralReader {
  static final String FORM = "string literal";

  private final Lines lines;
  private final StartLine start;
  private final @Nullable Way way;
  private final Literal literal;
  private final SpelledPieces pieces;
  private final StringBuilder content = new StringBuilder();
  private int lineStart;
  private int fieldsStart;
  private boolean head;

  LiteralReader(Lines lines, StartLine start, @Nullable Way way) {
    this.lines = lines;
    this.start = start;
    this.way = way;
    this.literal = new Literal(lines, start.line(), start.from());
    this.pieces = new SpelledPieces(way);
  }

  /**
   * Reads the head and what follows it.
   *
   * @return the index in the text after what was read, on the line {@link #line}
   */
  int read(Consumer<Candidate> found) {
    boolean ended = readHead();
    boolean whole = ended || (literal.isWhole() && hasFields());
    if (whole && literal.isValid() && isHead() && !hasPlaceholder()) {
      head = true;
      offer(ended, found);
      if (ended && (start.kind() == Kind.REQUEST || isSwitching())) {
        readRest(found);
      }
    }
    return Math.max(literal.after(), literal.line() == start.line() ? start.to() : 0);
  }

  /** Whether a head was found. */
  boolean hasHead() {
    return head;
  }

  /** The line that was read last. */
  int line() {
    return literal.line();
  }

  private void offer(boolean ended, Consumer<Candidate> found) {
    if (!ended) {
      endOpenHead();
    }
    pieces.end();
    EnumSet<Evidence> evidence = EnumSet.of(hasFields() ? Evidence.HEAD : Evidence.START_LINE);
    if (!ended && !lines.isEnd() && literal.reachesEnd()) {
      evidence.add(Evidence.OPEN_HEAD);
    }
    found.accept(new Candidate(start.kind(), FORM, "", pieces.pieces(), evidence));
  }

  /** Reads up to the empty line. Returns whether there is one. */
  private boolean readHead() {
    int value = literal.next(false);
    while (value >= 0) {
      boolean returned = content.length() > 0 && content.charAt(content.length() - 1) == '\r';
      if (value == '\n' && !returned) {
        pieces.addOmitted('\r');
        content.append('\r');
      }
      pieces.add(literal, value);
      content.append((char) value);
      if (value == '\n') {
        if (content.length() == lineStart + 2) {
          return true;
        }
        if (fieldsStart > 0 && lineStart == fieldsStart && !isHead()) {
          return false;
        }
        lineStart = content.length();
        fieldsStart = fieldsStart == 0 ? lineStart : fieldsStart;
      }
      value = literal.next(lineStart == content.length());
    }
    return false;
  }

  /** Adds the line ends that the text omits at the end of its head. */
  private void endOpenHead() {
    if (lineStart < content.length()) {
      pieces.addOmitted('\r');
      pieces.addOmitted('\n');
    }
    pieces.addOmitted('\r');
    pieces.addOmitted('\n');
  }

  private boolean hasFields() {
    return fieldsStart > 0 && content.length() > fieldsStart + 2;
  }

  /** Whether a field or the empty line follows the start line. */
  private boolean isHead() {
    if (fieldsStart == 0) {
      return false;
    }
    int end = content.indexOf("\r", fieldsStart);
    byte[] field =
        HeadPieces.bytes(content.substring(fieldsStart, end < 0 ? content.length() : end));
    return end == fieldsStart || FieldLine.is(field, 0, field.length);
  }

  /** Whether it is a template. */
  private boolean hasPlaceholder() {
    byte[] bytes = HeadPieces.bytes(content.toString());
    return Placeholders.in(bytes, 0, bytes.length);
  }

  private boolean isSwitching() {
    int space = content.indexOf(" ");
    return space > 0 && content.indexOf("101", space) == space + 1;
  }

  /** Whether another head follows at once. */
  private boolean isStart(int from, int to) {
    byte[] text = lines.text();
    return Chars.isAt(text, from, to, "http/") || Chars.isAt(text, from, to, "get ");
  }

  /** Offers what follows the head, with and without a CRLF before it. */
  private void readRest(Consumer<Candidate> found) {
    if (isStart(literal.after(), lines.end(literal.line()))) {
      return;
    }
    SpelledPieces all = new SpelledPieces(way);
    StringBuilder first = new StringBuilder();
    int value = literal.next(false);
    while (value >= 0) {
      all.add(literal, value);
      if (first.length() < 2 && first.append((char) value).toString().equals("\r\n")) {
        all.end();
      }
      value = literal.next(false);
    }
    all.end();
    List<Piece> rest = all.pieces();
    if (rest.isEmpty() || !literal.isValid()) {
      return;
    }
    EnumSet<Evidence> evidence = EnumSet.of(Evidence.MARKED, Evidence.AFTER_HEAD);
    found.accept(new Candidate(Kind.BYTES, FORM, "", rest, evidence));
    if (first.toString().equals("\r\n") && rest.size() > 1) {
      List<Piece> frames = rest.subList(1, rest.size());
      found.accept(new Candidate(Kind.BYTES, FORM, "", frames, evidence));
    }
  }
}
