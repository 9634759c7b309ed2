package wscope.input.spelling;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds letters of another script that look like hex digits, such as the Cyrillic letter а, among
 * bytes: {@code 81 05 48 65 6с 6c 6f}. Without an error, nobody would see why a byte is missing.
 */
public final class ForeignDigit {
  /** Of Cyrillic and Greek. */
  private static final String LOOKALIKES = "аеосАВЕОСΑΒΕΟο";

  private static final String ADVICE = "type the digit that looks like it: 0-9 or a-f";

  private ForeignDigit() {}

  /**
   * Checks a line that has bytes.
   *
   * @param line its number in the text
   * @param before the number of characters before {@code from} in it
   * @throws InvalidSpelling at the first such letter in a byte that follows another
   */
  public static void check(byte[] text, int from, int to, long line, long before)
      throws InvalidSpelling {
    boolean afterByte = false;
    int at = from;
    while (at < to) {
      int start = at;
      boolean foreign = false;
      while (at < to && (text[at] < 0 || Character.isLetterOrDigit(text[at]))) {
        foreign |= text[at++] < 0;
      }
      if (foreign && afterByte && at - start <= 10) {
        throwIfByte(text, start, at, from, to, line, before);
      }
      if (at > start) {
        afterByte = !foreign && isByte(text, start, at);
      } else {
        at++;
      }
    }
  }

  private static boolean isByte(byte[] text, int from, int to) {
    int digits = from + (isPrefixed(text, from, to) ? 2 : 0);
    return to - digits == 2
        && Characters.hexValue(text[digits]) >= 0
        && Characters.hexValue(text[digits + 1]) >= 0;
  }

  private static boolean isPrefixed(byte[] text, int from, int to) {
    return to - from > 2 && text[from] == '0' && (text[from + 1] | 0x20) == 'x';
  }

  /** Throws an error if a word is two digits, of which one is foreign. */
  private static void throwIfByte(
      byte[] text, int start, int end, int from, int to, long line, long before)
      throws InvalidSpelling {
    int first = start + (isPrefixed(text, start, end) ? 2 : 0);
    String word = new String(text, first, end - first, StandardCharsets.UTF_8);
    if (word.length() != 2) {
      return;
    }
    int foreign = isForeign(word.charAt(0)) ? 0 : 1;
    char other = word.charAt(1 - foreign);
    if (isForeign(word.charAt(foreign)) && other < 0x80 && Characters.hexValue((byte) other) >= 0) {
      throw Excerpts.locate(
          error(word.charAt(foreign), first + foreign), Spelling.HEX, text, from, to, line, before);
    }
  }

  private static boolean isForeign(char c) {
    boolean wide = (c >= '０' && c <= '９') || (c >= 'Ａ' && c <= 'Ｆ') || (c >= 'ａ' && c <= 'ｆ');
    return wide || LOOKALIKES.indexOf(c) >= 0;
  }

  private static SpellingError error(char c, int index) {
    String code = Integer.toHexString(0x10000 | c).substring(1).toUpperCase(Locale.ROOT);
    String name = Character.getName(c) + " (U+" + code + ")";
    return new SpellingError(name + " is not a hex digit", ADVICE, index);
  }
}
