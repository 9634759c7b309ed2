package wscope.report;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names whose values are secret, however the name is written. */
final class SecretNames {
  static final Set<String> HEADERS =
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

  /** The names, as a part of a pattern without groups: those that end as in accessToken. */
  static final String NAME =
      "[\\w.$-]{0,40}?(?:passw(?:or)?d|passphrase|passcode|pwd|secret|token|jwt|credentials?"
          + "|(?:api|access|private|auth|secret)[_.-]?key|session[_-]?id"
          + "|authorization|cookie)(?:s|\\d{0,2})|auth|sig|signature|pass|bearer";

  /** A character that is escaped, as in URLs, also more than once, or as in JSON. */
  static final String ESCAPED = "(?:%(?:25){0,2}+[0-9a-f]{2}|\\\\++u[0-9a-f]{4})";

  private static final int ROUNDS = 3;
  private static final int HEX = 16;

  private static final Pattern SECRET = Pattern.compile(NAME, Pattern.CASE_INSENSITIVE);
  private static final Pattern PERCENT =
      Pattern.compile("%([0-9a-f]{2})", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNICODE =
      Pattern.compile("\\\\++u([0-9a-f]{4})", Pattern.CASE_INSENSITIVE);
  private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
  private static final int LONGEST_COUNT = 12;

  private SecretNames() {}

  /** Whether values of this name are secret. */
  static boolean contains(String name) {
    return SECRET.matcher(name).matches();
  }

  /** Whether a value is the number of secrets, as of max_tokens, and no secret. */
  static boolean isCount(String name, String text, int start, int end) {
    String lower = lower(name);
    return end - start <= LONGEST_COUNT
        && lower.endsWith("s")
        && !lower.endsWith("credentials")
        && !lower.equals("pass")
        && isCount(text.substring(start, end));
  }

  /** Whether a value may be the number of something. */
  static boolean isCount(String value) {
    return COUNT.matcher(value.strip()).matches();
  }

  /** A name without the escapes of JSON and of URLs. */
  static String unescaped(String name) {
    String plain = UNICODE.matcher(name).replaceAll(SecretNames::character);
    for (int i = 0; i < ROUNDS && plain.indexOf('%') >= 0; i++) {
      plain = PERCENT.matcher(plain).replaceAll(SecretNames::character);
    }
    return plain;
  }

  private static String character(MatchResult escape) {
    String character = String.valueOf((char) Integer.parseInt(escape.group(1), HEX));
    return Matcher.quoteReplacement(character);
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
