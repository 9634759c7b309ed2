package wscope.proxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import wscope.connection.InvalidParameter;
import wscope.regex.CountedText;

/** Replaces what a regular expression matches in a text, in bounded time and memory. */
public final class Replacement {
  /** The longest result, in characters. */
  static final int LONGEST = 4 << 20;

  /** The number of characters that a search may look at. */
  private static final long MOST_LOOKS = 50_000_000;

  private final Pattern pattern;
  private final String text;

  private Replacement(Pattern pattern, String text) {
    this.pattern = pattern;
    this.text = text;
  }

  /**
   * Reads {@code REGEX=TEXT}. The first equals sign that ends a whole regular expression counts.
   *
   * @throws InvalidParameter if there is none, or the text refers to a group that does not exist
   */
  public static Replacement parse(String value) throws InvalidParameter {
    PatternSyntaxException problem = null;
    for (int at = value.indexOf('='); at >= 0; at = value.indexOf('=', at + 1)) {
      String regex = value.substring(0, at);
      try {
        Pattern pattern = Pattern.compile(regex);
        if (regex.isEmpty()) {
          throw new InvalidParameter(
              "there is no regular expression before the =; write REGEX=TEXT, as in hello=bye");
        }
        return new Replacement(pattern, checked(regex, value.substring(at + 1)));
      } catch (PatternSyntaxException e) {
        problem = e;
      }
    }
    if (problem == null) {
      throw new InvalidParameter(
          InvalidParameter.quoted(value) + " has no =; write REGEX=TEXT, as in hello=bye");
    }
    throw new InvalidParameter(
        InvalidParameter.quoted(problem.getPattern())
            + " is not a regular expression, at character "
            + (Math.max(problem.getIndex(), 0) + 1)
            + ": "
            + problem.getDescription());
  }

  /** Returns the text if it refers only to groups of the expression. */
  private static String checked(String regex, String text) throws InvalidParameter {
    // The empty alternative always matches, and has the same groups.
    Matcher matcher = Pattern.compile("|" + regex).matcher("");
    try {
      if (matcher.find()) {
        matcher.appendReplacement(new StringBuilder(), text);
      }
      return text;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InvalidParameter(
          InvalidParameter.quoted(text)
              + ": "
              + e.getMessage()
              + "; write $1 for the first group, and \\$ for a dollar sign");
    }
  }

  /** Thrown if a replacement takes too long or gets too long. */
  static final class TooMuch extends Exception {
    private static final long serialVersionUID = 1;

    TooMuch(String text) {
      super(text, null, false, false);
    }
  }

  /**
   * Replaces all matches.
   *
   * @return the new text; null if nothing matches
   */
  @Nullable String apply(String message) throws TooMuch {
    try {
      Matcher matcher = pattern.matcher(CountedText.of(message, MOST_LOOKS));
      if (!matcher.find()) {
        return null;
      }
      StringBuilder result = new StringBuilder();
      do {
        matcher.appendReplacement(result, text);
        checkLength(result.length());
      } while (matcher.find());
      matcher.appendTail(result);
      checkLength(result.length());
      return result.toString();
    } catch (CountedText.TooManySteps | StackOverflowError e) {
      throw new TooMuch("the search for the regular expression takes too long");
    }
  }

  private static void checkLength(int length) throws TooMuch {
    if (length > LONGEST) {
      throw new TooMuch("the new text would have more than " + LONGEST + " characters");
    }
  }
}
