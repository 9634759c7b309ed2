package wscope.input.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Ways;

/** What the text says for and against a run of bytes. */
final class RunEvidence {
  private static final int CLOCK_BYTES = 6;
  private static final int FEW_NUMBERS = 4;
  private static final int SHORT = 2;

  /** Counts further away count something else. */
  private static final int LONGEST_LOOK = 160;

  private static final int LONGEST_INTEGER = 8;
  private static final Set<Integer> DIGESTS = Set.of(16, 20, 28, 32, 48, 64);

  private static final List<String> UNITS = List.of("bytes", "byte", "b", "octets");

  /** Words that name a number of bytes, as in {@code len=5}. */
  private static final Set<String> COUNTS =
      Set.of("len", "length", "size", "sz", "bytes", "byte", "nbytes", "count", "cnt", "n", "l");

  private RunEvidence() {}

  /**
   * The evidence for the bytes {@code from} to {@code to} of a run.
   *
   * @param least points of use: words before the bytes are not read if they cannot give so many
   */
  static Set<Evidence> of(Lines lines, Run run, int from, int to, int least) {
    EnumSet<Evidence> evidence = withoutLabel(lines, run, from, to);
    boolean enough = Evidence.points(evidence, false) + Evidence.LABELLED.points() >= least;
    if (enough && isLabelled(lines, run, run.start(from), evidence)) {
      evidence.add(Evidence.LABELLED);
    }
    if (isStray(run, evidence)) {
      evidence.remove(Evidence.MARKED);
      evidence.add(Evidence.NUMBERS);
    }
    return evidence;
  }

  /** What looks like a digest or an identifier is only labelled by the word just before it. */
  private static boolean isLabelled(Lines lines, Run run, int start, Set<Evidence> evidence) {
    return isName(evidence)
        ? Ways.announceBytesAtEnd(lines, run.line(), start)
        : Ways.announceBytes(lines, run.line(), start);
  }

  private static boolean isName(Set<Evidence> evidence) {
    return evidence.contains(Evidence.DIGEST) || evidence.contains(Evidence.IDENTIFIER);
  }

  /** Whether this is a digest or an identifier that the text gives a name of its own. */
  static boolean isOtherName(Set<Evidence> evidence) {
    return (isName(evidence) || evidence.contains(Evidence.SHORT_WORD))
        && !evidence.contains(Evidence.OWN_LINE)
        && !evidence.contains(Evidence.LABELLED);
  }

  /** Whether the evidence for the rest of a run may have so many points; it takes less time. */
  static boolean mayGive(int points, Lines lines, Run run, int from) {
    int least = points - Evidence.LABELLED.points();
    EnumSet<Evidence> cheap = ofPlace(lines, run, from, run.count());
    against(run, run.count() - from, cheap);
    return Evidence.points(cheap, false) + Evidence.COUNTED.points() >= least
        && Evidence.points(withoutLabel(lines, run, from, run.count()), false) >= least;
  }

  private static EnumSet<Evidence> withoutLabel(Lines lines, Run run, int from, int to) {
    EnumSet<Evidence> evidence = ofPlace(lines, run, from, to);
    if (isCounted(lines, run, run.start(from), to - from)) {
      evidence.add(Evidence.COUNTED);
    }
    against(run, to - from, evidence);
    if (isInside(lines, run, from) && !evidence.contains(Evidence.COUNTED)) {
      evidence.add(Evidence.INSIDE);
    }
    return evidence;
  }

  /** What the style says, and where the bytes stand on their line. */
  private static EnumSet<Evidence> ofPlace(Lines lines, Run run, int from, int to) {
    EnumSet<Evidence> evidence = EnumSet.noneOf(Evidence.class);
    int start = run.start(from);
    if (run.style().isMarked()) {
      evidence.add(Evidence.MARKED);
    }
    if (endsLine(lines, run.line(), run.end(to - 1))) {
      evidence.add(Evidence.ENDS_LINE);
      if (isIntroduced(lines, run.line(), start)) {
        evidence.add(Evidence.INTRODUCED);
      }
    }
    if (isPunctuation(lines, lines.start(run.line()), start)) {
      evidence.add(Evidence.OWN_LINE);
    }
    if (run.style() == Style.GROUP && continuesName(lines, run)) {
      evidence.add(Evidence.IDENTIFIER);
    }
    return evidence;
  }

  /**
   * Whether bytes of the run were skipped that are neither words nor the end of a time, such as the
   * 56 of {@code 12:34:56 81 05}.
   */
  private static boolean isInside(Lines lines, Run run, int from) {
    int first = run.start(0);
    boolean time = first > lines.start(run.line()) && isJoint(lines.text()[first - 1]);
    for (int i = time ? 1 : 0; i < from; i++) {
      for (int at = run.start(i); at < run.end(i); at++) {
        if (lines.text()[at] >= '0' && lines.text()[at] <= '9') {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isJoint(byte c) {
    return c == ':' || c == '.' || c == '-' || c == '/' || c == ',' || c == '#';
  }

  private static void against(Run run, int count, Set<Evidence> evidence) {
    char separator = (char) run.separator();
    boolean spaced = separator == ' ' || separator == 0;
    if (run.isLetters()) {
      evidence.add(Evidence.WORDS);
    } else if (run.style() == Style.DECIMAL || run.style() == Style.UNPADDED) {
      evidence.add(separator == '.' ? Evidence.IDENTIFIER : Evidence.NUMBERS);
    } else if (run.isDigits() && !spaced && run.count() <= CLOCK_BYTES) {
      evidence.add(Evidence.CLOCK);
    } else if (run.isNumbersAndWords() && mayBeNumbers(run, count)) {
      evidence.add(Evidence.NUMBERS);
    }
    boolean groups = run.style() == Style.GROUP;
    if (run.style() == Style.PREFIXED_GROUP && run.atoms() == 1) {
      evidence.add(count <= LONGEST_INTEGER ? Evidence.IDENTIFIER : Evidence.ONE_WORD);
    }
    boolean joined = isJoined(run.separator());
    boolean pairs = run.style() == Style.PAIR && joined;
    if (groups && joined) {
      evidence.add(Evidence.IDENTIFIER);
    } else if (pairs && run.count() == CLOCK_BYTES) {
      evidence.add(Evidence.IDENTIFIER);
    } else if ((pairs || (groups && run.atoms() == 1))
        && (DIGESTS.contains(count) || DIGESTS.contains(run.count()))) {
      evidence.add(Evidence.DIGEST);
    } else if (groups && run.atoms() == 1) {
      evidence.add(count <= LONGEST_INTEGER ? Evidence.SHORT_WORD : Evidence.ONE_WORD);
    }
  }

  /** Whether colons or dashes join the parts, as in addresses. */
  private static boolean isJoined(int separator) {
    for (int rest = separator; rest != 0; rest >>>= 8) {
      if ((rest & 0xff) != ':' && (rest & 0xff) != '-') {
        return false;
      }
    }
    return separator != 0;
  }

  /** Whether decimal digits are numbers rather than hex: a few, or groups as in a table. */
  private static boolean mayBeNumbers(Run run, int count) {
    boolean table = run.style() == Style.GROUP && run.atoms() > 1;
    return (table || count <= FEW_NUMBERS) && !isBits(run);
  }

  /** Whether a dash or a colon joins the run to a word before it, as in a UUID. */
  private static boolean continuesName(Lines lines, Run run) {
    int at = run.start(0) - 2;
    return at >= lines.start(run.line())
        && Atoms.isAtom(lines.text()[at])
        && isJoined(lines.text()[at + 1]);
  }

  /** Whether this is one short number amid other words. */
  private static boolean isStray(Run run, Set<Evidence> evidence) {
    return run.atoms() == 1
        && run.count() <= SHORT
        && !isBits(run)
        && !evidence.contains(Evidence.OWN_LINE)
        && !evidence.contains(Evidence.LABELLED);
  }

  private static boolean isBits(Run run) {
    return run.style() == Style.BITS || run.style() == Style.PREFIXED_BITS;
  }

  /** Whether a colon, an equals sign or an arrow stands before the bytes. */
  private static boolean isIntroduced(Lines lines, int line, int start) {
    int at = start - 1;
    while (at >= lines.start(line) && " \"'[(".indexOf(lines.text()[at]) >= 0) {
      at--;
    }
    return at >= lines.start(line) && ":=><|".indexOf(lines.text()[at]) >= 0;
  }

  /** Whether nothing but punctuation stands before a run on its line. */
  static boolean beginsLine(Lines lines, Run run) {
    return isPunctuation(lines, lines.start(run.line()), run.start(0));
  }

  /** Whether nothing but punctuation follows on the line. */
  static boolean endsLine(Lines lines, int line, int at) {
    return isPunctuation(lines, at, lines.end(line));
  }

  private static boolean isPunctuation(Lines lines, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Atoms.isAtom(lines.text()[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether a number on the line, before the bytes or after them, is the number of bytes. */
  private static boolean isCounted(Lines lines, Run run, int start, int count) {
    if (count < 2) {
      return false;
    }
    int end = run.end(run.count() - 1);
    int from = Math.max(lines.start(run.line()), start - LONGEST_LOOK);
    int to = Math.min(lines.end(run.line()), end + LONGEST_LOOK);
    boolean field = run.style() == Style.GROUP && run.atoms() == 1 && run.count() == count;
    return hasCount(lines, from, start, count)
        || hasCount(lines, end, to, count)
        || (field && isCountField(lines.text(), from, start, count));
  }

  /**
   * Whether the field before a word of hex digits is its number of bytes, as modems print it:
   * {@code +TCPRECV: 0,7,810548656c6c6f}.
   */
  private static boolean isCountField(byte[] text, int from, int start, int count) {
    int at = start - 1;
    at -= at > from && text[at] == '"' ? 1 : 0;
    if (at <= from || text[at] != ',') {
      return false;
    }
    int rest = count;
    while (rest > 0 && --at > from && text[at] == '0' + rest % 10) {
      rest /= 10;
    }
    return rest == 0 && at > from && (text[at - 1] == ',' || text[at - 1] == ' ');
  }

  private static boolean hasCount(Lines lines, int from, int to, int count) {
    byte[] text = lines.text();
    int at = from;
    while (at < to) {
      int start = at;
      long value = 0;
      while (at < to && text[at] >= '0' && text[at] <= '9') {
        value = Math.min(Integer.MAX_VALUE, 10 * value + text[at] - '0');
        at++;
      }
      if (at > start && value == count && isCountPlace(text, from, start, at, to)) {
        return true;
      }
      at += at == start ? 1 : 0;
    }
    return false;
  }

  /** Whether a word that names a number of bytes ends at an index, such as payload_len. */
  private static boolean isCountName(byte[] text, int from, int end) {
    int start = end;
    while (start > from && isLetter(text[start - 1])) {
      start--;
    }
    String word = new String(text, start, end - start, ISO_8859_1);
    int capital = 0;
    for (int i = 1; i < word.length(); i++) {
      boolean begins = word.charAt(i) < 'a' && word.charAt(i - 1) >= 'a';
      capital = begins ? i : capital;
    }
    return COUNTS.contains(word.substring(capital).toLowerCase(Locale.ROOT));
  }

  private static boolean isLetter(byte c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  /** In brackets, after {@code length=} or another such word, or before the word bytes. */
  private static boolean isCountPlace(byte[] text, int from, int start, int end, int to) {
    int before = start > from ? text[start - 1] : ' ';
    if (before == '(' || before == '[') {
      return end == to || !Atoms.isAtom(text[end]);
    }
    if (before == '=') {
      return (end == to || !Atoms.isAtom(text[end])) && isCountName(text, from, start - 1);
    }
    if (Atoms.isAtom((byte) before)) {
      return false;
    }
    int word = end < to && text[end] == ' ' ? end + 1 : end;
    for (String unit : UNITS) {
      int after = word + unit.length();
      boolean ends = after == to || (after < to && !Atoms.isAtom(text[after]));
      if (ends && new String(text, word, unit.length(), ISO_8859_1).equalsIgnoreCase(unit)) {
        return true;
      }
    }
    return false;
  }
}
