package wscope.cli.serve;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Receives the report of a server. If a write fails, the failure is reported once and further
 * output is dropped, because the server must still have time to close its connections.
 */
final class ServeOutput extends OutputStream {
  private final OutputStream next;
  private Runnable onFailure = () -> {};
  private @Nullable IOException failure;

  /**
   * Creates a stream.
   *
   * @param next receives the report until a write fails
   */
  ServeOutput(OutputStream next) {
    this.next = next;
  }

  /**
   * Sets the action for a failure.
   *
   * @param action called once
   */
  void onFailure(Runnable action) {
    onFailure = action;
  }

  /** Throws the exception of the failure, if there was one. */
  void check() throws IOException {
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
