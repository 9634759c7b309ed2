package wscope.bench.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.MessageInflater;
import wscope.protocol.rule.Endpoint;

/**
 * An echo that is read frame by frame, because it may differ from the one before: equal messages
 * may be compressed differently.
 */
final class WholeEcho {
  private final byte[] payload;
  private byte[] bytes;
  private int size;

  /** Where the current frame begins. */
  private int frame;

  private boolean whole;

  /**
   * @param payload the content that it must have
   */
  WholeEcho(byte[] payload) {
    this.payload = payload;
    bytes = new byte[2 * payload.length + 1024];
  }

  /**
   * Takes the bytes that belong to it.
   *
   * @return how many these are
   */
  int take(byte[] from, int start, int end) throws IOException {
    int at = start;
    while (at < end && !whole) {
      int count = Math.min(end - at, needed() - size);
      if (size + count > bytes.length) {
        throw new IOException("an echo is longer than twice its message");
      }
      System.arraycopy(from, at, bytes, size, count);
      size += count;
      at += count;
      endFrame();
    }
    return at - start;
  }

  boolean isWhole() {
    return whole;
  }

  /** The bytes of the echo, once its content is checked. */
  byte[] checked() throws IOException {
    ByteBuffer content = ByteBuffer.allocate(payload.length + 1);
    ByteBuffer echo = ByteBuffer.wrap(bytes, 0, size);
    boolean compressed = (bytes[0] & 0x40) != 0;
    try (BufferPool pool = new BufferPool();
        MessageInflater inflater =
            new MessageInflater(Exchange.DEFLATE, Endpoint.SERVER, payload.length, pool)) {
      while (echo.hasRemaining()) {
        int start = echo.position();
        boolean last = (echo.get(start) & 0x80) != 0;
        ByteBuffer data =
            echo.slice(start + headerSize(start), frameEnd(start) - start - headerSize(start));
        if (compressed) {
          inflater.inflate(data, last, (slice, end) -> content.put(slice));
        } else {
          content.put(data);
        }
        echo.position(frameEnd(start));
      }
    }
    if (!content.flip().equals(ByteBuffer.wrap(payload))) {
      throw new IOException("the content of an echo is not that of its message");
    }
    return Arrays.copyOf(bytes, size);
  }

  /** The size that is needed to read further. */
  private int needed() {
    if (size < frame + 2) {
      return frame + 2;
    }
    int header = frame + headerSize(frame);
    return size < header ? header : frameEnd(frame);
  }

  private void endFrame() {
    if (size >= frame + 2 && size >= frame + headerSize(frame) && size == frameEnd(frame)) {
      whole = (bytes[frame] & 0x80) != 0;
      frame = size;
    }
  }

  private int headerSize(int start) {
    int length7 = bytes[start + 1] & 0x7f;
    return length7 == 127 ? 10 : length7 == 126 ? 4 : 2;
  }

  private int frameEnd(int start) {
    int header = headerSize(start);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long length =
        switch (header) {
          case 10 -> buffer.getLong(start + 2);
          case 4 -> buffer.getShort(start + 2) & 0xffff;
          default -> bytes[start + 1] & 0x7f;
        };
    return Math.toIntExact(start + header + length);
  }
}
