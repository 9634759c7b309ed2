package wscope.input.run;

import java.util.Arrays;

/**
 * Atoms of one style on one line, with the same separator between all of them.
 *
 * @param line index of the line
 * @param style of the atoms
 * @param separator between two of them; 0 for a single atom
 * @param starts index in the text of each byte's atom
 * @param ends index in the text after each byte's atom
 * @param bytes that the atoms stand for
 * @param letters whether no atom has a digit
 * @param digits whether no atom has a letter
 * @param atoms how many atoms there are
 */
record Run(
    int line,
    Style style,
    int separator,
    int[] starts,
    int[] ends,
    byte[] bytes,
    boolean letters,
    boolean digits,
    int atoms) {
  private static final int MOST = 1 << 16;

  /** The run of the atoms from {@code first} to {@code last}. */
  static Run of(int line, Style style, int separator, Atoms atoms, int first, int last) {
    int count = 0;
    boolean letters = true;
    boolean digits = true;
    Style[] styles = new Style[last - first + 1];
    for (int atom = first; atom <= last; atom++) {
      styles[atom - first] = style.of(atoms, atom);
      count += styles[atom - first].count(atoms, atom);
      letters &= atoms.isLetters(atom);
      digits &= atoms.is(atom, Atoms.DIGITS);
    }
    count = Math.min(count, MOST);
    byte[] bytes = new byte[count];
    int[] starts = new int[count];
    int[] ends = new int[count];
    int at = 0;
    for (int atom = first; atom <= last && at < count; atom++) {
      int next = styles[atom - first].write(atoms, atom, bytes, at);
      Arrays.fill(starts, at, next, atoms.start(atom));
      Arrays.fill(ends, at, next, atoms.end(atom));
      at = next;
    }
    return new Run(line, style, separator, starts, ends, bytes, letters, digits, last - first + 1);
  }

  int count() {
    return bytes.length;
  }
}
