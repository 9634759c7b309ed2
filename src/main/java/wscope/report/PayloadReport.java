package wscope.report;

import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;

/**
 * The bytes of messages, unmasked and inflated, as they are and nothing else. Not for a terminal:
 * they are written as they came.
 */
public final class PayloadReport implements ExchangeListener, FrameListener, Flushable {
  private static final int CAPACITY = 64 << 10;

  private final OutputStream out;
  private final byte[] buffer = new byte[CAPACITY];
  private int size;

  /**
   * @param out is not buffered and not closed
   */
  public PayloadReport(OutputStream out) {
    this.out = out;
  }

  @Override
  public FrameListener frames(@Nullable Endpoint sender) {
    return this;
  }

  @Override
  public void messageData(Message message, ByteBuffer data, boolean last) {
    while (data.hasRemaining()) {
      if (size == CAPACITY) {
        flush();
      }
      int count = Math.min(CAPACITY - size, data.remaining());
      data.get(buffer, size, count);
      size += count;
    }
  }

  /**
   * Writes out what was gathered.
   *
   * @throws UncheckedIOException if the output takes nothing more
   */
  @Override
  public void flush() {
    try {
      out.write(buffer, 0, size);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      size = 0;
    }
  }
}
