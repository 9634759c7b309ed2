package wscope.support;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The string literals and the comments of Java sources. */
public final class JavaStrings {
  /** A text block, a string, a comment or a character, whichever begins first. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"\"\"(?:[^\\\\]|\\\\.)*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"|//[^\n]*|/\\*.*?\\*/"
              + "|'(?:[^'\\\\]|\\\\.)+'",
          Pattern.DOTALL);

  private static final Pattern COMMENT_MARK = Pattern.compile("//|/\\*+|\\*+/|(?m)^ *\\*");
  private static final Pattern ESCAPE = Pattern.compile("\\\\[^\\n]?");
  private static final Pattern CODE = Pattern.compile("[^\\s+]+");
  private static final Pattern GAP = Pattern.compile("[ +]+");

  private JavaStrings() {}

  /** The literals of a source, with their quotes and positions. */
  public static Stream<MatchResult> of(String source) {
    return TOKEN.matcher(source).results().filter(token -> token.group().startsWith("\""));
  }

  /**
   * The contents of the literals, each on its original line. Escapes and {@code +} become spaces,
   * and other code becomes bars. Concatenated literals therefore read as one text.
   */
  public static String contents(String source) {
    StringBuilder text = new StringBuilder();
    int[] end = new int[1];
    of(source)
        .forEach(
            literal -> {
              text.append(bars(source.substring(end[0], literal.start())));
              String content = ESCAPE.matcher(literal.group()).replaceAll(" ");
              text.append(content.replace('"', ' '));
              end[0] = literal.end();
            });
    return text.append(bars(source.substring(end[0]))).toString();
  }

  /**
   * The content of the comments, each on its line. Javadoc's asterisks and the slashes become
   * spaces, so consecutive lines of a comment read as one text; all other code becomes bars.
   */
  public static String comments(String source) {
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (MatchResult token : TOKEN.matcher(source).results().toList()) {
      if (token.group().startsWith("/")) {
        text.append(bars(source.substring(end, token.start())));
        text.append(COMMENT_MARK.matcher(token.group()).replaceAll(" "));
        end = token.end();
      }
    }
    return text.append(bars(source.substring(end))).toString();
  }

  private static String bars(String code) {
    String bars = CODE.matcher(code).replaceAll("|");
    return GAP.matcher(bars).replaceAll(" ");
  }
}
