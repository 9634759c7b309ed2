package wscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;

/** Output of another thread; a test can wait until it contains a text. */
public final class AwaitableOutput extends ByteArrayOutputStream {
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

  /** Waits until the output contains a text. */
  public synchronized void await(String text) throws InterruptedException {
    long end = System.nanoTime() + SECONDS.toNanos(10);
    while (!toString(UTF_8).contains(text)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      assertTrue(left > 0, () -> "'" + text + "' is missing in " + toString(UTF_8));
      wait(left);
    }
  }
}
