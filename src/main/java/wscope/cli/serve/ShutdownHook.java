package wscope.cli.serve;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import wscope.serve.Server;

/**
 * Stops a server when the process is told to end, at any time, and has the virtual machine wait
 * until the last words are said.
 */
final class ShutdownHook {
  /** A stuck terminal must not keep the process from ending. */
  private static final int PATIENCE_SECONDS = 5;

  private final CountDownLatch said = new CountDownLatch(1);

  ShutdownHook(Server server) {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "farewell"));
    } catch (IllegalStateException e) {
      // The process is ending by now, and nobody has been served.
    }
  }

  /** The server has stopped, and that was shown. */
  void said() {
    said.countDown();
  }

  private void stop(Server server) {
    server.stop();
    try {
      said.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
