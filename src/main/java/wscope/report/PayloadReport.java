package wscope.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;

/**
 * Writes only the bytes of messages, unmasked and decompressed. Do not send this output to a
 * terminal, because nothing is escaped.
 */
public final class PayloadReport implements Report, FrameListener {
  private static final int CAPACITY = 64 << 10;

  private final OutputStream out;
  private final @Nullable Endpoint only;
  private final boolean lines;
  private final boolean whole;
  private final byte[] buffer = new byte[CAPACITY];
  private int size;

  /**
   * Creates a report.
   *
   * @param out an unbuffered stream, which the report does not close
   */
  public PayloadReport(OutputStream out) {
    this(out, null, false, false);
  }

  private PayloadReport(OutputStream out, @Nullable Endpoint only, boolean lines, boolean whole) {
    this.out = out;
    this.only = only;
    this.lines = lines;
    this.whole = whole;
  }

  /**
   * Creates a report of the messages of one endpoint. A line end follows each text message.
   *
   * @param out an unbuffered stream, which the report does not close
   */
  public static PayloadReport lines(OutputStream out, Endpoint sender) {
    return new PayloadReport(out, sender, true, false);
  }

  /**
   * Creates a report of the messages of both endpoints of many connections, which may be sent at
   * the same time: each is written when it has ended. A line end follows each text message.
   *
   * @param out an unbuffered stream, which the report does not close
   */
  public static PayloadReport whole(OutputStream out) {
    return new PayloadReport(out, null, true, true);
  }

  @Override
  public ExchangeListener stream(Totals totals) {
    return TeeListener.of(totals, new Messages());
  }

  @Override
  public ExchangeListener connection(@Nullable Endpoint self, long number) {
    return new Messages();
  }

  @Override
  public void event(Event event) {}

  @Override
  public void messageData(Message message, ByteBuffer data, boolean last) {
    write(data);
  }

  private void write(ByteBuffer data) {
    while (data.hasRemaining()) {
      if (size == CAPACITY) {
        flush();
      }
      int count = Math.min(CAPACITY - size, data.remaining());
      data.get(buffer, size, count);
      size += count;
    }
  }

  @Override
  public void messageEnded(Message message) {
    if (lines && message.type() == Opcode.TEXT) {
      if (size == CAPACITY) {
        flush();
      }
      buffer[size++] = '\n';
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

  /** Receives the messages of both endpoints, or of one. */
  private final class Messages implements ExchangeListener {
    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint sender) {
      if (only != null && only != sender) {
        return null;
      }
      return whole ? new Whole() : PayloadReport.this;
    }
  }

  /** Holds the messages of one endpoint until they end. */
  private final class Whole implements FrameListener {
    private ByteArrayOutputStream held = new ByteArrayOutputStream(0);

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      if (last && held.size() == 0) {
        write(data);
      } else {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        held.writeBytes(bytes);
      }
    }

    @Override
    public void messageEnded(Message message) {
      write(ByteBuffer.wrap(held.toByteArray()));
      drop();
      PayloadReport.this.messageEnded(message);
    }

    @Override
    public void messageAbandoned(Message message) {
      drop();
    }

    @Override
    public void failed() {
      drop();
    }

    private void drop() {
      held = held.size() == 0 ? held : new ByteArrayOutputStream(0);
    }
  }
}
