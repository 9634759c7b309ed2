package wscope.input.spelling;

/**
 * String literals with escapes, as C, Java, JSON, Python, Rust and the shell write them. If there
 * are quotes, the bytes are inside them. Otherwise they start at the first escape, without line
 * ends and without spaces between two escapes. {@code \x} takes at most two digits, and {@code
 * \}{@code u0081} is the byte 0x81.
 */
final class EscapeReader extends SpellingReader {
  private static final String ADVICE = "write \\x5c for a backslash";
  private static final String SIMPLE = "abtnvfre0\\'\"/?`";
  private static final byte[] SIMPLE_VALUES = {
    7, 8, 9, 10, 11, 12, 13, 27, 0, '\\', '\'', '"', '/', '?', '`'
  };

  private enum State {
    /** Before the first quote or escape. */
    LEAD,
    /** Outside quotes. */
    OUTSIDE,
    /** Inside quotes, or in a text without quotes. */
    LITERAL,
    BACKSLASH,
    OCTAL,
    /** After {@code \x}, with the digits that have arrived in {@link #digits}. */
    HEX,
    /** After a backslash and {@code u}. */
    UNICODE,
    UNICODE_IN_BRACES,
  }

  private State state = State.LEAD;
  private byte quote;
  private int value;
  private int digits;
  private long escapeStart;
  private int spaces;
  private boolean afterEscape;
  private boolean escapeSeen;
  private boolean prefixSeen;
  private int wordLength;
  private byte wordStart;
  private boolean lineIsLogged;
  private int lineLength;
  private byte lineStart;

  EscapeReader(Octets out) {
    super(out);
  }

  @Override
  int read(byte[] text, int from, int to, long offset) throws SpellingError {
    int at = from;
    while (at < to && !isFull()) {
      take(text[at], offset + at - from);
      at++;
    }
    return at;
  }

  private void take(byte c, long offset) throws SpellingError {
    switch (state) {
      case LEAD, OUTSIDE -> outside(c, offset);
      case LITERAL -> literal(c, offset);
      case BACKSLASH -> backslash(c, offset);
      case OCTAL -> octal(c, offset);
      case HEX -> hex(c, offset);
      case UNICODE, UNICODE_IN_BRACES -> unicode(c, offset);
      default -> throw new AssertionError(state);
    }
  }

  private void outside(byte c, long offset) {
    if (c == '\\' && state == State.LEAD) {
      startEscape(offset);
    } else if ((c == '"' || c == '\'') && (wordLength <= 2)) {
      prefixSeen |= wordLength > 0 && (wordStart | 0x20) == 'b';
      prefixSeen |= lineIsLogged;
      quote = c;
      state = State.LITERAL;
      wordLength = 0;
    } else {
      noteWord(c);
    }
  }

  /** Notes the marks of bytes: Python's b before a quote, READ or WRITE at the line start. */
  private void noteWord(byte c) {
    if (c == '\n') {
      lineLength = 0;
      lineIsLogged = false;
    } else if (lineLength++ == 0) {
      lineStart = c;
    } else if (lineLength == 4 || lineLength == 5) {
      boolean read = lineStart == 'R' && lineLength == 4 && c == 'D';
      boolean write = lineStart == 'W' && lineLength == 5 && c == 'E';
      lineIsLogged |= read || write;
    }
    boolean inWord = Characters.isLetter(c) || Characters.isDigit(c);
    wordStart = inWord && wordLength > 0 ? wordStart : c;
    wordLength = inWord ? wordLength + 1 : 0;
  }

  private void literal(byte c, long offset) {
    if (quote == 0 && (c == ' ' || c == '\t') && spaces < MOST_AT_ONCE / 2) {
      spaces++;
    } else if (c == '\\') {
      endSpaces(!afterEscape);
      startEscape(offset);
    } else if (c == '\n' || c == '\r') {
      endSpaces(false);
    } else if (quote != 0 && c == quote) {
      state = State.OUTSIDE;
      noteWord(c);
    } else {
      endSpaces(true);
      afterEscape = false;
      out.put(c);
    }
  }

  private void endSpaces(boolean kept) {
    for (; spaces > 0; spaces--) {
      if (kept) {
        out.put(' ');
      }
    }
  }

  private void startEscape(long offset) {
    state = State.BACKSLASH;
    escapeStart = offset;
    value = 0;
    digits = 0;
  }

  private void backslash(byte c, long offset) throws SpellingError {
    int simple = SIMPLE.indexOf(c);
    if (c >= '0' && c <= '7') {
      state = State.OCTAL;
      octal(c, offset);
    } else if (simple >= 0) {
      endEscape(SIMPLE_VALUES[simple]);
    } else if (c == 'x') {
      state = State.HEX;
    } else if (c == 'u') {
      state = State.UNICODE;
    } else if (c == '\n') {
      state = State.LITERAL;
    } else if (c != '\r') {
      throw SpellingError.unexpected(c, "an escape after \\", ADVICE, offset);
    }
  }

  private void endEscape(int b) {
    out.put(b);
    escapeSeen = true;
    afterEscape = true;
    state = State.LITERAL;
  }

  /** One to three digits. */
  private void octal(byte c, long offset) throws SpellingError {
    if (c < '0' || c > '7') {
      endEscape(value);
      literal(c, offset);
      return;
    }
    value = value << 3 | (c - '0');
    digits++;
    if (value > 0xff) {
      throw new SpellingError("an octal escape over \\377", ADVICE, offset);
    }
    if (digits == 3) {
      endEscape(value);
    }
  }

  /** One or two digits. */
  private void hex(byte c, long offset) throws SpellingError {
    int digit = Characters.hexValue(c);
    if (digit < 0) {
      if (digits == 0) {
        throw SpellingError.unexpected(c, "a hex digit after \\x", "write \\x05 for 5", offset);
      }
      endEscape(value);
      literal(c, offset);
      return;
    }
    value = value << 4 | digit;
    digits++;
    if (digits == 2) {
      endEscape(value);
    }
  }

  /** Four digits, or any number of digits in braces. */
  private void unicode(byte c, long offset) throws SpellingError {
    if (c == '{' && digits == 0 && state == State.UNICODE) {
      state = State.UNICODE_IN_BRACES;
      return;
    }
    int digit = Characters.hexValue(c);
    boolean braces = state == State.UNICODE_IN_BRACES;
    if (braces && c == '}' && digits > 0) {
      endEscape(value);
      return;
    }
    if (digit < 0) {
      throw SpellingError.unexpected(c, "a hex digit after \\u", "write \\x81 or \\u0081", offset);
    }
    value = value << 4 | digit;
    digits++;
    if (value > 0xff) {
      throw new SpellingError(
          "a code point over U+00FF", "write its UTF-8 bytes, each as \\x and two digits", offset);
    }
    if (digits == 4 && !braces) {
      endEscape(value);
    }
  }

  @Override
  void end(long offset) throws SpellingError {
    switch (state) {
      case LEAD, OUTSIDE -> {}
      case LITERAL -> endLiteral(offset);
      case OCTAL -> endDigits(offset);
      case HEX -> {
        if (digits == 0) {
          throw unfinished();
        }
        endDigits(offset);
      }
      default -> throw unfinished();
    }
  }

  private void endDigits(long offset) throws SpellingError {
    endEscape(value);
    endLiteral(offset);
  }

  private void endLiteral(long offset) throws SpellingError {
    endSpaces(false);
    if (quote != 0) {
      throw new SpellingError(
          "a string without a closing " + (char) quote + " ends",
          "add the closing quote, or leave out both",
          offset - 1);
    }
  }

  private SpellingError unfinished() {
    return new SpellingError("an incomplete escape begins", ADVICE, escapeStart);
  }

  /** Whether there was an escape, or a quote with a mark of bytes before it. */
  @Override
  boolean fits() {
    return escapeSeen || prefixSeen;
  }
}
