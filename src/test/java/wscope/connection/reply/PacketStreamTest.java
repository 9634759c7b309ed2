package wscope.connection.reply;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Packets in a stream of bytes. */
@Timeout(20)
class PacketStreamTest {
  private static PacketStream stream() throws InvalidScript {
    return new PacketStream(Patterns.read("?? length:varint"));
  }

  private static byte[] packet(int type, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(type);
    int left = length;
    do {
      out.write(left > 127 ? (left & 0x7f) | 0x80 : left);
      left >>= 7;
    } while (left > 0);
    for (int i = 0; i < length; i++) {
      out.write(i);
    }
    return out.toByteArray();
  }

  @Test
  void cutsAnyPieces() throws InvalidScript {
    Random random = new Random(16);
    List<byte[]> packets = new ArrayList<>();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int length : new int[] {0, 1, 127, 128, 0, 0, 16_383, 16_384, 5, 70_000}) {
      packets.add(packet(0x82, length));
      all.writeBytes(packets.get(packets.size() - 1));
    }
    for (int longest : new int[] {1, 3, 1000, 200_000}) {
      PacketStream stream = stream();
      byte[] bytes = all.toByteArray();
      int found = 0;
      for (int at = 0; at < bytes.length; ) {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(longest));
        stream.add(Arrays.copyOfRange(bytes, at, end));
        at = end;
        for (byte[] next = stream.next(); next != null; next = stream.next()) {
          assertArrayEquals(packets.get(found), next);
          found++;
        }
      }
      assertEquals(packets.size(), found);
      assertEquals(0, stream.waiting());
      assertNull(stream.takeTrouble());
    }
  }

  /** A packet of 1 MiB in pieces of one byte takes linear time. */
  @Test
  void limitsThePacket() throws InvalidScript {
    PacketStream stream = stream();
    byte[] longest = packet(0x30, 1_048_576 - 4);
    for (byte b : longest) {
      assertNull(stream.next());
      stream.add(new byte[] {b});
    }
    assertArrayEquals(longest, stream.next());
    stream.add(packet(0x30, 1_048_576 - 3));
    assertNull(stream.next());
    assertEquals(
        "what the peer sent is longer than 1 MiB; its further bytes get no reply",
        stream.takeTrouble());
    stream.add(packet(0x30, 1));
    assertNull(stream.next());
    assertNull(stream.takeTrouble());
    assertEquals(0, stream.waiting());
  }

  @Test
  void stopsAtBytesThatAreNoPacket() throws InvalidScript {
    PacketStream stream = stream();
    stream.add(new byte[] {0x30, -1, -1, -1, -1, 0});
    assertNull(stream.next());
    assertEquals(
        "what the peer sent is not a packet; its further bytes get no reply", stream.takeTrouble());
  }
}
