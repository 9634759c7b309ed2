package wscope.input.spelling;

/** Numbers from 0 to 255 or, like a byte in Java, from -128 to 127. */
final class DecimalReader extends WordReader {
  private static final String ADVICE = "a byte is 0 to 255, or -128 to 127";

  private boolean leadingZeros;

  DecimalReader(Octets out) {
    super(out);
  }

  /** Reads numbers of up to three digits that a space or a comma follows. */
  @Override
  int readFast(byte[] text, int from, int to) {
    int last = Math.min(to - 5, from + out.room() - MOST_AT_ONCE);
    int at = from;
    while (at < last) {
      int end = at;
      int value = 0;
      while (end < at + 3 && Characters.isDigit(text[end])) {
        value = 10 * value + text[end] - '0';
        end++;
      }
      if (end == at || value > 255 || (text[end] != ' ' && text[end] != ',')) {
        break;
      }
      leadingZeros |= text[at] == '0' && end > at + 1;
      out.put(value);
      bytesOnLine = true;
      at = text[end + 1] == ' ' ? end + 2 : end + 1;
    }
    return at;
  }

  @Override
  void number(int count, boolean more) throws SpellingError {
    out.put(value(word, count, wordStart));
    leadingZeros |= word[0] == '0' && count > 1;
  }

  /** Whether no number has leading zeros: nobody writes decimal bytes with them. */
  @Override
  boolean fits() {
    return !leadingZeros;
  }

  /** The value of a number that begins at an offset. */
  static int value(byte[] word, int count, long offset) throws SpellingError {
    boolean negative = word[0] == '-' && count > 1;
    int value = 0;
    for (int i = negative ? 1 : 0; i < count; i++) {
      if (!Characters.isDigit(word[i])) {
        throw SpellingError.unexpected(word[i], "a decimal digit", ADVICE, offset + i);
      }
      value = 10 * value + word[i] - '0';
      if (value > (negative ? 128 : 255)) {
        String problem = negative ? "a number under -128" : "a number over 255";
        throw new SpellingError(problem, ADVICE, offset + i);
      }
    }
    return negative ? -value : value;
  }
}
