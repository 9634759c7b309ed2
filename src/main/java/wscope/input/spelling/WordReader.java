package wscope.input.spelling;

import org.jspecify.annotations.Nullable;

/**
 * Reads numbers from a text of words. It skips what cannot be meant as a number:
 *
 * <ul>
 *   <li>separators, and words of letters such as {@code Header Bytes:};
 *   <li>an index or a count: a number alone in brackets, unless it is alone on its line: {@code [0]
 *       (8) 82 FE}; also brackets that contain a word, {@code (byte)} or {@code (3 bytes)};
 *   <li>the count in {@code READ 8 8106} and {@code WRITE 8 8106};
 *   <li>a name shortly before {@code =}, and, if there are braces, what is outside them;
 *   <li>the rest of a line after {@code ...}, {@code //} or {@code #}.
 * </ul>
 */
abstract class WordReader extends SpellingReader {
  /** The most characters that are held until it is clear whether they are a number. */
  static final int LONGEST_WORD = 64;

  /** The current word, of which {@link #length} characters have arrived. */
  final byte[] word = new byte[LONGEST_WORD];

  int length;

  /** Offset of the first character of {@link #word}. */
  long wordStart;

  /** Whether the word began before {@link #wordStart}, and its beginning was read as bytes. */
  boolean continued;

  /** How many braces and square brackets are open. */
  int listDepth;

  boolean bytesOnLine;

  private final HeldBracket bracket = new HeldBracket();

  /** A number in brackets. It is a byte if its line contains nothing else. */
  private final byte[] lone = new byte[LONGEST_WORD];

  private int loneLength;
  private long loneStart;
  private long lineEnds;
  private boolean wordsOnLine;
  private boolean doubtful;
  private boolean words;
  private boolean restOfLine;
  private boolean braceOpen;
  private boolean braceClosed;
  private boolean countFollows;
  private @Nullable SpellingError unlessName;

  WordReader(Octets out) {
    super(out);
  }

  /** Whether there was anything but numbers and punctuation. */
  @Override
  boolean hasWords() {
    return words;
  }

  /** How many line ends it has read. */
  long lineEnds() {
    return lineEnds;
  }

  /**
   * Reads the word, or part of a long one, as bytes.
   *
   * @param count of its characters; an even number if the word continues
   * @param more whether the word continues
   */
  abstract void number(int count, boolean more) throws SpellingError;

  /** Whether words follow numbers on a line; the numbers may be counts: {@code 136 bytes}. */
  @Override
  boolean isDoubtful() {
    return doubtful;
  }

  /** Starts a list. */
  void startList() {}

  /** Whether a dash between two digits separates numbers. */
  boolean dashSeparates() {
    return false;
  }

  @Override
  int read(byte[] text, int from, int to, long offset) throws SpellingError {
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
   * Reads numbers in the simplest form, faster.
   *
   * @return the index of the first character that is not read, possibly {@code from}
   */
  int readFast(byte[] text, int from, int to) {
    return from;
  }

  @Override
  void end(long offset) throws SpellingError {
    replayBracket();
    endWord();
    endLine();
  }

  /** Whether the next character begins a word or continues a number, and nothing is held. */
  private boolean isPlain() {
    return length == 0
        && !bracket.isOpen()
        && loneLength == 0
        && !restOfLine
        && !braceClosed
        && !countFollows
        && unlessName == null;
  }

  private void take(byte c, long offset) throws SpellingError {
    boolean opens = c == '(' || c == '[';
    if (bracket.isOpen() && !opens && c != '\n' && c != '{' && c != '}') {
      bracket.add(c);
      if (c == ')' || c == ']') {
        closeBracket();
      } else if (bracket.isFull()) {
        replayBracket();
      }
      return;
    }
    replayBracket();
    if (opens && !restOfLine && !braceClosed) {
      endWord();
      bracket.open(c, offset);
    } else {
      character(c, offset);
    }
  }

  private void closeBracket() throws SpellingError {
    switch (bracket.content()) {
      case NOTHING -> bracket.close();
      case WORDS -> {
        wordsOnLine = true;
        words = true;
        bracket.close();
      }
      case INDEX -> {
        wordsOnLine |= loneLength > 0;
        loneStart = bracket.indexStart();
        loneLength = bracket.copyIndex(lone);
        bracket.close();
      }
      case LIST -> replayBracket();
      default -> throw new AssertionError();
    }
  }

  private void replayBracket() throws SpellingError {
    int count = bracket.close();
    for (int i = 0; i < count; i++) {
      character(bracket.character(i), bracket.start() + i);
    }
  }

  private void character(byte c, long offset) throws SpellingError {
    if (unlessName != null && offset - unlessName.offset() > LONGEST_WORD) {
      throw unlessName;
    }
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

  private void separator(byte c) throws SpellingError {
    if (restOfLine && c != '\n') {
      return;
    }
    switch (c) {
      case '\n' -> {
        lineEnds++;
        endLine();
      }
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

  private void endLine() throws SpellingError {
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

  private void throwUnlessName() throws SpellingError {
    if (unlessName != null) {
      throw unlessName;
    }
  }

  private void endWord() throws SpellingError {
    if (length == 0 && !continued) {
      return;
    }
    int count = withoutEnd();
    if (count == 0 && !continued) {
      length = 0;
      return;
    }
    throwUnlessName();
    if (!continued && (word[0] == '#' || Words.starts(word, count, "//"))) {
      restOfLine = true;
      words = true;
    } else if (!continued && isWordOrDash(count)) {
      wordsOnLine = true;
      words |= word[0] != '-';
      doubtful |= bytesOnLine;
      countFollows = Words.starts(word, count, "READ") || Words.starts(word, count, "WRITE");
    } else if (countFollows && Words.isCount(word, count)) {
      countFollows = false;
    } else {
      loneLength = 0;
      readNumber(count);
    }
    continued = false;
    length = 0;
  }

  private boolean isWordOrDash(int count) {
    return (count == 1 && word[0] == '-') || Words.isWord(word, 0, count, bytesOnLine);
  }

  /** An invalid word that begins like a name is a name if {@code =} follows. */
  private void readNumber(int count) throws SpellingError {
    try {
      number(count, false);
      bytesOnLine = true;
      countFollows = false;
    } catch (SpellingError e) {
      if (continued || !Characters.isLetter(word[0])) {
        throw e;
      }
      unlessName = e;
    }
  }

  /** Reads a long word, except what may begin an ellipsis. */
  private void flush() throws SpellingError {
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

  /** The length of the word without the full stop or the ellipsis at its end. */
  private int withoutEnd() {
    if (Words.endsWithEllipsis(word, length)) {
      restOfLine = true;
      return length - 3;
    }
    return length > 0 && word[length - 1] == '.' ? length - 1 : length;
  }
}
