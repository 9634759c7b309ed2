package wscope.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import wscope.input.spelling.ForeignDigit;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.SpelledBytes;
import wscope.input.spelling.SpelledLines;
import wscope.input.spelling.Spelling;

/** A way to read the rest of a text, or a part of it, without looking for bytes. */
interface Rest {
  /**
   * Reads on.
   *
   * @return false if nothing remains for it
   */
  boolean read(ByteBuffer out) throws IOException, InvalidSpelling;

  /** Bytes as they are. */
  static Rest raw(TextBuffer buffer) {
    return out -> readRaw(buffer, out);
  }

  /** So many bytes as they are. */
  static Rest raw(TextBuffer buffer, int count) {
    return new Rest() {
      private int left = count;

      @Override
      public boolean read(ByteBuffer out) throws IOException {
        if (left > 0 && buffer.length() == 0) {
          buffer.more();
        }
        int taken = Math.min(left, buffer.length());
        out.put(buffer.text(), buffer.at(), taken);
        buffer.advanceTo(buffer.at() + taken);
        left -= taken;
        return left > 0 && !buffer.isAtEnd();
      }
    };
  }

  /** A text in one spelling. */
  static Rest spelled(TextBuffer buffer, Spelling spelling) {
    SpelledBytes bytes = new SpelledBytes(buffer.stream(), spelling, buffer.line());
    return bytes::read;
  }

  /** Lines of nothing but numbers, up to the first that has words. */
  static Rest lines(TextBuffer buffer, Spelling spelling) {
    SpelledLines lines = new SpelledLines(spelling);
    return new Rest() {
      /** In how many bytes of the text each space is one of ASCII. */
      private int plain;

      @Override
      public boolean read(ByteBuffer out) throws IOException, InvalidSpelling {
        int from = buffer.at() + plain;
        int to = buffer.isAtEnd() ? buffer.end() : buffer.lastLineEnd(from);
        plain += to - from - buffer.replaceSpaces(from, to);
        byte[] text = buffer.text();
        int at = buffer.at();
        int next = lines.read(text, at, buffer.end(), buffer.isAtEnd(), out);
        buffer.advanceTo(next, lines.lineEnds());
        plain = Math.max(0, plain - (next - at));
        return next > at || goesOn(buffer, lines);
      }
    };
  }

  /** Whether lines go on, of which nothing could be read; waits for more of the text. */
  private static boolean goesOn(TextBuffer buffer, SpelledLines lines)
      throws IOException, InvalidSpelling {
    if (lines.hasWords()) {
      return false;
    }
    byte[] text = buffer.text();
    int at = buffer.at();
    InvalidSpelling error = lines.error(text, at, buffer.end(), buffer.line(), buffer.before());
    if (error != null) {
      if (Bare.isMeantAsBytes(text, at, buffer.end())) {
        ForeignDigit.check(text, at, buffer.lineEnd(), buffer.line(), buffer.before());
        throw error;
      }
      return false;
    }
    if (buffer.isAtEnd()) {
      return false;
    }
    buffer.more();
    return true;
  }

  private static boolean readRaw(TextBuffer buffer, ByteBuffer out) throws IOException {
    if (buffer.length() == 0) {
      buffer.more();
    }
    buffer.takeBytes(out);
    return out.position() > 0 || !buffer.isAtEnd();
  }
}
