package wscope.cli.serve;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a server writes its report. When that takes no more, it is told once and what follows is
 * dropped: a server must still have the time to say goodbye to its clients.
 */
final class ServeOutput extends OutputStream {
  private final OutputStream next;
  private Runnable onFailure = () -> {};
  private @Nullable IOException failure;

  /**
   * @param next takes the report as long as it can
   */
  ServeOutput(OutputStream next) {
    this.next = next;
  }

  /**
   * @param heard of a failure, once
   */
  void onFailure(Runnable heard) {
    onFailure = heard;
  }

  /** Throws what has failed, if anything has. */
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
