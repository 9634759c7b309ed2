package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;

/** S1: a declared length allocates nothing (RFC 6455 §10.4). */
class HostileLengthTest {
  private static final long[] LENGTHS = {Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE};
  private static final int PAYLOAD = 1000;
  private static final long MOST_BYTES = 200_000;

  @ParameterizedTest
  @EnumSource
  void allocatesNothingForADeclaredLength(Opcode opcode) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (long length : LENGTHS) {
      byte[] stream = stream(opcode, length);
      long before = thread.getCurrentThreadAllocatedBytes();
      FrameReader reader =
          new FrameReader(Endpoint.CLIENT, Limits.NONE, null, 0, new FrameListener() {});
      reader.feed(ByteBuffer.wrap(stream));
      reader.end();
      long taken = thread.getCurrentThreadAllocatedBytes() - before;
      assertTrue(taken < MOST_BYTES, () -> length + " declared, " + taken + " bytes allocated");
    }
  }

  @ParameterizedTest
  @EnumSource
  void reportsTheMissingPayload(Opcode opcode) {
    for (long length : LENGTHS) {
      Recorder recorder = Recorder.read(Endpoint.CLIENT, Limits.NONE, stream(opcode, length));
      assertTrue(
          recorder
              .text()
              .contains("incomplete #1 @" + (14 + PAYLOAD) + " payload data " + (length - PAYLOAD)),
          recorder.text());
      assertEquals(1, recorder.ends());
    }
  }

  /** With the limits of a server, the header alone fails the connection. */
  @ParameterizedTest
  @EnumSource
  void failsAtTheHeader(Opcode opcode) {
    String code = opcode == Opcode.TEXT || opcode == Opcode.BINARY ? "03f1" : "03ea"; // 1009, 1002
    for (long length : LENGTHS) {
      Peer peer = Peer.open(Limits.SERVER);
      byte[] stream = stream(opcode, length);
      peer.feed(HexFormat.of().formatHex(stream, 0, 14));
      assertEquals("88", peer.out().substring(0, 2));
      assertEquals(1, peer.ends());
      assertEquals(code, Peer.closeCode(peer.lastOut()));
      peer.feed(HexFormat.of().formatHex(stream, 14, stream.length));
      assertEquals("", peer.out());
      assertEquals(1, peer.ends());
    }
  }

  private static byte[] stream(Opcode opcode, long length) {
    return ByteBuffer.allocate(14 + PAYLOAD)
        .put((byte) (0x80 | opcode.code()))
        .put((byte) 0xff)
        .putLong(length)
        .putInt(0x37fa213d)
        .array();
  }
}
