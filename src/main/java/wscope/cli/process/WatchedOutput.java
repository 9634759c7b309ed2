package wscope.cli.process;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Receives the report of a command with open connections. If a write fails, the failure is reported
 * once and further output is dropped, because the command must still close its connections.
 */
public final class WatchedOutput extends OutputStream {
  private final OutputStream next;
  private Runnable onFailure = () -> {};
  private @Nullable IOException failure;

  /**
   * Creates a stream.
   *
   * @param next receives the report until a write fails
   */
  public WatchedOutput(OutputStream next) {
    this.next = next;
  }

  /**
   * Sets the action for a failure.
   *
   * @param action called once
   */
  public void onFailure(Runnable action) {
    onFailure = action;
  }

  /** Throws the exception of the failure, if there was one. */
  public void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (failure != null) {
      return;
    }
    try {
      next.write(bytes, offset, length);
    } catch (IOException e) {
      fail(e);
    }
  }

  @Override
  public void flush() {
    if (failure != null) {
      return;
    }
    try {
      next.flush();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException cause) {
    failure = cause;
    onFailure.run();
  }
}
