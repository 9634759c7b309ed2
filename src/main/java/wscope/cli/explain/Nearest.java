package wscope.cli.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.cli.option.NearestWord;
import wscope.explain.Explainer;

/**
 * What is near a question of which nothing is known.
 *
 * @param beginning the beginning of the question, in one line
 * @param names the nearest names and error texts
 */
record Nearest(String beginning, List<String> names) {
  private static final int LONGEST = 200;
  private static final int LONGEST_IN_MESSAGE = 60;

  /** The length of the longest question that may be a misspelled name. */
  private static final int LONGEST_NAME = 48;

  static Nearest to(String question, Explainer explainer) {
    String line = question.strip().replaceAll("\\s+", " ");
    String beginning = cut(line, LONGEST);
    List<String> names = new ArrayList<>();
    if (line.length() <= LONGEST_NAME) {
      String name = name(line, explainer);
      name = name == null ? withHyphens(line, explainer) : name;
      if (name != null) {
        names.add(name);
      }
    }
    names.addAll(explainer.nearest(question));
    return new Nearest(beginning, List.copyOf(names));
  }

  /** The name that is nearest, of those with so many words; null if none is near. */
  private static @Nullable String name(String line, Explainer explainer) {
    Map<String, String> known = new LinkedHashMap<>();
    for (String name : explainer.names()) {
      if (words(name) == words(line)) {
        known.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      }
    }
    String nearest = NearestWord.to(line, known.keySet());
    return nearest == null ? null : known.get(nearest);
  }

  /** The name that has hyphens where the text has spaces; null if there is none. */
  private static @Nullable String withHyphens(String line, Explainer explainer) {
    String hyphens = line.replace(' ', '-');
    for (String name : explainer.names()) {
      if (name.equalsIgnoreCase(hyphens)) {
        return name;
      }
    }
    return null;
  }

  private static int words(String text) {
    return text.split(" ", -1).length;
  }

  /** The error message. */
  String message() {
    String nothing = "explain has nothing on '" + cut(beginning, LONGEST_IN_MESSAGE) + "'; ";
    return names.isEmpty()
        ? nothing + "give a whole error text, a code, a header or a rule"
        : nothing + "nearest: " + String.join("; ", names);
  }

  /** Cuts a text without dividing a surrogate pair. */
  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean divides = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, divides ? length - 1 : length) + "…";
  }
}
