package wscope.net;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A loop on a thread of its own. */
public final class LoopThread implements AutoCloseable {
  public static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final EventLoop loop;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  public LoopThread(LinkLimits limits, long maxWaiting) throws IOException {
    loop = EventLoop.open(limits, maxWaiting);
    new Thread(this::run, "loop").start();
  }

  public EventLoop loop() {
    return loop;
  }

  /** Runs a task on the loop, and returns its result. */
  public <T> T on(Callable<T> task) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            done.complete(task.call());
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    return done.get(5, SECONDS);
  }

  /** Runs a task on the loop. */
  public void run(Runnable task) throws Exception {
    on(
        () -> {
          task.run();
          return null;
        });
  }

  private void run() {
    try {
      loop.run();
      ended.complete(null);
    } catch (IOException | RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  @Override
  public void close() throws IOException {
    loop.stop();
    try {
      ended.get(5, SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the loop failed", e);
    }
    loop.close();
  }
}
