package wscope.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text: runs of letters and digits, in lower case. Punctuation of any kind, quotes
 * and escape sequences for colours only separate words, so texts compare equal however they are
 * quoted. Of a URL, only the scheme counts, because its path may contain anything.
 */
final class Words {
  private static final char ESCAPE = '\u001b';

  private Words() {}

  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    int length = text.length();
    for (int at = 0; at < length; ) {
      if (text.charAt(at) == ESCAPE) {
        at = afterEscape(text, at);
        continue;
      }
      int end = at;
      while (end < length && isPart(text.charAt(end))) {
        end++;
      }
      if (end > at) {
        words.add(text.substring(at, end).toLowerCase(Locale.ROOT));
      }
      at = end > at && text.startsWith("://", end) ? afterUrl(text, end) : Math.max(end, at + 1);
    }
    return words;
  }

  /** The words of a name, joined by spaces. */
  static String key(String name) {
    return String.join(" ", of(name));
  }

  /** A number in decimal, or in hex with 0x; -1 if the word is neither, or has too many digits. */
  static int number(String word) {
    boolean hex = word.startsWith("0x");
    String digits = hex ? word.substring(2) : word;
    if (digits.isEmpty() || digits.length() > 9) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), hex ? 16 : 10);
      if (digit < 0 || digits.charAt(i) > 'z' || number > (Integer.MAX_VALUE - 15) / 16) {
        return -1;
      }
      number = number * (hex ? 16 : 10) + digit;
    }
    return number;
  }

  /** The index after a URL, which ends at a space, a quote or a bracket. */
  private static int afterUrl(String text, int colon) {
    int at = colon;
    while (at < text.length() && !isAfterUrl(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isAfterUrl(char c) {
    return c <= ' ' || "\"'<>()[]{}`".indexOf(c) >= 0 || (c >= '\u2018' && c <= '\u201f');
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c);
  }

  /** The index after an escape sequence, which ends with a letter. */
  private static int afterEscape(String text, int escape) {
    int at = escape + 1;
    if (at < text.length() && text.charAt(at) == '[') {
      at++;
      while (at < text.length() && "0123456789;".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return Math.min(at + 1, text.length());
    }
    return at;
  }
}
