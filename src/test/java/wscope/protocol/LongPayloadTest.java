package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** S2: whole payloads whose lengths, alone and in sum, need more than 31 and 32 bits. */
class LongPayloadTest {
  private static final long FIRST = 1L << 31;
  private static final long SECOND = (1L << 32) + 1;

  @Test
  void reportsExactOffsetsAndSums() {
    List<String> events = new ArrayList<>();
    FrameReader reader =
        new FrameReader(Endpoint.SERVER, Limits.NONE, null, 0, new EventLog(events));
    frame(reader, 0x02, FIRST);
    frame(reader, 0x80, SECOND);
    reader.feed(ByteBuffer.wrap(new byte[] {(byte) 0x89, 0}));
    reader.end();
    assertEquals(
        List.of(
            "frame @0 2147483648",
            "frame @2147483658 4294967297",
            "message 6442450945",
            "frame @6442450965 0"),
        events);
  }

  private static void frame(FrameReader reader, int byte0, long length) {
    ByteBuffer header = ByteBuffer.allocate(10).put((byte) byte0).put((byte) 127);
    reader.feed(header.putLong(length).flip());
    ByteBuffer piece = ByteBuffer.allocate(1 << 24);
    for (long rest = length; rest > 0; rest -= piece.capacity()) {
      reader.feed(piece.clear().limit((int) Math.min(rest, piece.capacity())));
    }
  }

  private record EventLog(List<String> events) implements FrameListener {
    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> broken) {
      assertEquals(List.of(), broken);
      events.add("frame @" + header.offset() + " " + header.payloadLength());
    }

    @Override
    public void messageEnded(Message message) {
      events.add("message " + message.length());
    }
  }
}
