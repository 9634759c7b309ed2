package wscope.serve;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import wscope.connection.Behaviour;
import wscope.connection.ParameterProblem;
import wscope.connection.Quantities;

/**
 * The bounds for what a query may ask for together. Any page can send a query, and each frame is
 * shown and recorded. The options of the command line have no such bounds.
 */
final class QueryBounds {
  /** The maximum number of frames per second that a query may ask for. */
  static final long MOST_FRAMES = 10_000;

  /** The maximum number of bytes per second that a query may ask for. */
  static final long MOST_BYTES = 1 << 20;

  /** The shortest interval that the query of a page of another origin may set. */
  static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

  /** The shortest fragments that the query of a page of another origin may set. */
  static final int SHORTEST_FRAGMENT = 16;

  /** The approximate length of a counter and the time, which are sent without a message. */
  private static final int USUAL_LENGTH = 32;

  private final Behaviour defaults;

  /**
   * Creates the bounds.
   *
   * @param defaults the behaviour that no query has changed
   */
  QueryBounds(Behaviour defaults) {
    this.defaults = defaults;
  }

  /**
   * Checks what a query asks for.
   *
   * @param behaviour the behaviour that the query sets
   * @param otherOrigin whether a page of another origin sent the query
   * @return the problems; empty if there are none
   */
  List<ParameterProblem> check(Behaviour behaviour, boolean otherOrigin) {
    List<ParameterProblem> problems = new ArrayList<>(0);
    if (otherOrigin) {
      checkInterval("every", behaviour.every(), defaults.every(), problems);
      checkInterval("ping", behaviour.ping(), defaults.ping(), problems);
      checkFragment(behaviour.fragment(), problems);
    }
    if (problems.isEmpty() && setsMessages(behaviour)) {
      checkRates(behaviour, problems);
    }
    return problems;
  }

  private static void checkInterval(
      String name, Duration interval, Duration usual, List<ParameterProblem> problems) {
    boolean set = !interval.isZero() && !interval.equals(usual);
    if (set && interval.compareTo(SHORTEST_INTERVAL) < 0) {
      tooLittle(name, Quantities.show(SHORTEST_INTERVAL), problems);
    }
  }

  private void checkFragment(int fragment, List<ParameterProblem> problems) {
    boolean set = fragment > 0 && fragment != defaults.fragment();
    if (set && fragment < SHORTEST_FRAGMENT) {
      tooLittle("fragment", Quantities.showBytes(SHORTEST_FRAGMENT), problems);
    }
  }

  private static void tooLittle(String name, String least, List<ParameterProblem> problems) {
    problems.add(
        ParameterProblem.of("a page of another origin may ask for " + least + " or more").at(name));
  }

  private boolean setsMessages(Behaviour behaviour) {
    return !behaviour.every().isZero()
        && !(behaviour.every().equals(defaults.every())
            && behaviour.message().equals(defaults.message())
            && behaviour.fragment() == defaults.fragment());
  }

  private static void checkRates(Behaviour behaviour, List<ParameterProblem> problems) {
    String message = behaviour.message();
    long length =
        message.isEmpty() ? USUAL_LENGTH : message.getBytes(StandardCharsets.UTF_8).length;
    int fragment = behaviour.fragment();
    long frames = fragment == 0 ? 1 : (length + fragment - 1) / fragment;
    long millis = behaviour.every().toMillis();
    checkRate(frames * 1000 / millis, MOST_FRAMES, "frames", problems);
    checkRate(length * 1000 / millis, MOST_BYTES, "bytes", problems);
  }

  private static void checkRate(
      long asked, long most, String what, List<ParameterProblem> problems) {
    if (asked > most) {
      String found = "every, message and fragment together ask for " + asked + " " + what;
      problems.add(ParameterProblem.of(found + " per second; a query may ask for at most " + most));
    }
  }
}
