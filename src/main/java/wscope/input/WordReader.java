package wscope.input;

import org.jspecify.annotations.Nullable;

/**
 * Reads numbers from a text of words. What is no number is passed over where it cannot be meant as
 * one:
 *
 * <ul>
 *   <li>separators, and words of letters such as {@code Header Bytes:};
 *   <li>an index or a count, which is a number alone in brackets, unless it is alone on its line:
 *       {@code [0] (8) 82 FE}; also brackets with a word in them, {@code (byte)} or {@code (3
 *       bytes)};
 *   <li>the count in {@code READ 8 8106} and {@code WRITE 8 8106};
 *   <li>a name before {@code =}, and what is outside of braces once there are braces;
 *   <li>the rest of a line after {@code ...}, {@code //} or {@code #}.
 * </ul>
 */
abstract class WordReader extends SpellingReader {
  private static final int LONGEST_WORD = 64;
  private static final int LONGEST_BRACKET = 24;
  private static final int LONGEST_INDEX = 6;

  /** The word at hand, of which {@link #length} characters have come. */
  final byte[] word = new byte[LONGEST_WORD];

  int length;

  /** Offset of the first character of {@link #word}. */
  long wordStart;

  /** Whether the word began before {@link #wordStart}, and its beginning was read as bytes. */
  boolean continued;

  /** How many braces and square brackets are open. */
  int listDepth;

  boolean bytesOnLine;

  private final byte[] bracket = new byte[LONGEST_BRACKET];
  private int bracketLength;
  private long bracketStart;
  private final byte[] lone = new byte[LONGEST_INDEX];
  private int loneLength;
  private long loneStart;
  private boolean wordsOnLine;
  private boolean doubtful;
  private boolean restOfLine;
  private boolean braceOpen;
  private boolean braceClosed;
  private boolean countFollows;
  private @Nullable Misspelling unlessName;

  WordReader(Octets out) {
    super(out);
  }

  /**
   * Reads the word, or a part of a long one, as bytes.
   *
   * @param count of its characters; even if the word goes on
   * @param more whether the word goes on
   */
  abstract void number(int count, boolean more) throws Misspelling;

  /** Whether words came behind numbers on a line, which may be counts: {@code 136 bytes}. */
  @Override
  boolean isDoubtful() {
    return doubtful;
  }

  /** A list begins. */
  void startList() {}

  /** Whether a dash between two digits separates numbers. */
  boolean dashSeparates() {
    return false;
  }

  @Override
  int read(byte[] text, int from, int to, long offset) throws Misspelling {
    int at = from;
    while (at < to && !isFull()) {
      if (isPlain()) {
        at = readFast(text, at, to);
      }
      if (at < to) {
        take(text[at], offset + at - from);
        at++;
      }
    }
    return at;
  }

  /**
   * Reads numbers in the simplest form at a higher speed.
   *
   * @return the index of the first character that is not read, possibly {@code from}
   */
  int readFast(byte[] text, int from, int to) {
    return from;
  }

  @Override
  void end(long offset) throws Misspelling {
    replayBracket();
    endWord();
    endLine();
  }

  /** Whether the next character begins a word or goes on in a number, and nothing is held back. */
  private boolean isPlain() {
    return length == 0
        && bracketLength == 0
        && loneLength == 0
        && !restOfLine
        && !braceClosed
        && !countFollows
        && unlessName == null;
  }

  private void take(byte c, long offset) throws Misspelling {
    boolean opens = c == '(' || c == '[';
    if (bracketLength > 0 && !opens && c != '\n' && c != '{' && c != '}') {
      bracket[bracketLength++] = c;
      if (c == ')' || c == ']') {
        closeBracket();
      } else if (bracketLength == LONGEST_BRACKET) {
        replayBracket();
      }
      return;
    }
    replayBracket();
    if (opens && !restOfLine && !braceClosed) {
      endWord();
      bracket[0] = c;
      bracketLength = 1;
      bracketStart = offset;
    } else {
      character(c, offset);
    }
  }

  private void character(byte c, long offset) throws Misspelling {
    boolean dash = c == '-' && dashSeparates() && (length > 0 || continued);
    if (Characters.isSeparator(c) || dash) {
      endWord();
      separator(c);
    } else if (!restOfLine && !braceClosed) {
      if (length == LONGEST_WORD) {
        flush();
      }
      if (length == 0) {
        wordStart = offset;
      }
      word[length++] = c;
    }
  }

  private void separator(byte c) throws Misspelling {
    switch (c) {
      case '\n' -> endLine();
      case '=' -> unlessName = null;
      case '{' -> {
        braceOpen = true;
        braceClosed = false;
        openList();
      }
      case '}' -> {
        braceClosed = braceOpen;
        listDepth = Math.max(0, listDepth - 1);
      }
      case '[' -> openList();
      case ']' -> listDepth = Math.max(0, listDepth - 1);
      default -> {}
    }
  }

  private void openList() {
    if (listDepth++ == 0) {
      startList();
    }
  }

  private void endLine() throws Misspelling {
    throwUnlessName();
    if (loneLength > 0 && !bytesOnLine && !wordsOnLine) {
      System.arraycopy(lone, 0, word, 0, loneLength);
      length = loneLength;
      wordStart = loneStart;
      loneLength = 0;
      endWord();
    }
    loneLength = 0;
    bytesOnLine = false;
    wordsOnLine = false;
    restOfLine = false;
    countFollows = false;
  }

  private void throwUnlessName() throws Misspelling {
    if (unlessName != null) {
      throw unlessName;
    }
  }

  private void endWord() throws Misspelling {
    if (length == 0 && !continued) {
      return;
    }
    int count = withoutEnd();
    if (count == 0 && !continued) {
      length = 0;
      return;
    }
    throwUnlessName();
    if (!continued && isComment()) {
      restOfLine = true;
    } else if (!continued && (isWords(count) || isDash(count))) {
      wordsOnLine = true;
      doubtful |= bytesOnLine;
      countFollows = is("READ") || is("WRITE");
    } else if (countFollows && isCount(count)) {
      countFollows = false;
    } else {
      loneLength = 0;
      readNumber(count);
    }
    continued = false;
    length = 0;
  }

  /** A bad word that begins like a name is one if {@code =} follows. */
  private void readNumber(int count) throws Misspelling {
    try {
      number(count, false);
      bytesOnLine = true;
      countFollows = false;
    } catch (Misspelling e) {
      if (continued || !Characters.isLetter(word[0])) {
        throw e;
      }
      unlessName = e;
    }
  }

  /** Reads a long word, but not what may be the beginning of an ellipsis. */
  private void flush() throws Misspelling {
    boolean whole = Characters.isDigit(word[length - 1]) || Characters.isLetter(word[length - 1]);
    int count = whole && word[length - 1] >= 0 ? length : length / 2;
    throwUnlessName();
    loneLength = 0;
    number(count, true);
    bytesOnLine = true;
    continued = true;
    length -= count;
    wordStart += count;
    System.arraycopy(word, count, word, 0, length);
  }

  /** The length of the word without the full stop, {@code ...} or U+2026 at its end. */
  private int withoutEnd() {
    boolean sign = endsWith((byte) 0xe2, (byte) 0x80, (byte) 0xa6);
    if (sign || endsWith((byte) '.', (byte) '.', (byte) '.')) {
      restOfLine = true;
      return length - 3;
    }
    return length > 0 && word[length - 1] == '.' ? length - 1 : length;
  }

  private boolean endsWith(byte first, byte second, byte third) {
    return length >= 3
        && word[length - 3] == first
        && word[length - 2] == second
        && word[length - 1] == third;
  }

  private boolean isComment() {
    return word[0] == '#' || (length > 1 && word[0] == '/' && word[1] == '/');
  }

  private boolean isDash(int count) {
    return count == 1 && word[0] == '-';
  }

  private boolean isCount(int count) {
    for (int i = 0; i < count; i++) {
      if (!Characters.isDigit(word[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean is(String expected) {
    for (int i = 0; i < expected.length(); i++) {
      if (i >= length || word[i] != expected.charAt(i)) {
        return false;
      }
    }
    return length == expected.length();
  }

  private boolean isWords(int count) {
    return isWord(word, 0, count, !bytesOnLine);
  }

  /**
   * Whether this is a word that nobody can take for a mistyped number: it begins with a letter and
   * has one that is no hex digit; with digits in it, or close behind bytes, more than that.
   */
  private boolean isWord(byte[] text, int start, int end, boolean beforeBytes) {
    int foreign = 0;
    boolean digits = false;
    for (int i = start; i < end; i++) {
      byte c = text[i];
      boolean letter = Characters.isLetter(c);
      foreign += letter && Characters.hexValue(c) < 0 ? 1 : 0;
      digits |= Characters.isDigit(c);
      if (!letter && (i == start || !(Characters.isDigit(c) || isInnerPunctuation(c)))) {
        return false;
      }
    }
    boolean clear = foreign >= 2 || (foreign == 1 && !digits);
    return clear && (end - start >= 3 || (beforeBytes && !digits));
  }

  private static boolean isInnerPunctuation(byte c) {
    return c == '.' || c == '-' || c == '!' || c == '?' || c == '/';
  }

  /** The bracket is complete: an index, a count, or words; else its content is read like any. */
  private void closeBracket() throws Misspelling {
    int words = 0;
    boolean talk = false;
    int lastStart = 0;
    int lastEnd = 0;
    for (int at = 1; at < bracketLength; at++) {
      if (Characters.isSeparator(bracket[at])) {
        continue;
      }
      lastStart = at;
      while (!Characters.isSeparator(bracket[at])) {
        at++;
      }
      lastEnd = at;
      words++;
      talk |= lastEnd - lastStart > 1 && isWord(bracket, lastStart, lastEnd, true);
    }
    if (talk || words == 0) {
      wordsOnLine |= talk;
      bracketLength = 0;
    } else if (words == 1 && lastEnd - lastStart <= LONGEST_INDEX) {
      keepLone(lastStart, lastEnd);
    } else {
      replayBracket();
    }
  }

  private void keepLone(int start, int end) {
    wordsOnLine |= loneLength > 0;
    loneLength = end - start;
    loneStart = bracketStart + start;
    System.arraycopy(bracket, start, lone, 0, loneLength);
    bracketLength = 0;
  }

  private void replayBracket() throws Misspelling {
    int count = bracketLength;
    bracketLength = 0;
    for (int i = 0; i < count; i++) {
      character(bracket[i], bracketStart + i);
    }
  }
}
