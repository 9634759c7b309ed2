package wscope.connection.reply;

import java.time.Duration;
import java.util.List;
import wscope.connection.match.Condition;

/**
 * A rule: when it applies, and its actions.
 *
 * @param number the number of the rule in its script, from 1
 * @param line the number of its first line
 * @param guards what else must hold
 * @param actions the actions, in order
 */
public record ReplyRule(
    int number, int line, Occasion occasion, List<Guard> guards, List<Action> actions) {
  /** What a rule waits for. */
  public sealed interface Occasion {
    /** The WebSocket opens. */
    record Opening() implements Occasion {}

    /** A time passes, again and again, from the opening on. */
    record Interval(Duration time) implements Occasion {}

    /** A message fits. */
    record Message(Condition condition) implements Occasion {}
  }

  /** Whether all guards hold. */
  public boolean isPermitted(Values values) {
    for (Guard guard : guards) {
      if (!guard.holds(values)) {
        return false;
      }
    }
    return true;
  }
}
