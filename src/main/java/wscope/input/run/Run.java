package wscope.input.run;

import java.util.Arrays;

/** Atoms of one style on one line, with the same separator between all of them. */
final class Run {
  /** Bytes after so many are left out. */
  private static final int MOST = 1 << 16;

  private final int line;
  private final Style style;
  private final int separator;
  private final int atoms;
  private final byte[] bytes;
  private final int[] starts;
  private final int[] ends;
  private final boolean letters;
  private final boolean digits;
  private final boolean numbersAndWords;

  /**
   * The run of the atoms from {@code first} to {@code last}.
   *
   * @param line index of the line
   * @param separator between two atoms; 0 for a single one
   */
  Run(int line, Style style, int separator, Atoms all, int first, int last) {
    this.line = line;
    this.style = style;
    this.separator = separator;
    atoms = last - first + 1;
    int count = 0;
    boolean noDigit = true;
    boolean onlyDigits = true;
    boolean mixed = false;
    for (int atom = first; atom <= last; atom++) {
      count += style.of(all, atom).count(all, atom);
      noDigit &= all.isLetters(atom);
      onlyDigits &= all.is(atom, Atoms.DIGITS);
      mixed |= !all.is(atom, Atoms.DIGITS) && !all.isLetters(atom);
    }
    letters = noDigit;
    digits = onlyDigits;
    numbersAndWords = !mixed;
    byte[] room = new byte[Math.min(count, MOST)];
    starts = new int[room.length];
    ends = new int[room.length];
    int at = 0;
    for (int atom = first; atom <= last; atom++) {
      if (at + style.of(all, atom).count(all, atom) > room.length) {
        break;
      }
      int next = style.of(all, atom).write(all, atom, room, at);
      Arrays.fill(starts, at, next, all.start(atom));
      Arrays.fill(ends, at, next, all.end(atom));
      at = next;
    }
    bytes = at == room.length ? room : Arrays.copyOf(room, at);
  }

  int line() {
    return line;
  }

  Style style() {
    return style;
  }

  int separator() {
    return separator;
  }

  /** How many atoms there are. */
  int atoms() {
    return atoms;
  }

  int count() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  /** The index in the text of the atom of a byte. */
  int start(int index) {
    return starts[index];
  }

  /** The index in the text after the atom of a byte. */
  int end(int index) {
    return ends[index];
  }

  /** Whether no atom has a digit. */
  boolean isLetters() {
    return letters;
  }

  /** Whether no atom has a letter. */
  boolean isDigits() {
    return digits;
  }

  /** Whether each atom has only digits or only letters. */
  boolean isNumbersAndWords() {
    return numbersAndWords;
  }
}
