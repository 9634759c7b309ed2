package wscope.cli.decode;

import java.util.StringTokenizer;
import wscope.protocol.frame.LengthForm;

/**
 * The first bytes of a frame header in decimal, such as 129 131, typed one after the other while
 * learning. The first number has three digits and FIN, so it can be nothing else.
 */
final class DecimalHeader {
  private static final int FIN = 128;
  private static final int MOST = 255;
  private static final int KEY_BYTES = 4;

  private DecimalHeader() {}

  /** Whether a text is nothing but a part of a header. */
  static boolean is(String text) {
    StringTokenizer words = new StringTokenizer(text, " ,\t\r\n");
    int count = 0;
    int header = 2;
    while (words.hasMoreTokens()) {
      int b = value(words.nextToken());
      if (b < 0 || (count == 0 && b < FIN)) {
        return false;
      }
      if (count == 1) {
        header += LengthForm.announcedBy(b & 0x7f).extraBytes() + (b >= FIN ? KEY_BYTES : 0);
      }
      count++;
      if (count >= 2 && count >= header) {
        return false;
      }
    }
    return count > 0;
  }

  /** The value of a decimal byte; -1 if the word is not one. */
  private static int value(String word) {
    int value = 0;
    for (int i = 0; i < word.length(); i++) {
      int digit = word.charAt(i) - '0';
      if (i == 3 || digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value > MOST ? -1 : value;
  }
}
