package wscope.report;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The secrets that were found, which are hidden wherever they stand again in the same form. */
final class KnownSecrets {
  /** Secrets shorter than this are not searched: they may be common words. */
  private static final int SHORTEST = 6;

  private static final int MOST = 200;

  /** The number of characters of all secrets. */
  private static final int MOST_CHARACTERS = 1 << 20;

  /** The characters that are compared, and how many more for each of a text. */
  private static final long FEWEST_STEPS = 100_000;

  private static final long MOST_STEPS = 100;

  private static final String AGAIN = "a secret once more";

  private final Set<String> secrets = new LinkedHashSet<>();
  private int characters;

  void add(String secret) {
    if (secret.length() >= SHORTEST
        && secrets.size() < MOST
        && secret.length() <= MOST_CHARACTERS - characters
        && !secret.contains(Redaction.MARK)
        && secrets.add(secret)) {
      characters += secret.length();
    }
  }

  /** Adds all secrets that are known to those found in a text; all of it if that takes too long. */
  void find(String text, List<Secret> found) {
    long steps = FEWEST_STEPS + MOST_STEPS * text.length();
    BitSet hidden = new BitSet();
    found.forEach(secret -> hidden.set(secret.start(), secret.end()));
    for (String secret : secrets) {
      steps = find(text, secret, steps, hidden, found);
      if (steps < 0) {
        found.add(new Secret(0, text.length(), AGAIN + ", which takes too long", false));
        return;
      }
    }
  }

  /**
   * Finds one secret where it is not hidden yet; returns how many steps are left, less than 0 if
   * more are needed.
   */
  private static long find(
      String text, String secret, long steps, BitSet hidden, List<Secret> found) {
    // Fast, and never slow, as the search for the whole of a long secret may be.
    String start = secret.substring(0, SHORTEST);
    long left = steps;
    int at = text.indexOf(start);
    while (at >= 0 && text.length() - at >= secret.length() && left >= 0) {
      // Where it would be hidden as a whole, there is nothing to find.
      int from = hidden.nextClearBit(at) - secret.length() + 1;
      if (from <= at) {
        int same = SHORTEST;
        while (same < secret.length() && text.charAt(at + same) == secret.charAt(same)) {
          same++;
        }
        left -= same;
        boolean whole = same == secret.length();
        if (whole) {
          found.add(new Secret(at, at + same, AGAIN, false));
        }
        from = whole ? at + same : at + 1;
      }
      at = text.indexOf(start, from);
    }
    return left;
  }
}
