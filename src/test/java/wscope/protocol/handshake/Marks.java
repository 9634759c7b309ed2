package wscope.protocol.handshake;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks such as {@code {1}} in a vector name an offset in its text; they are not part of it. */
public final class Marks {
  private static final Pattern MARK = Pattern.compile("\\{(\\d+)}");

  private Marks() {}

  /** The text without its marks. */
  public static String removed(String marked) {
    return MARK.matcher(marked).replaceAll("");
  }

  /** The expectation with the offsets of the marks in a text. */
  static String resolved(String expected, String marked) {
    Map<String, Integer> offsets = new HashMap<>();
    Matcher mark = MARK.matcher(marked);
    int length = 0;
    while (mark.find()) {
      offsets.put(mark.group(1), mark.start() - length);
      length += mark.group().length();
    }
    return MARK.matcher(expected).replaceAll(match -> offsets.get(match.group(1)).toString());
  }
}
