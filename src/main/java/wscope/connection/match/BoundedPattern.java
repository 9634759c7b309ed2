package wscope.connection.match;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import wscope.regex.CountedText;

/**
 * A regular expression of the user, tried on messages of a stranger. Java's expressions backtrack,
 * so the steps on one message are counted: each look at a character is one.
 */
public final class BoundedPattern {
  private final Pattern pattern;
  private final int flags;

  private BoundedPattern(Pattern pattern, int flags) {
    this.pattern = pattern;
    this.flags = flags;
  }

  /**
   * Compiles an expression of {@link Pattern}.
   *
   * @param letters flags: i (ignore case), m (^ and $ match at each line), s (. matches line ends)
   * @throws InvalidPattern if the expression is invalid
   */
  public static BoundedPattern of(String expression, String letters) throws InvalidPattern {
    int flags = 0;
    for (int i = 0; i < letters.length(); i++) {
      flags |=
          switch (letters.charAt(i)) {
            case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
            case 'm' -> Pattern.MULTILINE;
            default -> Pattern.DOTALL;
          };
    }
    try {
      return new BoundedPattern(Pattern.compile(expression, flags), flags);
    } catch (PatternSyntaxException e) {
      throw new InvalidPattern(e.getDescription(), Math.max(0, e.getIndex()));
    }
  }

  /** Whether the expression has a group with this name or number; 0 is the whole match. */
  public boolean hasGroup(String name) {
    if (isNumber(name)) {
      return Integer.parseInt(name) <= pattern.matcher("").groupCount();
    }
    // It matches nothing at all, if nothing else: only a match knows the names of groups.
    Matcher matcher = Pattern.compile("(?:" + pattern.pattern() + ")|", flags).matcher("");
    try {
      return matcher.find() && matcher.start(name) >= -1;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Finds the first match in a text message; null if there is none or the search gave up. */
  @Nullable Captures find(Subject subject) {
    if (subject.payload().length > 4 * Subject.LONGEST_TEXT
        || subject.text().length() > Subject.LONGEST_TEXT) {
      subject.doubt("the message is longer than 65536 characters; no regular expression was tried");
      return null;
    }
    Matcher matcher = pattern.matcher(new CountedText(subject.text(), subject::step));
    try {
      return matcher.find() ? name -> group(matcher, name) : null;
    } catch (CountedText.TooManySteps | StackOverflowError e) {
      subject.doubt("the regular expression took too many steps and gave up");
      return null;
    }
  }

  private static @Nullable Value group(Matcher matcher, String name) {
    String found = isNumber(name) ? matcher.group(Integer.parseInt(name)) : matcher.group(name);
    return found == null ? null : Value.ofText(found);
  }

  private static boolean isNumber(String name) {
    return name.charAt(0) <= '9';
  }
}
