package wscope.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import wscope.regex.CountedText;

/**
 * Finds secrets in text and replaces them: credentials in header fields, in URLs and queries, in
 * JSON, source code and XML, and whatever the user adds. A secret that was found once is found
 * again wherever it stands in the same form, in the same text or a later one; what an earlier text
 * became has been passed on. It counts what it replaces by name. A secret that has no name, as in
 * prose, is not found.
 */
public final class Redaction {
  /** How a secret is replaced. */
  public enum Style {
    /** By a mark, so that not even its length is known. */
    MARK,
    /** By one asterisk for each byte in UTF-8, so that lengths stay as they were. */
    SAME_LENGTH
  }

  /** What stands in place of a secret. */
  public static final String MARK = "[redacted]";

  /**
   * The characters that a pattern of the user may look at, and how many more for each of a text.
   */
  private static final long FEWEST_STEPS = 100_000;

  private static final long MOST_STEPS = 100;

  /** How the name of a find in a header field begins. */
  private static final String HEADER = "header ";

  /** What ends the name of a parameter; percent-encoded if the URL is a parameter itself. */
  private static final Pattern EQUALS =
      Pattern.compile("(?:=|%(?:25){0,2}+3d)\\\\*+[\"']?+", Pattern.CASE_INSENSITIVE);

  /** How far before its equals sign a name may begin. */
  private static final int LONGEST_PARAMETER = 120;

  private static final String AFTER_PARAMETER = "&#\"';,<>\\ \t\n\u000b\f\r";
  private static final Pattern BRACKETS = Pattern.compile("[\\[\\]]");

  /** A name and the start of a string, as in source code. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?<![\\w.$\"-])(" + SecretNames.NAME + ")'?+[ \\t]*+[:=][ \\t]*+([\"'])",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ELEMENT =
      Pattern.compile(
          "<(?:[\\w.-]{1,40}+:)?(" + SecretNames.NAME + ")(?:\\s[^<>]*+)?>([^<]++)</",
          Pattern.CASE_INSENSITIVE);

  /** A header field anywhere, or a name at the start of a line, as in the header of STOMP. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(?:(?<![\\w-])("
              + String.join("|", SecretNames.HEADERS)
              + ")|(?<![^\n])("
              + SecretNames.NAME
              + "))[ \\t]*+:[ \\t]*+",
          Pattern.CASE_INSENSITIVE);

  /** The start of an object in source code, or all of it; its values have names of their own. */
  private static final Pattern OBJECT = Pattern.compile("(?s)\\{\\s*+(?:}.*+|[^:]*+:.*+)?+");

  private static final Pattern USER = Pattern.compile("//([^\\s/?#@\"'<>]++)@");
  private static final Pattern BEARER =
      Pattern.compile(
          "\\bbearer(?:[ +]++|,[ \\t]*+|\\.authorization\\.k8s\\.io\\.)([\\w.~+/=-]{8,})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern JWT =
      Pattern.compile("\\beyJ[\\w-]{10,}+\\.[\\w-]{4,}+(?:\\.[\\w-]*+)?");

  private final Style style;
  private final List<Pattern> more;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final KnownSecrets known = new KnownSecrets();

  /**
   * Creates a redaction.
   *
   * @param more regular expressions for further text to replace
   */
  public Redaction(Style style, List<String> more) {
    this.style = style;
    this.more = more.stream().map(Pattern::compile).toList();
  }

  /** How many secrets were replaced, by name. */
  public Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  /** Whether a header field of this name holds nothing but a secret. */
  private static boolean isSecret(String name) {
    return SecretNames.HEADERS.contains(SecretNames.lower(name)) || SecretNames.contains(name);
  }

  /** Redacts the value of a header field. */
  public String field(String name, String value) {
    if (!isSecret(name) || value.isEmpty() || isHarmless(name, value, 0, value.length())) {
      return text(value);
    }
    List<Secret> found = new ArrayList<>();
    add(found, 0, value.length(), HEADER + SecretNames.lower(name));
    return replaced(value, found);
  }

  /** Redacts any text; it is the same if it holds no secret that can be found. */
  public String text(String text) {
    if (text.isEmpty()) {
      return text;
    }
    List<Secret> found = new ArrayList<>();
    // To look for a character of each pattern costs far less than to match the pattern.
    boolean quoted = text.indexOf('"') >= 0;
    boolean colon = text.indexOf(':') >= 0;
    boolean equals = text.indexOf('=') >= 0;
    if (quoted && colon) {
      JsonSecrets.find(text, found);
    }
    if (colon) {
      fields(text, found);
    }
    if (equals || text.indexOf('%') >= 0) {
      parameters(text, found);
    }
    if ((colon || equals) && (quoted || text.indexOf('\'') >= 0)) {
      assigned(text, found);
    }
    if (text.indexOf('<') >= 0) {
      elements(text, found);
    }
    if (text.indexOf('@') >= 0) {
      groups(USER, text, "user and password in a URL", found);
    }
    groups(BEARER, text, "bearer token", found);
    if (text.contains("eyJ")) {
      groups(JWT, text, "JSON Web Token", found);
    }
    for (int i = 0; i < more.size(); i++) {
      // The pattern itself may be the secret.
      bounded(more.get(i), text, "pattern " + (i + 1) + " of the user", found);
    }
    return replaced(text, found);
  }

  private static void groups(Pattern pattern, String text, String name, List<Secret> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      int group = pattern == USER || pattern == BEARER ? 1 : 0;
      add(found, matcher.start(group), matcher.end(group), name);
    }
  }

  /** Finds what a pattern of the user matches; hides the whole text if that takes too long. */
  private static void bounded(Pattern pattern, String text, String name, List<Secret> found) {
    try {
      Matcher matcher =
          pattern.matcher(CountedText.of(text, FEWEST_STEPS + MOST_STEPS * (long) text.length()));
      while (matcher.find()) {
        add(found, matcher.start(), matcher.end(), name);
      }
    } catch (CountedText.TooManySteps | StackOverflowError e) {
      found.add(new Secret(0, text.length(), name + ", which takes too long", false));
    }
  }

  private static void add(List<Secret> found, int start, int end, String name) {
    if (end > start) {
      found.add(new Secret(start, end, name, true));
    }
  }

  private static void value(
      List<Secret> found, String kind, String name, String text, int start, int end) {
    if (!SecretNames.isCount(name, text, start, end)) {
      add(found, start, end, kind + SecretNames.lower(name));
    }
  }

  private static void parameters(String text, List<Secret> found) {
    Matcher matcher = EQUALS.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      String name = parameterName(text, from, matcher.start());
      from = matcher.end();
      if (BRACKETS.splitAsStream(name).anyMatch(SecretNames::contains)) {
        int start = from;
        while (from < text.length() && AFTER_PARAMETER.indexOf(text.charAt(from)) < 0) {
          from++;
        }
        value(found, "parameter ", name, text, start, from);
      }
    }
  }

  /** The name before an equals sign, without escapes; it may have brackets, as in a[b]=c. */
  private static String parameterName(String text, int first, int end) {
    int start = end;
    int limit = Math.max(first, end - LONGEST_PARAMETER);
    while (start > limit && isOfName(text.charAt(start - 1), "[]\\%")) {
      start--;
    }
    String name = SecretNames.unescaped(text.substring(start, end));
    int begin = name.length();
    while (begin > 0 && isOfName(name.charAt(begin - 1), "[]")) {
      begin--;
    }
    return name.substring(begin);
  }

  private static boolean isOfName(char c, String more) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_.$-".indexOf(c) >= 0
        || more.indexOf(c) >= 0;
  }

  private static void assigned(String text, List<Secret> found) {
    Matcher matcher = ASSIGNED.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      from = quotedEnd(text, matcher.end(), matcher.group(2).charAt(0));
      value(found, "field ", matcher.group(1), text, matcher.end(), from);
    }
  }

  /** The end of a string of source code: its quotation mark, or the end of the line. */
  private static int quotedEnd(String text, int start, char quote) {
    int at = start;
    while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, text.length());
  }

  private static void elements(String text, List<Secret> found) {
    Matcher matcher = ELEMENT.matcher(text);
    while (matcher.find()) {
      value(found, "element ", matcher.group(1), text, matcher.start(2), matcher.end(2));
    }
  }

  /** Finds header fields in a text, with their continuation lines. */
  private static void fields(String text, List<Secret> found) {
    Matcher matcher = FIELD.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      int end = lineEnd(text, matcher.end());
      while (end + 1 < text.length()
          && (text.charAt(end + 1) == ' ' || text.charAt(end + 1) == '\t')) {
        end = lineEnd(text, end + 1);
      }
      int last = end > matcher.end() && text.charAt(end - 1) == '\r' ? end - 1 : end;
      String name =
          SecretNames.lower(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      if (!isHarmless(name, text, matcher.end(), last)) {
        add(found, matcher.end(), last, HEADER + name);
      }
      from = end;
    }
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** Whether a value of a header field holds no secret itself: an object, a literal or a count. */
  private static boolean isHarmless(String name, String text, int start, int end) {
    String value = text.substring(start, end).strip();
    return OBJECT.matcher(value).matches()
        || value.equals("null")
        || value.equals("true")
        || value.equals("false")
        || SecretNames.isCount(name, text, start, end);
  }

  /** Replaces what is found, and remembers it first: it may stand before its name, too. */
  private String replaced(String text, List<Secret> found) {
    found.forEach(secret -> remember(text, secret));
    known.find(text, found);
    if (found.isEmpty()) {
      return text;
    }
    found.sort(
        Comparator.comparingInt(Secret::start)
            .thenComparing(Secret::end, Comparator.reverseOrder()));
    StringBuilder redacted = new StringBuilder(text.length());
    int done = 0;
    for (Secret secret : found) {
      if (secret.end() <= done) {
        continue;
      }
      int start = Math.max(done, secret.start());
      boolean goesOn = secret.start() < done;
      redacted.append(text, done, start);
      if (style == Style.SAME_LENGTH) {
        redacted.append("*".repeat(utf8Length(text.substring(start, secret.end()))));
      } else if (!goesOn) {
        redacted.append(MARK);
      }
      counts.merge(secret.name(), 1L, Long::sum);
      done = secret.end();
    }
    return redacted.append(text, done, text.length()).toString();
  }

  private void remember(String text, Secret secret) {
    if (secret.distinct()) {
      String value = text.substring(secret.start(), secret.end());
      known.add(value);
      if (secret.name().startsWith(HEADER)) {
        parts(secret.name().substring(HEADER.length()), value).forEach(known::add);
      }
    }
  }

  /** The parts of a header field that may stand elsewhere without the rest of it. */
  private static List<String> parts(String name, String value) {
    String[] pairs = value.split(";", -1);
    return switch (name) {
      case "cookie" -> Arrays.stream(pairs).map(Redaction::cookieValue).toList();
      case "set-cookie" -> List.of(cookieValue(pairs[0]));
      default -> List.of(value.substring(value.indexOf(' ') + 1).strip());
    };
  }

  private static String cookieValue(String pair) {
    String value = pair.substring(pair.indexOf('=') + 1).strip();
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static int utf8Length(String text) {
    return text.getBytes(UTF_8).length;
  }
}
