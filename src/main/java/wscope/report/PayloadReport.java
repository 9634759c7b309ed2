package wscope.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;

/**
 * Writes only the bytes of messages, unmasked and decompressed. Do not send this output to a
 * terminal, because nothing is escaped.
 */
public final class PayloadReport implements Report, FrameListener {
  private static final int CAPACITY = 64 << 10;

  private final OutputStream out;
  private final byte[] buffer = new byte[CAPACITY];
  private int size;

  /**
   * Creates a report.
   *
   * @param out an unbuffered stream, which the report does not close
   */
  public PayloadReport(OutputStream out) {
    this.out = out;
  }

  @Override
  public ExchangeListener stream(Totals totals) {
    return TeeListener.of(totals, new Messages());
  }

  @Override
  public ExchangeListener connection(Endpoint self, long number) {
    return new Messages();
  }

  @Override
  public void event(Event event) {}

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
   * Writes the buffered bytes.
   *
   * @throws UncheckedIOException if the output fails
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

  /** Receives the messages of both endpoints. */
  private final class Messages implements ExchangeListener {
    @Override
    public FrameListener frames(@Nullable Endpoint sender) {
      return PayloadReport.this;
    }
  }
}
