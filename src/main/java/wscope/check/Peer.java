package wscope.check;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The server or the client that is checked: how to run a case with it. All on the loop's thread.
 */
interface Peer {
  /** Gets ready, such as by listening. */
  default void begin() throws IOException {}

  /** The conversation that shows whether there is a WebSocket at all. */
  Case probe();

  /** What the conversation of {@link #probe} has shown. */
  Probe probed(Observation seen);

  /** A conversation that shows whether binary messages come back. */
  Case binaryProbe();

  /** Whether several cases can run at once. */
  boolean isParallel();

  /**
   * Runs a case on a connection.
   *
   * @param time the time for the case once the connection is established
   * @param done receives the result, once
   */
  void run(
      CaseRun.Common common,
      Case theCase,
      boolean echoes,
      Duration settle,
      Duration time,
      Consumer<Observation> done);

  /** The check has ended. Any thread may call this. */
  default void end() {}
}
