package wscope.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import wscope.regex.CountedText;

/**
 * Finds secrets in text and replaces them: credentials in header fields, in URLs and queries, in
 * JSON, source code and XML, and whatever the user adds. A secret that was found once is found
 * again wherever it stands in the same form. It counts what it replaces by name. A secret that has
 * no name, as in prose, is not found.
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

  /** Secrets shorter than this are not searched elsewhere: they may be common words. */
  private static final int SHORTEST_KNOWN = 6;

  private static final int MOST_KNOWN = 200;

  /**
   * The characters that a pattern of the user may look at, and how many more for each of a text.
   */
  private static final long FEWEST_STEPS = 100_000;

  private static final long MOST_STEPS = 100;

  /** How the name of a find in a header field begins. */
  private static final String HEADER = "header ";

  private static final Set<String> SECRET_HEADERS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "set-cookie",
          "x-api-key",
          "x-auth-token",
          "x-access-token",
          "x-csrf-token",
          "x-xsrf-token");

  /** The end of the names whose values are secret, as in accessToken or DB_PASSWORD. */
  private static final String NAME =
      "[\\w.$-]{0,40}?(?:passw(?:or)?d|passphrase|passcode|pwd|secret|token|jwt|credentials?"
          + "|(?:api|access|private|auth|secret)[_.-]?key|session[_-]?id"
          + "|authorization|cookie)\\d{0,2}";

  private static final String WHOLE_NAME = NAME + "|auth|sig|signature|pass|bearer";

  private static final Pattern JSON_NAME =
      Pattern.compile(
          "(?<!\\\\)(\\\\*+)\"(" + WHOLE_NAME + ")\\1\"\\s*+:\\s*+", Pattern.CASE_INSENSITIVE);

  /** A parameter, also of a URL that is the value of a parameter. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?:(?<![\\w.$%-])|(?<=%[0-9a-f]{2}))("
              + WHOLE_NAME
              + ")(?:=|%3d)\\\\*+[\"']?+([^&#\\s\"';,<>\\\\]++)",
          Pattern.CASE_INSENSITIVE);

  /** A name and the start of a string, as in source code. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?<![\\w.$\"-])(" + WHOLE_NAME + ")'?+[ \\t]*+[:=][ \\t]*+([\"'])",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ELEMENT =
      Pattern.compile("<(" + WHOLE_NAME + ")(?:\\s[^<>]*+)?>([^<]++)</", Pattern.CASE_INSENSITIVE);

  /** A header field anywhere, or a name at the start of a line, as in the header of STOMP. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(?:(?<![\\w-])("
              + String.join("|", SECRET_HEADERS)
              + ")|(?<![^\n])("
              + WHOLE_NAME
              + "))[ \\t]*+:[ \\t]*+",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SECRET_NAME = Pattern.compile(WHOLE_NAME, Pattern.CASE_INSENSITIVE);
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
  private final Set<String> known = new LinkedHashSet<>();

  private record Span(int start, int end, String name) {}

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
    return SECRET_HEADERS.contains(lower(name)) || SECRET_NAME.matcher(name).matches();
  }

  /** Redacts the value of a header field. */
  public String field(String name, String value) {
    if (!isSecret(name) || value.isEmpty() || isHarmless(value, 0, value.length())) {
      return text(value);
    }
    return replaced(value, List.of(new Span(0, value.length(), HEADER + lower(name))));
  }

  /** Redacts any text; it is the same if it holds no secret that can be found. */
  public String text(String text) {
    if (text.isEmpty()) {
      return text;
    }
    List<Span> spans = new ArrayList<>();
    // To look for a character of each pattern costs far less than to match the pattern.
    boolean quoted = text.indexOf('"') >= 0;
    boolean colon = text.indexOf(':') >= 0;
    boolean equals = text.indexOf('=') >= 0;
    if (quoted && colon) {
      json(text, spans);
    }
    if (colon) {
      fields(text, spans);
    }
    if (equals || text.indexOf('%') >= 0) {
      parameters(text, spans);
    }
    if ((colon || equals) && (quoted || text.indexOf('\'') >= 0)) {
      assigned(text, spans);
    }
    if (text.indexOf('<') >= 0) {
      elements(text, spans);
    }
    if (text.indexOf('@') >= 0) {
      groups(USER, text, "user and password in a URL", spans);
    }
    groups(BEARER, text, "bearer token", spans);
    if (text.contains("eyJ")) {
      groups(JWT, text, "JSON Web Token", spans);
    }
    for (int i = 0; i < more.size(); i++) {
      // The pattern itself may be the secret.
      bounded(more.get(i), text, "pattern " + (i + 1) + " of the user", spans);
    }
    for (String secret : known) {
      again(text, secret, spans);
    }
    return spans.isEmpty() ? text : replaced(text, spans);
  }

  private static void groups(Pattern pattern, String text, String name, List<Span> spans) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      int group = pattern == USER || pattern == BEARER ? 1 : 0;
      add(spans, matcher.start(group), matcher.end(group), name);
    }
  }

  /** Finds what a pattern of the user matches; hides the whole text if that takes too long. */
  private static void bounded(Pattern pattern, String text, String name, List<Span> spans) {
    try {
      Matcher matcher =
          pattern.matcher(CountedText.of(text, FEWEST_STEPS + MOST_STEPS * (long) text.length()));
      while (matcher.find()) {
        add(spans, matcher.start(), matcher.end(), name);
      }
    } catch (CountedText.TooManySteps | StackOverflowError e) {
      add(spans, 0, text.length(), name + ", which takes too long");
    }
  }

  private static void again(String text, String secret, List<Span> spans) {
    int at = text.indexOf(secret);
    while (at >= 0) {
      add(spans, at, at + secret.length(), "a secret once more");
      at = text.indexOf(secret, at + secret.length());
    }
  }

  private static void add(List<Span> spans, int start, int end, String name) {
    if (end > start) {
      spans.add(new Span(start, end, name));
    }
  }

  private static void parameters(String text, List<Span> spans) {
    Matcher matcher = PARAMETER.matcher(text);
    while (matcher.find()) {
      add(spans, matcher.start(2), matcher.end(2), "parameter " + lower(matcher.group(1)));
    }
  }

  private static void assigned(String text, List<Span> spans) {
    Matcher matcher = ASSIGNED.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      from = quotedEnd(text, matcher.end(), matcher.group(2).charAt(0));
      add(spans, matcher.end(), from, "field " + lower(matcher.group(1)));
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

  private static void elements(String text, List<Span> spans) {
    Matcher matcher = ELEMENT.matcher(text);
    while (matcher.find()) {
      add(spans, matcher.start(2), matcher.end(2), "element " + lower(matcher.group(1)));
    }
  }

  /** Finds header fields in a text, with their continuation lines. */
  private static void fields(String text, List<Span> spans) {
    Matcher matcher = FIELD.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      int end = lineEnd(text, matcher.end());
      while (end + 1 < text.length()
          && (text.charAt(end + 1) == ' ' || text.charAt(end + 1) == '\t')) {
        end = lineEnd(text, end + 1);
      }
      int last = end > matcher.end() && text.charAt(end - 1) == '\r' ? end - 1 : end;
      String name = lower(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      if (!isHarmless(text, matcher.end(), last)) {
        add(spans, matcher.end(), last, HEADER + name);
      }
      from = end;
    }
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /** Finds the values of members of JSON objects, also of JSON inside a string of JSON. */
  private static void json(String text, List<Span> spans) {
    Matcher matcher = JSON_NAME.matcher(text);
    int from = 0;
    while (matcher.find(from)) {
      String escape = matcher.group(1);
      int start = matcher.end();
      int end;
      if (text.startsWith(escape + '"', start)) {
        start += escape.length() + 1;
        end = stringEnd(text, start, escape);
      } else {
        end = valueEnd(text, start);
      }
      if (!isHarmless(text, start, end)) {
        add(spans, start, end, "JSON field " + lower(matcher.group(2)));
      }
      from = Math.max(end, matcher.end());
    }
  }

  /** The end of a string of JSON, whose quotation mark has as many backslashes as the first. */
  private static int stringEnd(String text, int start, String escape) {
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

  /** The end of an array or of a value without quotation marks. */
  private static int valueEnd(String text, int start) {
    boolean array = start < text.length() && text.charAt(start) == '[';
    int at = start;
    while (at < text.length()
        && (array ? ']' != text.charAt(at) : ",}]\r\n".indexOf(text.charAt(at)) < 0)) {
      at++;
    }
    return at;
  }

  /** Whether a value holds no secret itself: an object, or a literal. */
  private static boolean isHarmless(String text, int start, int end) {
    String value = text.substring(start, Math.min(end, start + 6)).strip();
    return value.startsWith("{")
        || value.equals("null")
        || value.equals("true")
        || value.equals("false");
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private String replaced(String text, List<Span> found) {
    List<Span> spans = new ArrayList<>(found);
    spans.sort(
        Comparator.comparingInt(Span::start).thenComparing(Span::end, Comparator.reverseOrder()));
    StringBuilder redacted = new StringBuilder(text.length());
    int done = 0;
    for (Span span : spans) {
      if (span.end() <= done) {
        continue;
      }
      int start = Math.max(done, span.start());
      String secret = text.substring(start, span.end());
      boolean goesOn = span.start() < done;
      redacted.append(text, done, start);
      if (style == Style.SAME_LENGTH) {
        redacted.append("*".repeat(utf8Length(secret)));
      } else if (!goesOn) {
        redacted.append(MARK);
      }
      counts.merge(span.name(), 1L, Long::sum);
      remember(secret);
      if (span.name().startsWith(HEADER)) {
        parts(span.name().substring(HEADER.length()), secret).forEach(this::remember);
      }
      done = span.end();
    }
    return redacted.append(text, done, text.length()).toString();
  }

  private void remember(String secret) {
    if (secret.length() >= SHORTEST_KNOWN && known.size() < MOST_KNOWN && !secret.contains(MARK)) {
      known.add(secret);
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
