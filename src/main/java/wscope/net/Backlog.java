package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;

/** Output that a socket had no room for, in order; owns no memory while it is empty. */
final class Backlog {
  private static final int SMALLEST_CHUNK = 4 << 10;
  private static final int LARGEST_CHUNK = 256 << 10;

  /** Filled chunks ready to be read, but for the last, which is still being filled. */
  private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(1);

  private long size;

  /** How many bytes wait. */
  long size() {
    return size;
  }

  /** Copies what is between position and limit; the position moves. */
  void add(ByteBuffer bytes) {
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
}
