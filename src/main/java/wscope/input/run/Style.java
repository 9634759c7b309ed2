package wscope.input.run;

import org.jspecify.annotations.Nullable;
import wscope.input.find.FrameCheck;

/** How one atom writes its bytes. */
enum Style {
  /** Two hex digits: {@code 81}. */
  PAIR,
  /** Several pairs of hex digits: {@code 8105}. */
  GROUP,
  /** One or two hex digits after 0x: {@code 0x81}. */
  PREFIXED,
  /** Several pairs of hex digits after 0x: {@code 0x8105}. */
  PREFIXED_GROUP,
  /** A negative char of C, printed with %x: {@code ffffff81}. */
  SIGN_EXTENDED,
  /** Hex digits and h, as assemblers write them: {@code 81h}, {@code 0F5h}. */
  H_SUFFIX,
  /** H and two hex digits, after &amp;: {@code &H81}. */
  H_PREFIX,
  /** One or two hex digits, without leading zeros: {@code 5}. */
  UNPADDED,
  /** A number up to 255. */
  DECIMAL,
  /** Eight binary digits. */
  BITS,
  /** Eight binary digits after 0b. */
  PREFIXED_BITS;

  private static final int LONGEST = 1 << 16;

  /** Whether frames or heads may begin with a byte. */
  private static final boolean[] BEGINS = new boolean[256];

  static {
    for (int i = 0; i < 1 << 16; i++) {
      BEGINS[i >> 8] |= FrameCheck.canBegin(new byte[] {(byte) (i >> 8), (byte) i}, 0, 2);
    }
  }

  /** The hex style that an atom has by its characters; null if it is not hex. */
  static @Nullable Style ofHex(Atoms atoms, int atom) {
    int length = atoms.length(atom);
    if (atoms.is(atom, Atoms.HEX_DIGITS)) {
      if (length == 2) {
        return PAIR;
      }
      if (length == 8 && isSignExtended(atoms, atom)) {
        return SIGN_EXTENDED;
      }
      return length >= 4 && length % 2 == 0 ? GROUP : null;
    }
    if (atoms.is(atom, Atoms.PREFIXED)) {
      return length <= 4 ? PREFIXED : length % 2 == 0 ? PREFIXED_GROUP : null;
    }
    if (length >= 3 && length <= 4 && (atoms.at(atom, length - 1) | 0x20) == 'h') {
      boolean zero = length == 3 || atoms.at(atom, 0) == '0';
      return zero && areHex(atoms, atom, 0, length - 1) ? H_SUFFIX : null;
    }
    boolean prefix = length == 3 && atoms.at(atom, 0) == 'H';
    return prefix && areHex(atoms, atom, 1, 3) ? H_PREFIX : null;
  }

  /** Whether an atom is a number up to 255, without leading zeros unless it has three digits. */
  private static boolean isDecimal(Atoms atoms, int atom) {
    int length = atoms.length(atom);
    if (length > 3 || !atoms.is(atom, Atoms.DIGITS)) {
      return false;
    }
    boolean padded = length == 2 && atoms.at(atom, 0) == '0';
    return !padded && decimal(atoms, atom) <= 255;
  }

  /** Whether an atom is one or two hex digits without a leading zero. */
  private static boolean isUnpadded(Atoms atoms, int atom) {
    int length = atoms.length(atom);
    return atoms.is(atom, Atoms.HEX_DIGITS)
        && (length == 1 || (length == 2 && atoms.at(atom, 0) != '0'));
  }

  /** The binary style of an atom; null if it is not binary. */
  static @Nullable Style bits(Atoms atoms, int atom) {
    int length = atoms.length(atom);
    if (length == 8 && atoms.is(atom, Atoms.BINARY)) {
      return BITS;
    }
    boolean joined = length == 11 && atoms.at(atom, 6) == '_';
    boolean prefixed =
        (length == 10 || joined) && atoms.at(atom, 0) == '0' && atoms.at(atom, 1) == 'b';
    for (int i = 2; prefixed && i < length; i++) {
      prefixed = (atoms.at(atom, i) & 0xfe) == '0' || (joined && i == 6);
    }
    return prefixed ? PREFIXED_BITS : null;
  }

  /** The kinds of an atom, besides what its characters are. */
  static int kinds(Atoms atoms, int atom) {
    int length = atoms.length(atom);
    if (!atoms.is(atom, Atoms.HEX_DIGITS)) {
      return atoms.hexStyle(atom) != null
          ? Atoms.GROUP_BEGINS
          : bits(atoms, atom) != null ? Atoms.BITS_BEGIN : 0;
    }
    int kinds = 0;
    if (length % 2 == 0) {
      boolean first = BEGINS[pair(atoms, atom, 0) & 0xff];
      boolean last = length == 8 && BEGINS[pair(atoms, atom, 6) & 0xff];
      kinds |= first && length > 2 ? Atoms.GROUP_BEGINS : 0;
      kinds |= (first && length == 2) || last ? Atoms.PAIR_BEGINS : 0;
    }
    if (isUnpadded(atoms, atom)) {
      boolean first = BEGINS[value(atoms, atom, 0, length, 16) & 0xff];
      kinds |= first ? Atoms.UNPADDED | Atoms.UNPADDED_BEGINS : Atoms.UNPADDED;
    }
    if (isDecimal(atoms, atom)) {
      boolean first = BEGINS[decimal(atoms, atom)];
      kinds |= first ? Atoms.DECIMAL | Atoms.DECIMAL_BEGINS : Atoms.DECIMAL;
    }
    boolean nibble = length == 4 && atoms.is(atom, Atoms.BINARY);
    return nibble || bits(atoms, atom) != null ? kinds | Atoms.BITS_BEGIN : kinds;
  }

  /** The style of an atom in a run of this style. */
  Style of(Atoms atoms, int atom) {
    if (this != PAIR && this != GROUP && this != SIGN_EXTENDED) {
      return this;
    }
    Style own = atoms.hexStyle(atom);
    return own == null ? this : own;
  }

  /** Whether an atom of another style may follow one of this style. */
  boolean mayPrecede(Style next) {
    return this == next
        || (this == GROUP && next == PAIR)
        || (this == PAIR && next == SIGN_EXTENDED)
        || (this == SIGN_EXTENDED && next == PAIR);
  }

  /** The kind of an atom of this style that may begin frames. */
  int begins() {
    return switch (this) {
      case UNPADDED -> Atoms.UNPADDED_BEGINS;
      case DECIMAL -> Atoms.DECIMAL_BEGINS;
      case BITS, PREFIXED_BITS -> Atoms.BITS_BEGIN;
      default -> Atoms.GROUP_BEGINS | Atoms.PAIR_BEGINS;
    };
  }

  /** Whether the atoms show by themselves that they are bytes. */
  boolean isMarked() {
    return switch (this) {
      case PREFIXED, PREFIXED_GROUP, SIGN_EXTENDED, H_SUFFIX, H_PREFIX, PREFIXED_BITS -> true;
      case PAIR, GROUP, UNPADDED, DECIMAL, BITS -> false;
    };
  }

  /** How many bytes an atom of this style has. */
  int count(Atoms atoms, int atom) {
    return switch (this) {
      case GROUP -> Math.min(LONGEST, atoms.length(atom)) / 2;
      case PREFIXED_GROUP -> (Math.min(LONGEST, atoms.length(atom)) - 2) / 2;
      default -> 1;
    };
  }

  /**
   * Writes the bytes of an atom.
   *
   * @return the index after them
   */
  int write(Atoms atoms, int atom, byte[] into, int at) {
    int length = atoms.length(atom);
    switch (this) {
      case PAIR -> into[at] = pair(atoms, atom, 0);
      case SIGN_EXTENDED -> into[at] = pair(atoms, atom, length - 2);
      case GROUP, PREFIXED_GROUP -> {
        int first = this == GROUP ? 0 : 2;
        int count = count(atoms, atom);
        for (int i = 0; i < count; i++) {
          into[at + i] = pair(atoms, atom, first + 2 * i);
        }
        return at + count;
      }
      case UNPADDED -> into[at] = value(atoms, atom, 0, length, 16);
      case PREFIXED -> into[at] = value(atoms, atom, 2, length, 16);
      case H_SUFFIX -> into[at] = value(atoms, atom, 0, length - 1, 16);
      case H_PREFIX -> into[at] = value(atoms, atom, 1, length, 16);
      case DECIMAL -> into[at] = (byte) decimal(atoms, atom);
      case BITS -> into[at] = value(atoms, atom, 0, length, 2);
      case PREFIXED_BITS -> into[at] = value(atoms, atom, 2, length, 2);
      default -> throw new AssertionError(this);
    }
    return at + 1;
  }

  private static byte pair(Atoms atoms, int atom, int index) {
    int high = Atoms.hex(atoms.at(atom, index));
    return (byte) (high << 4 | Atoms.hex(atoms.at(atom, index + 1)));
  }

  private static byte value(Atoms atoms, int atom, int from, int to, int base) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = Atoms.hex(atoms.at(atom, i));
      value = digit < 0 ? value : value * base + digit;
    }
    return (byte) value;
  }

  private static int decimal(Atoms atoms, int atom) {
    int value = 0;
    for (int i = 0; i < atoms.length(atom); i++) {
      value = 10 * value + atoms.at(atom, i) - '0';
    }
    return value;
  }

  private static boolean isSignExtended(Atoms atoms, int atom) {
    for (int i = 0; i < 6; i++) {
      if (atoms.at(atom, i) != 'f') {
        return false;
      }
    }
    return Atoms.hex(atoms.at(atom, 6)) >= 8;
  }

  private static boolean areHex(Atoms atoms, int atom, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Atoms.hex(atoms.at(atom, i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
