package wscope.cli.serve;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import wscope.serve.Server;

/**
 * Stops a server when the process must end, and makes the JVM wait until the last output is
 * written.
 */
final class ShutdownHook {
  /**
   * The time to wait for the output, because a stuck terminal must not keep the process from
   * ending.
   */
  private static final int TIMEOUT_SECONDS = 5;

  private final CountDownLatch finished = new CountDownLatch(1);

  ShutdownHook(Server server) {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "shutdown"));
    } catch (IllegalStateException e) {
      // The process is already ending; the server has served nobody.
    }
  }

  /** Notes that the server has stopped and its report has been written. */
  void finished() {
    finished.countDown();
  }

  private void stop(Server server) {
    server.stop();
    try {
      finished.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
