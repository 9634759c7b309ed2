package wscope.check;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/**
 * A step of the probe.
 *
 * @param name its name, in one word
 * @param found what was found, in words; the bytes of the server in it are not escaped
 * @param nanos the time that it took; 0 if that is not of interest
 * @param broken the rule that the server broke; null if none
 * @param status the status of a response that opened no WebSocket; 0 for none
 */
public record ProbeStep(
    String name, State state, String found, long nanos, @Nullable Rule broken, int status) {
  /** Whether a step succeeded. */
  public enum State {
    DONE,
    /** Nothing is wrong, but something was not the way that most want it. */
    NOTED,
    FAILED
  }

  ProbeStep(String name, State state, String found, @Nullable Rule broken) {
    this(name, state, found, 0, broken, 0);
  }

  static ProbeStep done(String name, String found) {
    return new ProbeStep(name, State.DONE, found, 0, null, 0);
  }

  static ProbeStep timed(String name, String found, long nanos) {
    return new ProbeStep(name, State.DONE, found, nanos, null, 0);
  }

  static ProbeStep noted(String name, String found) {
    return new ProbeStep(name, State.NOTED, found, 0, null, 0);
  }

  static ProbeStep failed(String name, String found) {
    return new ProbeStep(name, State.FAILED, found, 0, null, 0);
  }
}
