package wscope.input;

import java.nio.ByteBuffer;

/** Reads one spelling, character by character; words may be cut anywhere. */
abstract class WordReader {
  private long line = 1;
  private long column;

  /** Takes the next character and puts the bytes that it completes into {@code out}. */
  final void take(byte c, ByteBuffer out) throws BadSpelling {
    column++;
    if (Spelling.isSeparator(c)) {
      endWord(out);
      if (c == '\n') {
        line++;
        column = 0;
      }
    } else {
      character(c, out);
    }
  }

  /** The text has ended. */
  final void end(ByteBuffer out) throws BadSpelling {
    column++;
    endWord(out);
  }

  abstract void character(byte c, ByteBuffer out) throws BadSpelling;

  abstract void endWord(ByteBuffer out) throws BadSpelling;

  /** A problem with the character at hand. */
  final BadSpelling unexpected(byte c, String expected) {
    return new BadSpelling(show(c) + " is not " + expected, position(0));
  }

  /** The place of the character at hand, or some characters before it. */
  final Position position(int before) {
    return new Position(line, column - before);
  }

  private static String show(byte c) {
    return c > ' ' && c < 0x7f ? "'" + (char) c + "'" : "byte 0x" + Integer.toHexString(c & 0xff);
  }

  static WordReader of(Spelling spelling) {
    return switch (spelling) {
      case HEX -> new HexReader();
      case DECIMAL -> new DecimalReader();
    };
  }

  /** Pairs of hex digits; a word may begin with 0x, and then hold a single digit. */
  private static final class HexReader extends WordReader {
    private int digits;
    private int high;
    private boolean prefixed;

    @Override
    void character(byte c, ByteBuffer out) throws BadSpelling {
      int digit = Character.digit(c, 16);
      if (digit < 0) {
        boolean prefix = (c | 0x20) == 'x' && digits == 1 && high == 0 && !prefixed;
        if (!prefix) {
          throw unexpected(c, "a hex digit");
        }
        prefixed = true;
        digits = 0;
        return;
      }
      digits++;
      if (digits % 2 == 0) {
        out.put((byte) (high << 4 | digit));
      } else {
        high = digit;
      }
    }

    @Override
    void endWord(ByteBuffer out) throws BadSpelling {
      if (prefixed && digits == 1) {
        out.put((byte) high);
      } else if (digits % 2 == 1 || (prefixed && digits == 0)) {
        String problem = digits == 0 ? "no hex digit after 0x" : "an odd number of hex digits ends";
        throw new BadSpelling(problem, position(1));
      }
      digits = 0;
      prefixed = false;
    }
  }

  /** Numbers from 0 to 255. */
  private static final class DecimalReader extends WordReader {
    private int digits;
    private int value;

    @Override
    void character(byte c, ByteBuffer out) throws BadSpelling {
      if (c < '0' || c > '9') {
        throw unexpected(c, "a decimal digit");
      }
      value = 10 * value + c - '0';
      digits++;
      if (value > 255) {
        throw new BadSpelling("a number over 255, which is no byte,", position(0));
      }
    }

    @Override
    void endWord(ByteBuffer out) {
      if (digits > 0) {
        out.put((byte) value);
      }
      digits = 0;
      value = 0;
    }
  }
}
