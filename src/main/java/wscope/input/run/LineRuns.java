package wscope.input.run;

import java.util.Arrays;
import wscope.input.find.FrameCheck;

/** The runs of one line: atoms of one style with the same separator between all of them. */
final class LineRuns {
  /** The digits of a group that a shorter one may follow, as xxd prints them. */
  private static final int LONGEST_GROUP = 8;

  private static final int FEW = 8;

  /** How a line may write bytes. */
  enum Notation {
    HEX(Atoms.GROUP_BEGINS | Atoms.PAIR_BEGINS),
    DECIMAL(Atoms.DECIMAL_BEGINS),
    /** Hex digits without leading zeros. */
    UNPADDED(Atoms.UNPADDED_BEGINS),
    BITS(Atoms.BITS_BEGIN);

    private final int begins;

    Notation(int begins) {
      this.begins = begins;
    }

    /** The kinds of atoms with which frames may begin. */
    int begins() {
      return begins;
    }
  }

  private final Atoms atoms;
  private final byte[] beginning = new byte[RunMatcher.MOST_SKIPPED + 2];
  private Style[] styles = new Style[16];
  private int[] separators = new int[16];
  private int[] firsts = new int[16];
  private int[] lasts = new int[16];
  private int count;

  LineRuns(Atoms atoms) {
    this.atoms = atoms;
  }

  /** Finds all runs in one notation. */
  void find(Notation notation) {
    count = 0;
    switch (notation) {
      case HEX -> findHex();
      case DECIMAL -> findNumbers(Style.DECIMAL);
      case UNPADDED -> findNumbers(Style.UNPADDED);
      case BITS -> findBits();
    }
  }

  /** How many runs were found last. */
  int count() {
    return count;
  }

  Style style(int run) {
    return styles[run];
  }

  /** What separates the atoms; 0 for a single one. */
  int separator(int run) {
    return separators[run];
  }

  /** The first atom. */
  int first(int run) {
    return firsts[run];
  }

  /** Whether this is a single byte in hex, which can only end the frame of the lines before it. */
  boolean isByte(int run) {
    return firsts[run] == lasts[run]
        && switch (styles[run]) {
          case PAIR, PREFIXED, SIGN_EXTENDED, H_SUFFIX, H_PREFIX -> true;
          default -> false;
        };
  }

  /** Whether two atoms have something between them that hardly separates bytes. */
  boolean isChance(int run) {
    return lasts[run] == firsts[run] + 1 && !isPlain(separators[run]);
  }

  Run run(int line, int run) {
    return new Run(line, styles[run], separators[run], atoms, firsts[run], lasts[run]);
  }

  private void add(Style style, int separator, int first, int last) {
    if (count == firsts.length) {
      styles = Arrays.copyOf(styles, 2 * count);
      separators = Arrays.copyOf(separators, 2 * count);
      firsts = Arrays.copyOf(firsts, 2 * count);
      lasts = Arrays.copyOf(lasts, 2 * count);
    }
    styles[count] = style;
    separators[count] = separator;
    firsts[count] = first;
    lasts[count++] = last;
  }

  /** Finds the runs of hex digits, and single words of them. */
  private void findHex() {
    int first = 0;
    while (first < atoms.count()) {
      Style style = atoms.hexStyle(first);
      if (style == null) {
        first++;
        continue;
      }
      int last = first;
      int separator = 0;
      Style previous = style;
      while (last + 1 < atoms.count()) {
        Style next = atoms.hexStyle(last + 1);
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
      add(style, separator, first, last);
      // The last one may begin the next run.
      first = last > first ? last : last + 1;
    }
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

  /** Finds the runs of numbers without marks: decimal, or unpadded hex. */
  private void findNumbers(Style style) {
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
        add(style, separator, first, last);
      }
      first = last > first ? last : last + 1;
    }
  }

  private boolean isNumber(Style style, int atom) {
    return atoms.is(atom, style == Style.DECIMAL ? Atoms.DECIMAL : Atoms.UNPADDED);
  }

  /** Finds the runs of eight bits each. */
  private void findBits() {
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
        add(style, separator, first, last);
      }
      first = last + 1;
    }
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

  /** Whether frames may begin at one of the first bytes of a run. */
  boolean mayBegin(int run) {
    Style style = styles[run];
    int first = firsts[run];
    int last = lasts[run];
    int end = Math.min(last, first + RunMatcher.MOST_SKIPPED - 1);
    int begin = first;
    while (begin <= end && !atoms.is(begin, style.begins())) {
      begin++;
    }
    if (begin > end) {
      return false;
    }
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
    boolean whole = last - first < FEW && ":-./".indexOf(separators[run] & 0xff) >= 0;
    for (int skipped = 0; skipped < RunMatcher.MOST_SKIPPED && skipped + 1 < count; skipped++) {
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
}
