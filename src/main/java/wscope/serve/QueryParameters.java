package wscope.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour;
import wscope.protocol.message.Utf8;

/**
 * Reads the behaviour that a client asks for in the query of its request, written as browsers write
 * forms: {@code name=value} joined by {@code &}, bytes of UTF-8 as %XX, a blank as {@code +} too.
 */
public final class QueryParameters {
  /**
   * The parameter of a connection that only tells what happens on others: on those whose query has
   * {@link #WATCHED} with the same token.
   */
  static final String WATCH = "watch";

  /** The parameter of a connection of which a watcher is told everything. */
  static final String WATCHED = "watched";

  /** A watcher gets nothing but what it is told. */
  private static final Behaviour WATCHER =
      Behaviour.DEFAULT.reply(Behaviour.Reply.NONE).compress(false);

  private static final int TOKEN_DIGITS = 32;

  /** Enough to correct; what follows is not looked at. */
  private static final int MOST_PROBLEMS = 10;

  private final BehaviourParameters table;
  private final Behaviour defaults;
  private final boolean ignored;

  /**
   * @param defaults what the query does not set
   * @param ignored whether queries are left to the client's own purposes
   */
  public QueryParameters(BehaviourParameters table, Behaviour defaults, boolean ignored) {
    this.table = table;
    this.defaults = defaults;
    this.ignored = ignored;
  }

  /**
   * What a query asks for.
   *
   * @param behaviour if nothing is wrong
   * @param watch the token of the connections that this one watches; null if it is no watcher
   * @param watched the token of its watcher; null if it asks for none
   * @param problems what is wrong, each with its place
   */
  public record Reading(
      Behaviour behaviour,
      @Nullable String watch,
      @Nullable String watched,
      List<ParameterProblem> problems) {
    public boolean isGood() {
      return problems.isEmpty();
    }
  }

  /**
   * Reads a request target.
   *
   * @param target as it came, one character for each byte
   */
  public Reading read(String target) {
    int mark = target.indexOf('?');
    return ignored || mark < 0
        ? new Reading(defaults, null, null, List.of())
        : new Query().read(target, mark + 1);
  }

  /** One query on its way to a behaviour. */
  private final class Query {
    private final List<ParameterProblem> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private Behaviour behaviour = defaults;
    private @Nullable String watch;
    private @Nullable String watched;

    Reading read(String target, int start) {
      int at = start;
      while (at < target.length() && problems.size() < MOST_PROBLEMS) {
        int ampersand = target.indexOf('&', at);
        int end = ampersand < 0 ? target.length() : ampersand;
        if (end > at) {
          read(target.substring(at, end));
        }
        at = end + 1;
      }
      if (at < target.length()) {
        problems.add(ParameterProblem.of("what follows was not looked at"));
      }
      if (watch != null && seen.size() > 1) {
        problems.add(
            ParameterProblem.of("it stands alone; such a connection does nothing else").at(WATCH));
      }
      return new Reading(
          watch == null ? behaviour : WATCHER, watch, watched, List.copyOf(problems));
    }

    private void read(String pair) {
      int equals = pair.indexOf('=');
      String coded = equals < 0 ? pair : pair.substring(0, equals);
      String shown = InvalidParameter.quoted(coded);
      try {
        String name = decode(coded);
        BehaviourParameter parameter = table.find(name);
        shown = parameter == null && !isOfWatching(name) ? InvalidParameter.quoted(name) : name;
        if (parameter != null && equals < 0) {
          throw new InvalidParameter(
              "a value is missing, as in " + name + "=" + parameter.example());
        }
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        take(name, value);
      } catch (InvalidParameter e) {
        ParameterProblem problem = e.problem();
        problems.add(problem.text().startsWith(shown) ? problem : problem.at(shown));
      }
    }

    private void take(String name, String value) throws InvalidParameter {
      boolean watching = isOfWatching(name);
      Behaviour changed = watching ? behaviour : table.parse(name, value, behaviour);
      String token = watching ? token(value) : null;
      if (!seen.add(name)) {
        throw new InvalidParameter("it stands here more than once");
      }
      behaviour = changed;
      watch = name.equals(WATCH) ? token : watch;
      watched = name.equals(WATCHED) ? token : watched;
    }
  }

  private static boolean isOfWatching(String name) {
    return name.equals(WATCH) || name.equals(WATCHED);
  }

  /** 128 bits that nobody guesses. */
  private static String token(String value) throws InvalidParameter {
    boolean good = value.length() == TOKEN_DIGITS;
    for (int i = 0; i < value.length() && good; i++) {
      char c = value.charAt(i);
      good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    if (!good) {
      throw new InvalidParameter(
          InvalidParameter.quoted(value) + " is no token, which is 32 digits, 0 to 9 and a to f");
    }
    return value;
  }

  /** Text from its form in a query. */
  private static String decode(String coded) throws InvalidParameter {
    ByteBuffer bytes = ByteBuffer.allocate(coded.length());
    for (int i = 0; i < coded.length(); i++) {
      char c = coded.charAt(i);
      if (c == '%') {
        bytes.put((byte) escaped(coded, i));
        i += 2;
      } else {
        bytes.put((byte) (c == '+' ? ' ' : c));
      }
    }
    bytes.flip();
    Utf8 utf8 = new Utf8();
    if (utf8.check(bytes) >= 0 || !utf8.isComplete()) {
      throw new InvalidParameter(InvalidParameter.quoted(coded) + " is not UTF-8");
    }
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  /** The byte of the two hex digits behind a percent sign. */
  private static int escaped(String coded, int percent) throws InvalidParameter {
    boolean whole =
        percent + 2 < coded.length()
            && HexFormat.isHexDigit(coded.charAt(percent + 1))
            && HexFormat.isHexDigit(coded.charAt(percent + 2));
    if (!whole) {
      String found = coded.substring(percent, Math.min(percent + 3, coded.length()));
      throw new InvalidParameter(
          InvalidParameter.quoted(found)
              + " is not %XX, a byte in two hex digits; % itself is %25");
    }
    return HexFormat.fromHexDigits(coded, percent + 1, percent + 3);
  }
}
