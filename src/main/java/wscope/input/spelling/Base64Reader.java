package wscope.input.spelling;

import java.util.Arrays;

/**
 * Base64 in either alphabet of RFC 4648, in lines of any length. Decoding restarts after padding,
 * so several texts may follow one another.
 */
final class Base64Reader extends SpellingReader {
  private static final String ADVICE = "base64 uses A-Z, a-z, 0-9, + and /, with = at the end";
  private static final byte[] VALUES = new byte[256];
  private static final int CLEAR_LENGTH = 8;

  static {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < alphabet.length(); i++) {
      VALUES[alphabet.charAt(i)] = (byte) i;
    }
    VALUES['-'] = 62;
    VALUES['_'] = 63;
  }

  private int bits;
  private int sextets;
  private int padding;
  private long characters;
  private long lastOffset;
  private byte last;
  private boolean spaceInLine;
  private boolean afterSpace;
  private boolean noHex;
  private boolean upper;
  private boolean lower;
  private boolean mixed;

  Base64Reader(Octets out) {
    super(out);
  }

  @Override
  int read(byte[] text, int from, int to, long offset) throws SpellingError {
    int at = from;
    while (at < to && !isFull()) {
      if (characters >= CLEAR_LENGTH && sextets == 0 && padding == 0) {
        at = readFast(text, at, to);
      }
      if (at < to) {
        take(text[at], offset + at - from);
        at++;
      }
    }
    return at;
  }

  /** Reads whole groups of four. The marks of the spelling are known by now. */
  private int readFast(byte[] text, int from, int to) {
    int last = Math.min(to - 3, from + out.room() - MOST_AT_ONCE);
    int at = from;
    while (at < last) {
      int group =
          VALUES[text[at] & 0xff] << 18
              | VALUES[text[at + 1] & 0xff] << 12
              | VALUES[text[at + 2] & 0xff] << 6
              | VALUES[text[at + 3] & 0xff];
      if (group < 0) {
        break;
      }
      out.put(group >> 16);
      out.put(group >> 8);
      out.put(group);
      at += 4;
    }
    return at;
  }

  private void take(byte c, long offset) throws SpellingError {
    if (Characters.isBlank(c) || c == '\n' || c == '"' || c == '\'' || c == ',') {
      afterSpace = c != '\n' && (afterSpace || characters > 0);
      return;
    }
    spaceInLine |= afterSpace;
    afterSpace = false;
    lastOffset = offset;
    if (c == '=') {
      pad(offset);
      return;
    }
    int value = VALUES[c & 0xff];
    if (value < 0) {
      throw SpellingError.unexpected(c, "a base64 character", ADVICE, offset);
    }
    if (padding > 0) {
      endPadding(offset);
    }
    note(c);
    bits = bits << 6 | value;
    sextets++;
    if (sextets == 4) {
      out.put(bits >> 16);
      out.put(bits >> 8);
      out.put(bits);
      sextets = 0;
    }
  }

  private void note(byte c) {
    boolean capital = c >= 'A' && c <= 'Z';
    boolean small = c >= 'a' && c <= 'z';
    noHex |= Characters.hexValue(c) < 0 && c != '-' && c != '_';
    upper |= capital;
    lower |= small;
    boolean afterSmall = last >= 'a' && last <= 'z';
    mixed |= (!capital && !small) || (capital && afterSmall);
    last = c;
    characters++;
  }

  private void pad(long offset) throws SpellingError {
    if (sextets < 2 || sextets + padding == 4) {
      throw new SpellingError(
          "padding (=) that does not complete a group of four", "put = only at the end", offset);
    }
    padding++;
    if (sextets + padding == 4) {
      endGroup();
    }
  }

  private void endPadding(long offset) throws SpellingError {
    if (sextets > 0) {
      throw new SpellingError(
          "a character inside the padding (=)", "put = only at the end", offset);
    }
    padding = 0;
  }

  /** Two characters hold one byte, three hold two. */
  private void endGroup() {
    if (sextets == 3) {
      out.put(bits >> 10);
      out.put(bits >> 2);
    } else if (sextets == 2) {
      out.put(bits >> 4);
    }
    sextets = 0;
  }

  @Override
  void end(long offset) throws SpellingError {
    if (sextets == 1 || (sextets > 0 && padding > 0)) {
      throw new SpellingError("an incomplete base64 group ends", ADVICE, lastOffset);
    }
    endGroup();
  }

  /**
   * Whether this is neither a word nor hex digits in one case: it is padded, or it has at least
   * eight characters, among them a digit, a sign or an inner capital letter.
   */
  @Override
  boolean fits() {
    boolean hex = !noHex && !(upper && lower);
    boolean clear = characters >= CLEAR_LENGTH && mixed;
    return sextets == 0 && !spaceInLine && !hex && (padding > 0 || clear);
  }
}
