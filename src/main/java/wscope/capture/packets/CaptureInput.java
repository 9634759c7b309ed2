package wscope.capture.packets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads pieces of a file into one buffer. */
final class CaptureInput {
  private static final int FIRST_CAPACITY = 64 << 10;

  private final InputStream in;
  private byte[] buffer = new byte[FIRST_CAPACITY];
  private long position;

  CaptureInput(InputStream in) {
    this.in = in;
  }

  /** The number of bytes read so far. */
  long position() {
    return position;
  }

  /**
   * Reads so many bytes.
   *
   * @param count at most {@link PacketFile#LONGEST}
   * @return the bytes, valid until the next call; null if the input has ended
   * @throws InvalidCapture if the input ends inside the bytes
   */
  @Nullable ByteBuffer read(int count, ByteOrder order) throws IOException, InvalidCapture {
    int length = 0;
    while (length < count) {
      if (length == buffer.length) {
        // The length in the file may be a lie, so the buffer grows only with the bytes.
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
      int more = in.read(buffer, length, Math.min(count, buffer.length) - length);
      if (more < 0 && length == 0) {
        return null;
      }
      if (more < 0) {
        throw cutOff();
      }
      length += more;
    }
    position += count;
    return ByteBuffer.wrap(buffer, 0, count).slice().order(order);
  }

  /** Reads so many bytes, which the file must have. */
  ByteBuffer require(int count, ByteOrder order) throws IOException, InvalidCapture {
    ByteBuffer read = count == 0 ? ByteBuffer.allocate(0) : read(count, order);
    if (read == null) {
      throw cutOff();
    }
    return read;
  }

  /** Skips bytes, which the file must have. */
  void skip(long count) throws IOException, InvalidCapture {
    for (long left = count; left > 0; ) {
      int piece = (int) Math.min(left, FIRST_CAPACITY);
      require(piece, ByteOrder.BIG_ENDIAN);
      left -= piece;
    }
  }

  private InvalidCapture cutOff() {
    return new InvalidCapture("the file is cut off after byte " + position);
  }
}
