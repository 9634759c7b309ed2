package wscope.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameter;
import wscope.connection.BehaviourParameters;
import wscope.connection.InvalidParameter;
import wscope.connection.ParameterProblem;
import wscope.protocol.event.Event;
import wscope.protocol.message.Utf8;

/**
 * Parses the behaviour that the query of a request sets. The query is form-encoded: {@code
 * name=value} joined by {@code &}, UTF-8 bytes as %XX, a space as {@code +} or %20.
 */
public final class QueryParameters {
  /**
   * The parameter that makes a connection a watcher. A watcher receives the events of the
   * connections whose query has {@link #WATCHED} with the same token.
   */
  static final String WATCH = "watch";

  /** The parameter that sends all events of a connection to the watcher with the same token. */
  static final String WATCHED = "watched";

  /** The behaviour of a watcher, which only receives events. */
  private static final Behaviour WATCHER =
      Behaviour.DEFAULT.reply(Behaviour.Reply.NONE).compress(false);

  private static final int TOKEN_DIGITS = 32;

  /** The number of problems after which checking a query stops. */
  private static final int MOST_PROBLEMS = 10;

  /** The number of names left to the client that are reported. */
  private static final int MOST_NAMES = 10;

  private final BehaviourParameters table;
  private final Behaviour defaults;
  private final Queries queries;

  /**
   * Creates a parser.
   *
   * @param defaults the behaviour for everything that a query does not set
   * @param queries the effect of queries
   */
  public QueryParameters(BehaviourParameters table, Behaviour defaults, Queries queries) {
    this.table = table;
    this.defaults = defaults;
    this.queries = queries;
  }

  /**
   * The contents of a query.
   *
   * @param behaviour the behaviour that the query sets; meaningless if there are problems
   * @param watch the token of the connections to watch; null if this connection does not watch
   * @param watched the token of this connection's watcher; null for none
   * @param problems the problems, each with its place
   * @param left the names that are left to the client
   */
  public record Reading(
      Behaviour behaviour,
      @Nullable String watch,
      @Nullable String watched,
      List<ParameterProblem> problems,
      Event.QueryLeft left) {
    public boolean isValid() {
      return problems.isEmpty();
    }
  }

  /**
   * Reads a request target.
   *
   * @param target the target as received, one character for each byte
   */
  public Reading read(String target) {
    int mark = target.indexOf('?');
    return queries == Queries.IGNORED || mark < 0
        ? new Reading(defaults, null, null, List.of(), Event.QueryLeft.NOTHING)
        : new Query().read(target, mark + 1);
  }

  /** The state of parsing one query. */
  private final class Query {
    private final List<ParameterProblem> problems = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> left = new LinkedHashSet<>();
    private long moreLeft;
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
        problems.add(ParameterProblem.of("the rest of the query was not checked"));
      }
      if (watch != null && seen.size() > 1) {
        problems.add(
            ParameterProblem.of("this parameter cannot be combined with others").at(WATCH));
      }
      return new Reading(
          watch == null ? behaviour : WATCHER,
          watch,
          watched,
          List.copyOf(problems),
          new Event.QueryLeft(List.copyOf(left), moreLeft));
    }

    private void read(String pair) {
      int equals = pair.indexOf('=');
      String coded = equals < 0 ? pair : pair.substring(0, equals);
      String shown = InvalidParameter.quoted(coded);
      if (queries == Queries.LENIENT && isLeft(coded)) {
        leave(shown);
        return;
      }
      try {
        String name = decode(coded);
        BehaviourParameter parameter = table.find(name);
        shown = parameter == null && !isTokenName(name) ? InvalidParameter.quoted(name) : name;
        take(name, equals < 0 ? bare(parameter) : decode(pair.substring(equals + 1)));
      } catch (InvalidParameter e) {
        ParameterProblem problem = e.problem();
        problems.add(problem.text().startsWith(shown) ? problem : problem.at(shown));
      }
    }

    private void leave(String shown) {
      if (left.size() < MOST_NAMES) {
        left.add(shown);
      } else if (!left.contains(shown)) {
        moreLeft++;
      }
    }

    private void take(String name, String value) throws InvalidParameter {
      boolean watching = isTokenName(name);
      Behaviour changed = watching ? behaviour : table.parse(name, value, behaviour);
      String token = watching ? token(value) : null;
      if (!seen.add(name)) {
        throw new InvalidParameter("the parameter is given more than once");
      }
      behaviour = changed;
      watch = name.equals(WATCH) ? token : watch;
      watched = name.equals(WATCHED) ? token : watched;
    }
  }

  /** The value of a parameter whose name stands alone. */
  private static String bare(@Nullable BehaviourParameter parameter) throws InvalidParameter {
    if (parameter == null) {
      return "";
    }
    if (parameter.bare().isEmpty()) {
      String example = parameter.name() + "=" + parameter.example();
      throw new InvalidParameter("the value is missing; write, for example, " + example);
    }
    return parameter.bare();
  }

  /** Whether a name is neither known nor nearly known. */
  private boolean isLeft(String coded) {
    try {
      String name = decode(coded);
      return !isTokenName(name)
          && table.all().stream().noneMatch(known -> NearMiss.between(name, known.name()));
    } catch (InvalidParameter e) {
      return true;
    }
  }

  private static boolean isTokenName(String name) {
    return name.equals(WATCH) || name.equals(WATCHED);
  }

  /** Parses a token of 128 bits, which nobody can guess. */
  private static String token(String value) throws InvalidParameter {
    boolean valid = value.length() == TOKEN_DIGITS;
    for (int i = 0; i < value.length() && valid; i++) {
      char c = value.charAt(i);
      valid = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    if (!valid) {
      throw new InvalidParameter(
          InvalidParameter.quoted(value) + " is not a token of 32 lowercase hex digits");
    }
    return value;
  }

  /** Decodes a name or value of a query. */
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

  /** The byte that two hex digits after a percent sign encode. */
  private static int escaped(String coded, int percent) throws InvalidParameter {
    boolean valid =
        percent + 2 < coded.length()
            && HexFormat.isHexDigit(coded.charAt(percent + 1))
            && HexFormat.isHexDigit(coded.charAt(percent + 2));
    if (!valid) {
      String found = coded.substring(percent, Math.min(percent + 3, coded.length()));
      throw new InvalidParameter(
          InvalidParameter.quoted(found) + " is not %XX (two hex digits); write % itself as %25");
    }
    return HexFormat.fromHexDigits(coded, percent + 1, percent + 3);
  }
}
