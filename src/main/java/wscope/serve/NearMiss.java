package wscope.serve;

/** Finds words with one typing error: a letter too many, too few or wrong, or two swapped. */
final class NearMiss {
  private NearMiss() {}

  /** Whether one typing error, or only the case of letters, separates two words. */
  static boolean between(String typed, String word) {
    int shorter = Math.min(typed.length(), word.length());
    int start = 0;
    while (start < shorter && same(typed.charAt(start), word.charAt(start))) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && same(typed.charAt(typed.length() - 1 - end), word.charAt(word.length() - 1 - end))) {
      end++;
    }
    int typedLeft = typed.length() - start - end;
    int wordLeft = word.length() - start - end;
    boolean swapped =
        typedLeft == 2
            && wordLeft == 2
            && same(typed.charAt(start), word.charAt(start + 1))
            && same(typed.charAt(start + 1), word.charAt(start));
    return swapped || (typedLeft <= 1 && wordLeft <= 1);
  }

  private static boolean same(char a, char b) {
    return Character.toLowerCase(a) == Character.toLowerCase(b);
  }
}
