package wscope.input.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The atoms of a line: maximal sequences of ASCII letters and digits, and of bytes over 0x7f, or
 * bits as in {@code 0b1000_0001}. What stands between two of them separates them.
 */
final class Atoms {
  /** All characters are hex digits. */
  static final int HEX_DIGITS = 1;

  /** All characters are decimal digits. */
  static final int DIGITS = 2;

  /** All characters are 0 or 1. */
  static final int BINARY = 4;

  /** It begins with 0x, and hex digits follow. */
  static final int PREFIXED = 8;

  /** Frames may begin with a group of hex digits, or with another hex style that is marked. */
  static final int GROUP_BEGINS = 16;

  /** Frames may begin with bits. */
  static final int BITS_BEGIN = 32;

  /** Frames may begin with two hex digits. */
  static final int PAIR_BEGINS = 64;

  /** Frames may begin with hex digits without leading zeros. */
  static final int UNPADDED_BEGINS = 128;

  /** Frames may begin with a decimal number. */
  static final int DECIMAL_BEGINS = 256;

  /** A number up to 255. */
  static final int DECIMAL = 512;

  /** One or two hex digits without leading zeros. */
  static final int UNPADDED = 1024;

  private static final byte[] HEX = new byte[256];

  /** The kinds that an atom with a character cannot be; negative for what separates atoms. */
  private static final byte[] NOT = new byte[256];

  static {
    for (int c = 0; c < 256; c++) {
      int digit = c < 0x80 ? Character.digit(c, 36) : 36;
      HEX[c] = (byte) (digit < 16 ? digit : -1);
      int hex = digit < 2 ? 0 : digit < 10 ? BINARY : DIGITS | BINARY;
      NOT[c] = (byte) (digit < 0 ? -1 : digit < 16 ? hex : hex | PREFIXED | HEX_DIGITS);
    }
  }

  private byte[] text = new byte[0];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] kinds = new int[64];
  private @Nullable Style[] styles = new Style[64];
  private int count;
  private int begins;

  /** The value of a hex digit, or -1. */
  static int hex(byte c) {
    return HEX[c & 0xff];
  }

  static boolean isAtom(byte c) {
    return NOT[c & 0xff] >= 0;
  }

  /** Splits a line. */
  void split(byte[] text, int from, int to) {
    this.text = text;
    count = 0;
    begins = 0;
    int at = from;
    while (at < to) {
      if (!isAtom(text[at])) {
        at++;
        continue;
      }
      int start = at;
      boolean prefixed = text[at] == '0' && at + 1 < to && (text[at + 1] | 0x20) == 'x';
      at += prefixed ? 2 : 0;
      int digitsStart = at;
      int all = prefixed ? PREFIXED : HEX_DIGITS | DIGITS | BINARY;
      int not = 0;
      while (at < to && (isAtom(text[at]) || joinsBits(text, start, at, to))) {
        not |= NOT[text[at++] & 0xff];
      }
      add(start, at, at == digitsStart ? 0 : all & ~not, isName(text, start, at, to));
    }
  }

  /** Whether an underscore stands between the nibbles of one byte: {@code 0b1000_0001}. */
  private static boolean joinsBits(byte[] text, int start, int at, int to) {
    return text[at] == '_'
        && at - start == 6
        && text[start] == '0'
        && text[start + 1] == 'b'
        && at + 1 < to
        && isAtom(text[at + 1]);
  }

  /** Whether a word without digits names the value that follows it: {@code fd=12}. */
  private static boolean isName(byte[] text, int from, int end, int to) {
    if (end + 1 >= to || (text[end] != '=' && (text[end] != ':' || text[end + 1] != ' '))) {
      return false;
    }
    boolean value = text[end + 1] == ' ' || text[end + 1] == '"' || isAtom(text[end + 1]);
    return value && hasNoDigit(text, from, end);
  }

  private static boolean hasNoDigit(byte[] text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (text[i] >= '0' && text[i] <= '9') {
        return false;
      }
    }
    return true;
  }

  private void add(int start, int end, int kind, boolean name) {
    if (count == starts.length) {
      styles = Arrays.copyOf(styles, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      kinds = Arrays.copyOf(kinds, 2 * count);
    }
    starts[count] = start;
    ends[count] = end;
    kinds[count] = name ? 0 : kind;
    styles[count] = name ? null : Style.ofHex(this, count);
    kinds[count] |= name ? 0 : Style.kinds(this, count);
    begins |= kinds[count] & (GROUP_BEGINS | BITS_BEGIN);
    if (kinds[count] != 0 && count > 0) {
      begins |= kinds[count - 1] & beginsBefore(kinds[count]);
    }
    count++;
  }

  /** What an atom may begin only together with the next one, which is of some kinds. */
  private static int beginsBefore(int next) {
    return PAIR_BEGINS
        | ((next & UNPADDED) != 0 ? UNPADDED_BEGINS : 0)
        | ((next & DECIMAL) != 0 ? DECIMAL_BEGINS : 0);
  }

  /** Whether any atom of the line may begin frames in one of these ways. */
  boolean mayBegin(int kinds) {
    return (begins & kinds) != 0;
  }

  int count() {
    return count;
  }

  /** The hex style of an atom; null if it is not hex. */
  @Nullable Style hexStyle(int atom) {
    return styles[atom];
  }

  int start(int atom) {
    return starts[atom];
  }

  int end(int atom) {
    return ends[atom];
  }

  int length(int atom) {
    return ends[atom] - starts[atom];
  }

  /** Whether an atom is of a kind, or of one of several. */
  boolean is(int atom, int kinds) {
    return (this.kinds[atom] & kinds) != 0;
  }

  /** The character of an atom at an index from its start. */
  byte at(int atom, int index) {
    return text[starts[atom] + index];
  }

  /** Whether an atom has no digit. */
  boolean isLetters(int atom) {
    return hasNoDigit(text, starts[atom], ends[atom]);
  }

  /**
   * What separates an atom from the next one: its characters with each white space as one space, or
   * -1 if they are more than four.
   */
  int separator(int atom) {
    int value = 0;
    int length = 0;
    boolean space = false;
    for (int i = ends[atom]; i < starts[atom + 1]; i++) {
      byte c = text[i];
      boolean white = c == ' ' || c == '\t';
      if (white && space) {
        continue;
      }
      space = white;
      if (++length > 4) {
        return -1;
      }
      value = value << 8 | (white ? ' ' : c);
    }
    return value;
  }
}
