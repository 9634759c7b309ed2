package wscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;

/** What another thread writes, for a test that waits for some of it. */
public final class Notice extends ByteArrayOutputStream {
  @Override
  public synchronized void write(int b) {
    super.write(b);
    notifyAll();
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    super.write(bytes, offset, length);
    notifyAll();
  }

  /** Waits until a text stands in it. */
  public synchronized void await(String text) throws InterruptedException {
    long end = System.nanoTime() + SECONDS.toNanos(10);
    while (!toString(UTF_8).contains(text)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      assertTrue(left > 0, () -> "'" + text + "' does not come: " + toString(UTF_8));
      wait(left);
    }
  }
}
