package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Queued output, in order. It uses no buffers while it is empty. */
public final class Backlog {
  private static final int SMALLEST_CHUNK = 4 << 10;
  private static final int LARGEST_CHUNK = 256 << 10;

  /** From this number of bytes on, a chunk of direct memory is worthwhile. */
  private static final int LEAST_DIRECT = 16 << 10;

  private final @Nullable Chunks direct;

  /** Full chunks, ready to be read; only the last one may still have room. */
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(1);

  private long size;

  /** Creates a queue on the heap. */
  public Backlog() {
    direct = null;
  }

  /** Creates a queue that uses direct memory if there is some. */
  Backlog(Chunks direct) {
    this.direct = direct;
  }

  /** The number of queued bytes. */
  public long size() {
    return size;
  }

  /** Copies the bytes between position and limit; the position moves. */
  public void add(ByteBuffer bytes) {
    size += bytes.remaining();
    while (bytes.hasRemaining()) {
      ByteBuffer last = chunks.peekLast();
      if (last == null || last.limit() == last.capacity()) {
        last = chunk(bytes.remaining());
        chunks.addLast(last);
      }
      int count = Math.min(last.capacity() - last.limit(), bytes.remaining());
      int end = last.limit();
      last.limit(end + count).put(end, bytes, bytes.position(), count);
      bytes.position(bytes.position() + count);
    }
  }

  private ByteBuffer chunk(int bytes) {
    ByteBuffer chunk = direct == null || bytes < LEAST_DIRECT ? null : direct.take();
    if (chunk != null) {
      return chunk;
    }
    int capacity = Math.max(SMALLEST_CHUNK, Math.min(LARGEST_CHUNK, bytes));
    return ByteBuffer.allocate(capacity).limit(0);
  }

  private void removeFirst() {
    ByteBuffer first = chunks.removeFirst();
    if (direct != null) {
      direct.giveBack(first);
    }
  }

  /** Discards all queued bytes. */
  void clear() {
    while (!chunks.isEmpty()) {
      removeFirst();
    }
    size = 0;
  }

  /**
   * Writes as much as the channel accepts.
   *
   * @return the number of bytes written
   */
  long writeTo(WritableByteChannel channel) throws IOException {
    long before = size;
    for (ByteBuffer first = chunks.peekFirst(); first != null; first = chunks.peekFirst()) {
      size -= channel.write(first);
      if (first.hasRemaining()) {
        break;
      }
      removeFirst();
    }
    return before - size;
  }

  /**
   * Passes on queued bytes, oldest first, in one or more pieces.
   *
   * @param most the maximum number of bytes to pass on
   * @param consumer takes all bytes between position and limit
   * @return the number of bytes passed on
   */
  public long moveTo(Consumer<ByteBuffer> consumer, long most) {
    long left = Math.min(most, size);
    long moved = left;
    while (left > 0) {
      ByteBuffer first = chunks.getFirst();
      int end = first.limit();
      first.limit(first.position() + (int) Math.min(left, first.remaining()));
      left -= first.remaining();
      size -= first.remaining();
      consumer.accept(first);
      first.limit(end);
      if (!first.hasRemaining()) {
        removeFirst();
      }
    }
    return moved;
  }
}
