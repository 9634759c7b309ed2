package wscope.cli.prompt;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Lets a thread wait for what an event loop does. */
public final class LoopCall {
  private LoopCall() {}

  /**
   * Runs a task on the thread of a loop and waits for its result.
   *
   * @param loop runs a task on the thread of the loop, soon
   * @param task completes the future, perhaps later than it returns
   */
  public static <T> T await(Executor loop, Consumer<CompletableFuture<T>> task)
      throws InterruptedException {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(() -> task.accept(result));
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new AssertionError("the future never fails", e);
    }
  }
}
