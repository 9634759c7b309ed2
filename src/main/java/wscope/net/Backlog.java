package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Output that has to wait, in order; owns no memory while it is empty. */
public final class Backlog {
  private static final int SMALLEST_CHUNK = 4 << 10;
  private static final int LARGEST_CHUNK = 256 << 10;

  /** Filled chunks ready to be read, but for the last, which is still being filled. */
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(1);

  private long size;

  /** How many bytes wait. */
  public long size() {
    return size;
  }

  /** Copies what is between position and limit; the position moves. */
  public void add(ByteBuffer bytes) {
    size += bytes.remaining();
    while (bytes.hasRemaining()) {
      ByteBuffer last = chunks.peekLast();
      if (last == null || last.limit() == last.capacity()) {
        int capacity = Math.max(SMALLEST_CHUNK, Math.min(LARGEST_CHUNK, bytes.remaining()));
        last = ByteBuffer.allocate(capacity).limit(0);
        chunks.addLast(last);
      }
      int count = Math.min(last.capacity() - last.limit(), bytes.remaining());
      int end = last.limit();
      last.limit(end + count).put(end, bytes, bytes.position(), count);
      bytes.position(bytes.position() + count);
    }
  }

  /** Lets everything that waits go. */
  void clear() {
    chunks.clear();
    size = 0;
  }

  /** Writes as much as the channel takes, and tells how much that was. */
  long writeTo(WritableByteChannel channel) throws IOException {
    long before = size;
    for (ByteBuffer first = chunks.peekFirst(); first != null; first = chunks.peekFirst()) {
      size -= channel.write(first);
      if (first.hasRemaining()) {
        break;
      }
      chunks.removeFirst();
    }
    return before - size;
  }

  /**
   * Hands over what waits, from the front, in one piece or several.
   *
   * @param most bytes to hand over
   * @param taker takes all that is between position and limit
   * @return how many bytes were handed over
   */
  public long moveTo(Consumer<ByteBuffer> taker, long most) {
    long left = Math.min(most, size);
    long moved = left;
    while (left > 0) {
      ByteBuffer first = chunks.getFirst();
      int end = first.limit();
      first.limit(first.position() + (int) Math.min(left, first.remaining()));
      left -= first.remaining();
      size -= first.remaining();
      taker.accept(first);
      first.limit(end);
      if (!first.hasRemaining()) {
        chunks.removeFirst();
      }
    }
    return moved;
  }
}
