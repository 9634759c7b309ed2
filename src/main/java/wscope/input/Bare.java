package wscope.input;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;
import wscope.input.spelling.Guess;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.Lookalike;
import wscope.input.spelling.SpelledBytes;
import wscope.input.spelling.Spelling;

/**
 * A text that is nothing but bytes in one spelling, with separators and brackets.
 *
 * @param guess its spelling
 * @param count of the bytes in the text that was looked at
 * @param check what the protocol says of them
 * @param evidence for them
 * @param oneNumberPerLine whether each line has one number, whose length may differ
 * @param frameStart index of the first byte at which whole frames begin up to the end, if the bytes
 *     do not begin with a frame; otherwise 0
 * @param payload the kind of payload that bytes without a frame may be; empty if there is none
 */
record Bare(
    Guess guess,
    int count,
    FrameCheck check,
    Set<Evidence> evidence,
    boolean oneNumberPerLine,
    int frameStart,
    String payload) {
  /** The part of a line without an end that is looked at. A multiple of 4, as in base64. */
  static final int LONGEST_LOOK = 16 << 10;

  /** The hex digits of the usual digests. */
  private static final Set<Integer> DIGESTS = Set.of(32, 40, 56, 64, 96, 128);

  private static final int LONGEST_SHIFT = 64;
  private static final int CLOCK_BYTES = 3;
  private static final int SHORTEST_WORD = 3;
  private static final int LONGEST_NUMBER = 16;
  private static final String SEPARATORS = " \t\r\n,;:|-<>{}[]()";

  /**
   * Reads a text as bare bytes.
   *
   * @param complete whether the text ends at {@code to}; otherwise it is read only if its first
   *     lines decide its spelling
   * @return null if it has anything else
   */
  static @Nullable Bare of(byte[] text, int from, int to, boolean complete) {
    if (!hasOnlyBytes(text, from, to) || (!complete && isOpen(text, from, to))) {
      return null;
    }
    Guess guess = SpelledBytes.recognise(text, from, to, complete);
    if (guess == null || guess.spelling() == Spelling.RAW) {
      return null;
    }
    byte[] bytes = read(text, from, to, guess.spelling());
    if (bytes == null || bytes.length == 0) {
      return null;
    }
    FrameCheck check = FrameCheck.of(bytes);
    EnumSet<Evidence> evidence = EnumSet.of(Evidence.ALONE);
    evidence.addAll(check.evidence());
    evidence.addAll(against(text, from, to, bytes.length));
    boolean severalLines = hasLineEnd(text, from, to);
    boolean meansOther = !severalLines && mayMeanOther(text, from, to, guess.spelling());
    boolean other = severalLines || (meansOther && Lookalike.of(ByteBuffer.wrap(bytes)) == null);
    if (other && check.evidence().isEmpty()) {
      evidence.add(Evidence.NO_FRAMES);
    } else if (severalLines && check.evidence().contains(Evidence.OPEN_MESSAGE)) {
      evidence.addAll(digits(text, from, to));
    }
    return new Bare(
        guess,
        bytes.length,
        check,
        evidence,
        hasOneNumberPerLine(text, from, to),
        frameStart(bytes, check),
        check.evidence().isEmpty() ? PayloadGuess.of(bytes) : "");
  }

  /**
   * Whether a line may well be something else than bytes: a word of base64, decimal numbers, a
   * digest, or a word and numbers.
   */
  private static boolean mayMeanOther(byte[] text, int from, int to, Spelling spelling) {
    return switch (spelling) {
      case BASE64, DECIMAL -> true;
      case HEX -> {
        int longest = 0;
        int length = 0;
        int words = 0;
        boolean marked = false;
        for (int i = from; i < to; i++) {
          length = isWord(text, i) ? length + 1 : 0;
          longest = Math.max(longest, length);
          words += length == 1 ? 1 : 0;
          marked |= (text[i] | 0x20) == 'x';
        }
        yield words == 1 ? DIGESTS.contains(longest) : longest > 2 && !marked;
      }
      default -> false;
    };
  }

  private static int frameStart(byte[] bytes, FrameCheck check) {
    if (!check.evidence().isEmpty()) {
      return 0;
    }
    for (int i = 1; i < Math.min(bytes.length, LONGEST_SHIFT); i++) {
      if (FrameCheck.canBegin(bytes, i, bytes.length)) {
        FrameCheck shifted = FrameCheck.of(bytes, i, bytes.length);
        if (shifted.isValid() && shifted.isReadable()) {
          return i;
        }
      }
    }
    return 0;
  }

  /** The bytes of a text; null if it is not in this spelling to its end. */
  private static byte @Nullable [] read(byte[] text, int from, int to, Spelling spelling) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(8 << 10);
    try {
      SpelledBytes spelled =
          new SpelledBytes(new ByteArrayInputStream(text, from, to - from), spelling);
      boolean more = true;
      while (more) {
        more = spelled.read(piece.clear());
        bytes.write(piece.array(), 0, piece.position());
      }
      if (spelled.hasWords()) {
        return null;
      }
    } catch (InvalidSpelling e) {
      return null;
    } catch (IOException e) {
      throw new AssertionError("memory can be read", e);
    }
    return bytes.toByteArray();
  }

  /** Whether each word of the text is a number or base64. The rest is for the matchers. */
  private static boolean hasOnlyBytes(byte[] text, int from, int to) {
    int at = from;
    while (at < to && isSpace(text[at])) {
      at++;
    }
    return at < to && (text[at] == '\\' || areNumbers(text, at, to) || isBase64(text, at, to));
  }

  /**
   * Whether a list is open, of which the rest may be left out, as in {@code <<129, 62, ...>>}, or a
   * backslash continues the line, as in the output of {@code sed -n l}, which ends with a dollar.
   */
  private static boolean isOpen(byte[] text, int from, int to) {
    int last = to - 1;
    while (last > from && (text[last] == '\n' || text[last] == '\r')) {
      last--;
    }
    int open = text[last] == '\\' ? 1 : 0;
    for (int i = from; i < to; i++) {
      boolean twice = i > from && text[i - 1] == text[i];
      switch (text[i]) {
        case '[', '{', '(' -> open++;
        case ']', '}', ')' -> open--;
        case '<' -> open += twice ? 1 : 0;
        case '>' -> open -= twice ? 1 : 0;
        default -> {}
      }
    }
    return open > 0;
  }

  /** Whether all words are hex digits, perhaps after 0x or 0b. */
  private static boolean areNumbers(byte[] text, int from, int to) {
    boolean inWord = false;
    for (int i = from; i < to; i++) {
      byte c = text[i];
      boolean digit = Character.digit(c < 0 ? 0 : c, 16) >= 0;
      boolean mark = inWord && (c | 0x20) == 'x' && text[i - 1] == '0' && !isWord(text, i - 2);
      if (!digit && !mark && (c < 0 || SEPARATORS.indexOf(c) < 0)) {
        return false;
      }
      inWord = digit || mark;
    }
    return true;
  }

  private static boolean isWord(byte[] text, int index) {
    return index >= 0 && Character.isLetterOrDigit(text[index]);
  }

  /** Whether each line is one word of base64. */
  private static boolean isBase64(byte[] text, int from, int to) {
    boolean ended = false;
    for (int i = from; i < to; i++) {
      byte c = text[i];
      if (c == '\n') {
        ended = false;
      } else if (isSpace(c)) {
        ended = true;
      } else if (ended || c < 0 || !(Character.isLetterOrDigit(c) || "+/-_=".indexOf(c) >= 0)) {
        return false;
      }
    }
    return true;
  }

  /** A text that begins with an escape is one literal without quotes. */
  static boolean startsWithEscape(Lines lines) {
    int line = 0;
    while (line + 1 < lines.count() && lines.isEmpty(line)) {
      line++;
    }
    return lines.string(line).stripLeading().startsWith("\\");
  }

  /** Whether a text is bytes of two hex digits, and one digit at its end. */
  static boolean endsInsideByte(Lines lines) {
    int words = 0;
    int length = 2;
    for (int line = 0; line < lines.count(); line++) {
      for (int i = lines.start(line); i < lines.end(line); i++) {
        byte c = lines.text()[i];
        boolean starts = !isWord(lines.text(), i - 1) || i == lines.start(line);
        if (isSpace(c)) {
          continue;
        }
        if (c < 0 || Character.digit(c, 16) < 0 || (starts && length != 2) || length > 2) {
          return false;
        }
        words += starts ? 1 : 0;
        length = starts ? 1 : length + 1;
      }
    }
    return words > 2 && length == 1;
  }

  /** A text of numbers that are not bytes has an error at one of them. */
  static void throwIfMistyped(Lines lines) throws InvalidSpelling {
    byte[] text = lines.text();
    boolean numbers = lines.count() > 0;
    for (int line = 0; numbers && line < lines.count(); line++) {
      numbers = lines.isEmpty(line) || isMeantAsBytes(text, lines.start(line), lines.to());
    }
    if (!numbers) {
      return;
    }
    throwError(text, lines.start(0), lines.to(), lines.number(0));
  }

  /** Throws the error of the spelling that reads a text farthest, if it has one. */
  static void throwError(byte[] text, int from, int to, long line) throws InvalidSpelling {
    SpelledBytes spelled =
        new SpelledBytes(new ByteArrayInputStream(text, from, to - from), null, line);
    ByteBuffer piece = ByteBuffer.allocate(8 << 10);
    try {
      while (spelled.read(piece.clear())) {
        // Only the error is wanted.
      }
    } catch (IOException e) {
      throw new AssertionError("memory can be read", e);
    }
  }

  /** The index before a limit at which no number, escape or group of base64 is cut. */
  static int cut(byte[] text, int from, int limit) {
    int start = limit;
    while (start > from && !isSpace(text[start - 1]) && text[start - 1] != ',') {
      if (text[start - 1] == '\\') {
        return start - 1;
      }
      start--;
    }
    return start > limit - LONGEST_NUMBER && start > from
        ? start
        : start + (limit - start) / LONGEST_NUMBER * LONGEST_NUMBER;
  }

  /** Whether the line that begins here has numbers and no words. */
  static boolean isMeantAsBytes(byte[] text, int from, int to) {
    int numbers = 0;
    int words = 0;
    int at = from;
    while (at < to && text[at] != '\n') {
      int start = at;
      boolean hex = true;
      while (at < to && (text[at] < 0 || Character.isLetterOrDigit(text[at]))) {
        hex &= Character.digit(Math.max(0, text[at]), 16) >= 0;
        at++;
      }
      boolean word =
          !hex && at - start >= SHORTEST_WORD && !Character.isDigit(Math.max(0, text[start]));
      words += word ? 1 : 0;
      numbers += at > start && !word ? 1 : 0;
      at += at == start ? 1 : 0;
    }
    return numbers > 0 && words == 0;
  }

  /** Whether there is text after a line end. */
  private static boolean hasLineEnd(byte[] text, int from, int to) {
    int lineEnd = from;
    while (lineEnd < to && text[lineEnd] != '\n') {
      lineEnd++;
    }
    for (int i = lineEnd; i < to; i++) {
      if (!isSpace(text[i])) {
        return true;
      }
    }
    return false;
  }

  /** Whether no line has two numbers or a long one. */
  private static boolean hasOneNumberPerLine(byte[] text, int from, int to) {
    int length = 0;
    boolean ended = false;
    for (int i = from; i < to; i++) {
      boolean digit = Character.isLetterOrDigit(Math.max(0, text[i]));
      if (text[i] == '\n') {
        ended = false;
        length = 0;
      } else if (digit && (ended || ++length > 4)) {
        return false;
      } else if (!digit) {
        ended |= length > 0;
      }
    }
    return true;
  }

  /** Whether these are numbers without any letter. */
  private static Set<Evidence> digits(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.isLetter(text[i])) {
        return Set.of();
      }
    }
    return EnumSet.of(Evidence.NUMBERS);
  }

  /** Words of hex letters, and times. */
  private static Set<Evidence> against(byte[] text, int from, int to, int count) {
    int digits = 0;
    int colons = 0;
    int others = 0;
    for (int i = from; i < to; i++) {
      byte c = text[i];
      digits += c >= '0' && c <= '9' ? 1 : 0;
      colons += c == ':' ? 1 : 0;
      others += c == ':' || isSpace(c) || (c >= '0' && c <= '9') ? 0 : 1;
    }
    if (digits == 0) {
      return EnumSet.of(Evidence.WORDS);
    }
    boolean clock = others == 0 && colons == count - 1 && colons > 0 && count <= CLOCK_BYTES;
    return clock ? EnumSet.of(Evidence.CLOCK) : Set.of();
  }

  /** The points of its evidence. */
  int points() {
    return Evidence.points(evidence, false);
  }

  /** Whether it is whole frames and nothing else, by all that has arrived. */
  boolean isValid() {
    return check.isValid() && isCertain();
  }

  /** Whether what follows can hardly change what this is. */
  boolean isCertain() {
    return isSure()
        && check.isValidSoFar()
        && !check.evidence().isEmpty()
        && !oneNumberPerLine
        && !evidence.contains(Evidence.OPEN_MESSAGE);
  }

  /** What is found if it is not sure. */
  Find find(Lines lines) {
    int last = lines.count() - 1;
    String spelling = guess.spelling().toString();
    return new Find(
        Candidate.Kind.BYTES,
        spelling,
        spelling,
        lines.number(0),
        1,
        lines.number(last),
        lines.column(last, lines.end(last)) - 1,
        lines.count(),
        count,
        evidence,
        true);
  }

  /**
   * Whether no candidate is better. One that leaves out some of the numbers is better only if they
   * are no frames as a whole.
   */
  boolean isBest(Selection selection) {
    int own = Evidence.points(evidence, true);
    for (Candidate candidate : selection.chosen()) {
      boolean alone = candidate.evidence().contains(Evidence.ALONE);
      if (candidate.protocolPoints() > own && (alone || own == 0)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the evidence is enough to decode it. */
  boolean isSure() {
    return points() >= Evidence.NEEDED;
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
