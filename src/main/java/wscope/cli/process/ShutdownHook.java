package wscope.cli.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Stops a command when the process must end, and makes the JVM wait until the last output is
 * written.
 */
public final class ShutdownHook {
  /** The usual time in milliseconds that everything may take. */
  public static final long USUAL_MILLIS = 5000;

  /** The part of the time that is left for the end of the process, in milliseconds. */
  private static final long RESERVE_MILLIS = 150;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final long millis;
  private final LongConsumer stop;
  private final Runnable lastly;

  /**
   * Creates the hook, with the usual time.
   *
   * @param stop makes the command end soon; it runs on a thread of its own
   */
  public ShutdownHook(Runnable stop) {
    this(USUAL_MILLIS, nanos -> stop.run(), () -> {});
  }

  /**
   * Creates the hook.
   *
   * @param millis the time that everything may take, because a stuck output must not keep the
   *     process from ending
   * @param stop makes the command end soon, on a thread of its own; receives the {@link
   *     System#nanoTime} before which the last output must be written
   * @param lastly runs at the end, even if the command has not ended in time
   */
  public ShutdownHook(long millis, LongConsumer stop, Runnable lastly) {
    this.millis = millis;
    this.stop = stop;
    this.lastly = lastly;
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(this::run, "shutdown"));
    } catch (IllegalStateException e) {
      // The process is already ending; the command has done nothing.
    }
  }

  /** Notes that the command has stopped and its report has been written. */
  public void finished() {
    finished.countDown();
  }

  private void run() {
    stop.accept(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis - RESERVE_MILLIS));
    try {
      finished.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lastly.run();
  }
}
