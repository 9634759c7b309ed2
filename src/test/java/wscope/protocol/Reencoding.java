package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Encodes each frame of a stream again, valid or not, from its fields and its unmasked payload. */
final class Reencoding implements FrameListener {
  private final byte[] stream;
  private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

  /** Fails the test if the bytes of a frame differ from the stream. */
  Reencoding(byte[] stream) {
    this.stream = stream;
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    payload.reset();
    ByteBuffer out = ByteBuffer.allocate(FrameHeader.LONGEST);
    FrameEncoder.header(rebuilt(header), out);
    assertInStream(header.offset(), out);
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer part, long index) {
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    payload.writeBytes(bytes);
  }

  @Override
  public void frameEnded(FrameHeader header) {
    ByteBuffer out = ByteBuffer.allocate(FrameHeader.LONGEST + payload.size());
    FrameEncoder.frame(rebuilt(header), ByteBuffer.wrap(payload.toByteArray()), out);
    assertInStream(header.offset(), out);
  }

  private static FrameHeader rebuilt(FrameHeader read) {
    FrameHeader header =
        FrameHeader.of(read.opcode(), 0)
            .fin(read.fin())
            .rsv((read.rsv1() ? 4 : 0) + (read.rsv2() ? 2 : 0) + (read.rsv3() ? 1 : 0))
            .payloadLength(read.payloadLength(), read.lengthForm());
    return read.masked() ? header.mask(read.maskingKey()) : header;
  }

  private void assertInStream(long offset, ByteBuffer encoded) {
    byte[] bytes = new byte[encoded.flip().remaining()];
    encoded.get(bytes);
    int at = Math.toIntExact(offset);
    HexFormat hex = HexFormat.of();
    assertEquals(hex.formatHex(stream, at, at + bytes.length), hex.formatHex(bytes));
  }
}
