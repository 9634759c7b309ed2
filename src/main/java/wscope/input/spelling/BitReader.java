package wscope.input.spelling;

/** Binary digits, eight per byte, in groups of any size. A group may begin with 0b. */
final class BitReader extends WordReader {
  private static final int CERTAIN = 8;

  private int bits;
  private int count;
  private boolean wholeBytes = true;
  private boolean prefixed;
  private int nonZero;
  private long lastBit;

  BitReader(Octets out) {
    super(out);
  }

  @Override
  void number(int length, boolean more) throws SpellingError {
    boolean prefix = !continued && length > 2 && word[0] == '0' && (word[1] | 0x20) == 'b';
    prefixed |= prefix;
    for (int i = prefix ? 2 : 0; i < length; i++) {
      if (word[i] != '0' && word[i] != '1' && word[i] != '_') {
        throw SpellingError.unexpected(
            word[i], "a binary digit", "write each byte as eight binary digits", wordStart + i);
      }
      if (word[i] != '_') {
        bit(word[i] - '0', wordStart + i);
      }
    }
    wholeBytes &= more || count == 0;
  }

  @Override
  void end(long offset) throws SpellingError {
    super.end(offset);
    if (count > 0) {
      throw new SpellingError(
          "an incomplete byte (" + count + " of 8 bits) ends",
          "write each byte as eight binary digits",
          lastBit);
    }
  }

  /** Whether each word holds whole bytes. */
  @Override
  boolean fits() {
    return wholeBytes;
  }

  /** Whether there is a 0b, or so many digits that hex would contain one above 1. */
  @Override
  boolean isCertain() {
    return prefixed || nonZero == CERTAIN;
  }

  private void bit(int bit, long offset) {
    bits = bits << 1 | bit;
    count++;
    lastBit = offset;
    if (count == 8) {
      out.put(bits);
      nonZero += (bits & 0xff) != 0 && nonZero < CERTAIN ? 1 : 0;
      count = 0;
    }
  }
}
