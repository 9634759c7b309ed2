package wscope.check;

import java.util.List;

/** Receives the results of a check, on the thread that runs it. */
public interface CheckListener {
  /** The probe has ended; the cases follow if it has reached a WebSocket. */
  void probed(Probe probe);

  /** The connections that are idle have ended, or the check was interrupted before. */
  default void idled(List<ProbeStep> steps) {}

  /** Another second of waiting for the end of the idle connections has passed. */
  default void waiting(long seconds) {}

  /** A case begins. */
  default void started(Case theCase) {}

  /** A case has a verdict. */
  void judged(Case theCase, Verdict verdict);
}
