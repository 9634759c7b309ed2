package wscope.bench.process;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tlschannel.NeedsReadException;
import tlschannel.NeedsWriteException;

/** One client: sends what is due as fast as its socket accepts it, and checks every echo. */
final class EchoConnection {
  private final Exchange exchange;
  private final ByteChannel channel;
  private final boolean tls;
  private final SelectionKey key;

  /** When the messages without an echo were due, in nanoseconds. */
  private final LongQueue due = new LongQueue();

  private long added;
  private long sent;
  private int sentOfNext;
  private long echoed;
  private int echoedOfNext;

  /** The next echo, if it is compressed and differs from the first one. */
  private @Nullable WholeEcho odd;

  /** Whether the socket accepts no more for now. */
  private boolean full;

  EchoConnection(OpeningHandshake opening, Exchange exchange, Selector selector)
      throws IOException {
    this.exchange = exchange;
    channel = opening.channel();
    tls = opening.channel() != opening.socket();
    opening.socket().configureBlocking(false);
    key = opening.socket().register(selector, SelectionKey.OP_READ, this);
  }

  /** Adds a message to send; its time begins now, even if the socket is full. */
  void add(long now) {
    due.add(now);
    added++;
  }

  int inFlight() {
    return due.size();
  }

  /** Writes as much of what is due as the socket accepts. */
  void send(ByteBuffer buffer) throws IOException {
    boolean rest = full; // the next write also sends what TLS has encrypted
    full = false;
    while ((rest || sent < added) && !full) {
      rest = false;
      fill(buffer.clear());
      advance(write(buffer.flip()));
      full |= buffer.hasRemaining();
    }
    int interest = full ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  private void fill(ByteBuffer buffer) {
    byte[] request = exchange.request();
    int offset = sentOfNext;
    for (long number = sent; number < added && buffer.hasRemaining(); number++) {
      int count = Math.min(request.length - offset, buffer.remaining());
      int from = buffer.position();
      buffer.put(request, offset, count);
      exchange.numberRequest(buffer.array(), from - offset, from, from + count, number);
      offset = 0;
    }
  }

  private void advance(long written) {
    long total = sentOfNext + written;
    sent += total / exchange.request().length;
    sentOfNext = (int) (total % exchange.request().length);
  }

  private int write(ByteBuffer buffer) throws IOException {
    int start = buffer.position();
    try {
      channel.write(buffer);
    } catch (NeedsWriteException e) {
      full = true;
    }
    return buffer.position() - start;
  }

  /**
   * Reads and checks all echoes that have arrived.
   *
   * @param latencies records how long each of them took
   * @return how many were completed
   */
  int receive(ByteBuffer buffer, Latencies latencies) throws IOException {
    long before = echoed;
    int count;
    do {
      count = read(buffer.clear());
      check(buffer.array(), count, System.nanoTime(), latencies);
    } while (count == buffer.capacity() || tls && count > 0);
    return (int) (echoed - before);
  }

  private int read(ByteBuffer buffer) throws IOException {
    try {
      int count = channel.read(buffer);
      if (count < 0) {
        throw new EOFException("the server ended a connection");
      }
      return count;
    } catch (NeedsReadException e) {
      return 0;
    }
  }

  private void check(byte[] bytes, int end, long now, Latencies latencies) throws IOException {
    for (int at = 0; at < end; ) {
      int count = odd == null ? same(bytes, at, end) : 0;
      if (odd != null) {
        count = odd.take(bytes, at, end);
        if (odd.isWhole()) {
          odd.checked();
          odd = null;
          echoedOfNext = 0;
        }
      }
      at += count;
      if (odd == null && echoedOfNext == 0) {
        latencies.record(now - due.remove());
        echoed++;
      }
    }
  }

  /**
   * Compares bytes with the next echo.
   *
   * @return how many belong to it; 0 if it is {@link #odd}
   */
  private int same(byte[] bytes, int at, int end) throws IOException {
    byte[] echo = exchange.echo();
    int next = at + Math.min(end - at, echo.length - echoedOfNext);
    exchange.numberEcho(bytes, at - echoedOfNext, at, next, echoed);
    int upTo = echoedOfNext + next - at;
    boolean same = due.size() > 0 && Arrays.equals(bytes, at, next, echo, echoedOfNext, upTo);
    if (same) {
      echoedOfNext = upTo % echo.length;
      return next - at;
    }
    if (due.size() == 0 || !exchange.compressed()) {
      throw new IOException("echo " + echoed + " is not what was sent, before byte " + upTo);
    }
    odd = new WholeEcho(exchange.payload());
    odd.take(echo, 0, echoedOfNext);
    return 0;
  }

  void close() throws IOException {
    key.channel().close();
  }
}
