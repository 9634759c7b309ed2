package wscope.protocol.handshake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * Reads an HTTP head (RFC 9112 §2 to §5) that may be split anywhere, up to its empty line and no
 * further. The decoder tolerates a violation if the meaning of the head is unambiguous, and reports
 * it.
 */
public abstract class HeadDecoder {
  /** The limit of violations: a head with more is not read further. */
  private static final int MOST_VIOLATIONS = 16;

  private static final int FIRST_CAPACITY = 512;

  private final int maxHead;
  private final int maxFields;
  private final HeadRules rules;
  private final List<Violation> violations = new ArrayList<>(0);
  private final Map<Rule, RepeatedViolation> repeated = new EnumMap<>(Rule.class);
  private final List<HeaderField> fields = new ArrayList<>();
  private byte[] head = new byte[FIRST_CAPACITY];
  private int size;
  private int lineStart;
  private long line = 1;
  private int start;
  private boolean started;
  private boolean complete;
  private boolean done;

  /**
   * Creates a decoder for one head.
   *
   * @param maxHead the maximum size of the head in bytes, with the empty line
   * @param maxFields the maximum number of header fields
   * @param rules the rules for the lines of the head
   */
  HeadDecoder(int maxHead, int maxFields, HeadRules rules) {
    this.rules = rules;
    this.maxHead = maxHead;
    this.maxFields = maxFields;
  }

  /**
   * Reads bytes until the head is complete or cannot be read further. The bytes after the head stay
   * in the buffer.
   *
   * @return whether the decoder is done
   */
  public final boolean feed(ByteBuffer in) {
    while (!done && in.hasRemaining()) {
      take(in.get());
    }
    return done;
  }

  /** The violations of the head so far, in the order of its bytes. */
  public final List<Violation> violations() {
    return Collections.unmodifiableList(violations);
  }

  /** Whether the head was read to its empty line. */
  final boolean isComplete() {
    return complete;
  }

  /** The header fields, in their order. */
  final List<HeaderField> fields() {
    return List.copyOf(fields);
  }

  /** The offset of the first line: 0, or 2 after an empty line. */
  final int start() {
    return start;
  }

  /** The number of bytes that were read. */
  final int size() {
    return size;
  }

  /**
   * Reads the first line, which comes without its line end. Calls {@link #stop} if the line is
   * invalid.
   */
  abstract void startLine(String line);

  /** The violation that the first byte shows, if it belongs to another protocol; otherwise null. */
  abstract @Nullable String firstByteViolation(byte b);

  /** The rule that a malformed first line breaks. */
  abstract Rule startLineRule();

  /** All received bytes, one character each. */
  public final String received() {
    return new String(head, 0, size, StandardCharsets.ISO_8859_1);
  }

  private void take(byte b) {
    if (size == maxHead) {
      stop(Rule.HEAD_TOO_LARGE, size, "more than " + maxHead + " bytes");
      return;
    }
    if (size == head.length) {
      head = Arrays.copyOf(head, Math.min(2 * size, maxHead));
    }
    head[size++] = b;
    boolean afterCr = size > 1 && head[size - 2] == '\r';
    if (b == '\n' && afterCr && size == 2 && rules.allowsEmptyLine()) {
      start = size;
      endOfLine();
    } else if (b == '\n') {
      endLine(afterCr);
    } else if (afterCr) {
      addRepeated(rules.lineEnd(), size - 2, "CR without LF");
    } else if (size == start + 1 && !(b == '\r' && start == 0 && rules.allowsEmptyLine())) {
      String found = firstByteViolation(b);
      if (found != null) {
        stop(startLineRule(), start, found);
      }
    }
  }

  private void endLine(boolean afterCr) {
    int end = size - (afterCr ? 2 : 1);
    if (!afterCr) {
      addRepeated(rules.lineEnd(), end, "LF without CR");
    }
    String line = new String(head, lineStart, end - lineStart, StandardCharsets.ISO_8859_1);
    if (!started) {
      started = true;
      startLine(line);
    } else if (line.isEmpty()) {
      complete = true;
      done = true;
    } else {
      readField(line);
    }
    endOfLine();
  }

  private void endOfLine() {
    lineStart = size;
    line++;
  }

  static final boolean isVersion(String word) {
    return word.length() == 8
        && word.startsWith("HTTP/")
        && Ascii.isDigit(word.charAt(5))
        && word.charAt(6) == '.'
        && Ascii.isDigit(word.charAt(7));
  }

  private void readField(String line) {
    if (fields.size() == maxFields) {
      stop(Rule.TOO_MANY_HEADER_FIELDS, lineStart, "more than " + maxFields + " header fields");
      return;
    }
    int colon = line.indexOf(':');
    if (Ascii.isSpaceOrTab(line.charAt(0))) {
      addRepeated(rules.folded(), lineStart, "the line begins with a space or tab");
      unfold(line);
    } else if (colon < 0) {
      addMalformed(Rule.HEADER_FIELD_WITHOUT_COLON, lineStart, line);
    } else if (!Ascii.isToken(line.substring(0, colon))) {
      addNameViolation(line, colon);
    } else {
      addField(line, colon, colon);
    }
  }

  /** Appends a folded line to the value of its field, after a space (RFC 9112 §5.2). */
  private void unfold(String line) {
    int last = fields.size() - 1;
    if (rules.isTolerant() && last >= 0) {
      HeaderField field = fields.get(last);
      String value = (field.value() + ' ' + line.strip()).strip();
      fields.set(last, new HeaderField(field.name(), value, field.offset(), field.valueOffset()));
    }
  }

  /** Adds what is wrong with one line: in a response, all such lines share a rule. */
  private void addMalformed(Rule rule, int offset, String found) {
    if (rules.isTolerant()) {
      addRepeated(Rule.ANSWER_FIELD_MALFORMED, offset, found);
    } else {
      add(rule, offset, found);
    }
  }

  private void addNameViolation(String line, int colon) {
    int at = 0;
    while (at < colon && Ascii.isToken(line.charAt(at))) {
      at++;
    }
    String found = at == colon ? "the name is empty" : Ascii.show(line.charAt(at)) + " in the name";
    addMalformed(Rule.HEADER_NAME_MALFORMED, lineStart + at, found);
    int end = colon;
    while (end > 0 && Ascii.isSpaceOrTab(line.charAt(end - 1))) {
      end--;
    }
    if (rules.isTolerant() && Ascii.isToken(line.substring(0, end))) {
      addField(line, end, colon);
    }
  }

  /** Adds the field of a line, whose name ends before its colon. */
  private void addField(String line, int nameEnd, int colon) {
    int start = colon + 1;
    int end = line.length();
    while (start < end && Ascii.isSpaceOrTab(line.charAt(start))) {
      start++;
    }
    while (end > start && Ascii.isSpaceOrTab(line.charAt(end - 1))) {
      end--;
    }
    for (int at = start; at < end; at++) {
      char c = line.charAt(at);
      if (!Ascii.isFieldValue(c)) {
        String found = Ascii.show(c) + " in " + line.substring(0, nameEnd);
        if (!rules.isTolerant() || c == 0 || c == '\r') {
          add(Rule.HEADER_VALUE_MALFORMED, lineStart + at, found);
          return;
        }
        addMalformed(Rule.HEADER_VALUE_MALFORMED, lineStart + at, found);
      }
    }
    fields.add(
        new HeaderField(
            line.substring(0, nameEnd), line.substring(start, end), lineStart, lineStart + start));
  }

  /** Adds a violation after which the head can be read on. */
  final void add(Rule rule, int offset, String found) {
    violations.add(new Violation(rule, offset, 0, found));
    done |= violations.size() == MOST_VIOLATIONS;
  }

  /** Adds a violation that many lines may have: only once, with the numbers of the lines. */
  private void addRepeated(Rule rule, int offset, String found) {
    RepeatedViolation seen = repeated.get(rule);
    if (seen == null) {
      seen = new RepeatedViolation(violations.size(), rule, offset, found);
      repeated.put(rule, seen);
      add(rule, offset, found);
    }
    seen.add(line);
    violations.set(seen.index(), seen.violation());
  }

  final void stop(Rule rule, int offset, String found) {
    add(rule, offset, found);
    done = true;
  }
}
