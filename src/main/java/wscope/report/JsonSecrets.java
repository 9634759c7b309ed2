package wscope.report;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the values of secret names in JSON, also in JSON inside a string of JSON. Of an object or
 * an array, each string and number is secret; the names stay. What follows many of them becomes one
 * secret.
 */
final class JsonSecrets {
  private static final int LONGEST_NAME = 200;

  /** How many values of an object or array are secrets of their own. */
  private static final int MOST_VALUES = 1000;

  /** A name, and the backslashes before its quotation mark, as many as strings are nested. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?<!\\\\)(\\\\*+)\"((?:[\\w.$-]|"
              + SecretNames.ESCAPED
              + "){1,"
              + LONGEST_NAME
              + "}+)\\1\"\\s*+:\\s*+",
          Pattern.CASE_INSENSITIVE);

  private static final String WHITE_SPACE = " \t\r\n";
  private static final String AFTER_SCALAR = ",:{}[]\\\"" + WHITE_SPACE;

  private final String text;
  private final List<Secret> found;

  /** How many values of the current object or array are found. */
  private int values;

  /** Whether the numbers in the current object or array count tokens. */
  private boolean counts;

  /** Where the value after the last of {@link #MOST_VALUES} begins. */
  private int rest;

  private JsonSecrets(String text, List<Secret> found) {
    this.text = text;
    this.found = found;
  }

  /** Adds what is found in a text. */
  static void find(String text, List<Secret> found) {
    JsonSecrets json = new JsonSecrets(text, found);
    Matcher matcher = NAME.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      from = matcher.end();
      String name = SecretNames.unescaped(matcher.group(2));
      if (SecretNames.contains(name)) {
        from = json.value(from, matcher.group(1), name);
      }
    }
  }

  /** Adds a value, and returns where it ends. */
  private int value(int start, String escape, String name) {
    String label = "JSON field " + SecretNames.lower(name);
    if (start < text.length() && "{[".indexOf(text.charAt(start)) >= 0) {
      values = 0;
      counts = SecretNames.lower(name).endsWith("tokens");
      int end = nested(start, escape, label);
      if (values > MOST_VALUES) {
        found.add(new Secret(rest, end, label, false));
      }
      return end;
    }
    int first = start;
    int end;
    if (text.startsWith(escape + '"', start)) {
      first += escape.length() + 1;
      end = stringEnd(first, escape);
    } else {
      end = start;
      while (end < text.length() && ",}]\r\n".indexOf(text.charAt(end)) < 0) {
        end++;
      }
    }
    String value = text.substring(first, end);
    if (!value.isEmpty() && !isLiteral(value) && !SecretNames.isCount(name, text, first, end)) {
      found.add(new Secret(first, end, label, true));
    }
    return end;
  }

  /** Adds all strings and numbers of an object or array, and returns where it ends. */
  private int nested(int start, String escape, String label) {
    int depth = 0;
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      if ("{[".indexOf(c) >= 0) {
        depth++;
        at++;
      } else if ("}]".indexOf(c) >= 0) {
        depth--;
        at++;
        if (depth == 0) {
          return at;
        }
      } else if (",:".indexOf(c) >= 0 || WHITE_SPACE.indexOf(c) >= 0) {
        at++;
      } else {
        int after = scalar(at, escape, label);
        if (after == at) {
          return at;
        }
        at = after;
      }
    }
    return at;
  }

  /** Adds a string or number; returns where it ends, or where it starts if the JSON ends there. */
  private int scalar(int start, String escape, String label) {
    int quote = start;
    while (quote < text.length() && text.charAt(quote) == '\\') {
      quote++;
    }
    int backslashes = quote - start;
    char c = quote < text.length() ? text.charAt(quote) : '"';
    if (c == '"' && backslashes < escape.length()) {
      return start; // The string with this JSON ends.
    }
    if (c == '"' && backslashes == escape.length() && quote < text.length()) {
      int end = stringEnd(quote + 1, escape);
      int after = Math.min(text.length(), end + escape.length() + 1);
      if (!isName(after)) {
        addNested(quote + 1, end, label);
      }
      return after;
    }
    if (backslashes > 0 && "nrt".indexOf(c) >= 0) {
      return quote + 1;
    }
    int end = Math.min(text.length(), quote + 1);
    while (end < text.length() && AFTER_SCALAR.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String value = text.substring(start, end);
    if (!isLiteral(value) && !(counts && SecretNames.isCount(value))) {
      addNested(start, end, label);
    }
    return end;
  }

  private void addNested(int start, int end, String label) {
    if (end == start) {
      return;
    }
    values++;
    if (values <= MOST_VALUES) {
      // Beside a password there may be a role or a type.
      boolean distinct = !text.substring(start, end).chars().allMatch(JsonSecrets::isOfWords);
      found.add(new Secret(start, end, label, distinct));
    } else if (values == MOST_VALUES + 1) {
      rest = start;
    }
  }

  private static boolean isOfWords(int c) {
    return c == ' ' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private boolean isName(int after) {
    int at = after;
    while (at < text.length() && WHITE_SPACE.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() && text.charAt(at) == ':';
  }

  /** The end of a string, whose quotation mark has as many backslashes as the first. */
  private int stringEnd(int start, String escape) {
    int backslashes = 0;
    for (int at = start; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"' && backslashes == escape.length()) {
        return at - backslashes;
      }
      boolean pair = c == '\\' && escape.isEmpty() && backslashes == 1;
      backslashes = c == '\\' && !pair ? backslashes + 1 : 0;
    }
    return text.length();
  }

  private static boolean isLiteral(String value) {
    String literal = value.strip();
    return literal.equals("null") || literal.equals("true") || literal.equals("false");
  }
}
