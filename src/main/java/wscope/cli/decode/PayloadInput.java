package wscope.cli.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.SpelledBytes;
import wscope.input.spelling.Spelling;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.RsvBits;

/** Bytes that are the payload of one message or control frame, without its header. */
final class PayloadInput {
  /** The longest payload, in bytes. */
  static final int LONGEST = 16 << 20;

  private PayloadInput() {}

  /**
   * The frame that carries the payload.
   *
   * @param spelling of the text; null to detect it
   * @throws Failure if it has more than {@link #LONGEST} bytes, or none
   */
  static ByteBuffer frame(InputStream text, @Nullable Spelling spelling, PayloadKind kind)
      throws IOException, InvalidSpelling, Failure {
    ByteBuffer payload = read(new SpelledBytes(text, spelling));
    FrameHeader header = FrameHeader.of(kind.opcode(), payload.remaining());
    if (kind == PayloadKind.DEFLATE) {
      header.rsv(RsvBits.RSV1);
    }
    ByteBuffer frame = ByteBuffer.allocate(header.size() + payload.remaining());
    FrameEncoder.frame(header, payload, frame);
    return frame.flip();
  }

  private static ByteBuffer read(SpelledBytes spelled)
      throws IOException, InvalidSpelling, Failure {
    ByteBuffer payload = ByteBuffer.allocate(64 << 10);
    boolean more = true;
    while (more) {
      if (!payload.hasRemaining()) {
        if (payload.capacity() >= LONGEST) {
          throw new Failure(
              ExitCode.USAGE, "a payload of more than 16 MiB; decode it with its frame header");
        }
        payload = ByteBuffer.allocate(4 * payload.capacity()).put(payload.flip());
      }
      more = spelled.read(payload);
    }
    return payload.flip();
  }
}
