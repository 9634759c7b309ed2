package wscope.input.spelling;

/**
 * Pairs of hex digits. A word may begin with 0x; then it may hold a single digit. In a list in
 * braces or brackets with 0x numbers, a number without 0x is decimal, as in C and Java.
 */
final class HexReader extends WordReader {
  private static final String ADVICE = "hex digits are 0-9 and a-f, two per byte";

  private boolean prefixSeen;
  private boolean plainInList;

  HexReader(Octets out) {
    super(out);
  }

  @Override
  boolean dashSeparates() {
    return true;
  }

  @Override
  void startList() {
    prefixSeen = false;
    plainInList = false;
  }

  /** Reads single pairs, with or without 0x, that a space, a comma or nothing follows. */
  @Override
  int readFast(byte[] text, int from, int to) {
    int last = Math.min(to - 6, from + out.room() - MOST_AT_ONCE);
    boolean inWord = continued;
    boolean decimalsMixed = prefixSeen && listDepth > 0;
    int at = from;
    while (at < last) {
      int first = Characters.hexValue(text[at]);
      int second = Characters.hexValue(text[at + 1]);
      int next = at + 2;
      if ((first | second) < 0) {
        if (inWord || !isPrefixedPair(text, at) || plainInList) {
          break;
        }
        first = Characters.hexValue(text[at + 2]);
        second = Characters.hexValue(text[at + 3]);
        next = at + 4;
        prefixSeen = true;
        decimalsMixed = listDepth > 0;
      } else if (!inWord && (decimalsMixed || (first >= 10 && !isWholeWord(text, at, to)))) {
        break;
      }
      out.put(first << 4 | second);
      inWord = text[next] != ' ' && text[next] != ',';
      at = inWord ? next : next + 1;
      if (!inWord && text[at] == ' ') {
        at++;
      }
    }
    continued = inWord;
    bytesOnLine |= at > from;
    plainInList |= at > from && listDepth > 0 && !decimalsMixed;
    return at;
  }

  /** Whether the word consists of pairs, or is too long to be a word. */
  private static boolean isWholeWord(byte[] text, int from, int to) {
    int end = from + 2;
    int limit = Math.min(to, from + LONGEST_WORD);
    while (end < limit && Characters.hexValue(text[end]) >= 0) {
      end++;
    }
    if (end == limit) {
      return end - from == LONGEST_WORD;
    }
    boolean ended = text[end] == ' ' || text[end] == ',' || text[end] == '\n';
    return ended && (end - from) % 2 == 0;
  }

  private static boolean isPrefixedPair(byte[] text, int at) {
    return text[at] == '0'
        && (text[at + 1] | 0x20) == 'x'
        && (Characters.hexValue(text[at + 2]) | Characters.hexValue(text[at + 3])) >= 0
        && (text[at + 4] == ',' || text[at + 4] == ' ');
  }

  @Override
  void number(int count, boolean more) throws SpellingError {
    int at = 0;
    boolean prefixed = !continued && isPrefixed(count);
    if (prefixed) {
      prefix(count);
      at = 2;
    } else if (!continued && prefixSeen && (listDepth > 0 || count == 1)) {
      out.put(DecimalReader.value(word, count, wordStart));
      return;
    } else {
      plainInList |= listDepth > 0;
    }
    int end = endOfDigits(at, count);
    if (prefixed && end == 3 && end == count) {
      out.put(Characters.hexValue(word[2]));
      return;
    }
    boolean fits = end == count && (more || (count - at) % 2 == 0);
    // A word that begins with a letter may still turn out to be a name.
    if (fits || continued || Characters.isDigit(word[0])) {
      pairs(at, end - (end - at) % 2);
    }
    if (end < count) {
      throw SpellingError.unexpected(word[end], "a hex digit", ADVICE, wordStart + end);
    } else if (!fits) {
      throw new SpellingError(
          "an odd number of hex digits ends",
          "write 0" + (char) word[count - 1] + " for " + (char) word[count - 1],
          wordStart + count - 1);
    }
  }

  private void pairs(int from, int to) {
    for (int i = from; i < to; i += 2) {
      out.put(Characters.hexValue(word[i]) << 4 | Characters.hexValue(word[i + 1]));
    }
  }

  private void prefix(int count) throws SpellingError {
    if (count == 2) {
      throw new SpellingError(
          "no hex digit after 0x",
          "write the digits of the byte after it, as in 0x05",
          wordStart + 1);
    }
    if (plainInList) {
      throw new SpellingError(
          "a number with 0x after numbers without it",
          "write all numbers in a list with 0x, or none",
          wordStart);
    }
    prefixSeen = true;
  }

  private boolean isPrefixed(int count) {
    return count >= 2 && word[0] == '0' && (word[1] | 0x20) == 'x';
  }

  private int endOfDigits(int from, int count) {
    int end = from;
    while (end < count && Characters.hexValue(word[end]) >= 0) {
      end++;
    }
    return end;
  }
}
