package wscope.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.LinearTime.assertLinear;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fragments as RFC 791 §3.2 and RFC 8200 §4.5 cut packets. */
class IpFragmentsTest {
  private static final String TEXT = "The quick brown fox jumps over the lazy dog. ".repeat(4);

  private final IpFragments fragments = new IpFragments();

  private static byte[] whole(boolean isIpv4) {
    byte[] tcp = PacketBytes.tcp(7, "", TEXT);
    return isIpv4 ? PacketBytes.ipv4(tcp) : PacketBytes.ipv6(tcp);
  }

  /** A fragment of a whole packet: some bytes after its IP header. */
  private static byte[] fragment(byte[] whole, boolean isIpv4, int id, int from, int to) {
    int header = isIpv4 ? 20 : 40;
    byte[] data = Arrays.copyOfRange(whole, header + from, Math.min(header + to, whole.length));
    boolean more = header + to < whole.length;
    ByteBuffer out = ByteBuffer.allocate(header + (isIpv4 ? 0 : 8) + data.length);
    out.put(whole, 0, header);
    if (isIpv4) {
      out.putShort(2, (short) out.capacity()).putShort(4, (short) id);
      out.putShort(6, (short) (from / 8 | (more ? 0x2000 : 0)));
    } else {
      out.putShort(4, (short) (8 + data.length)).put(6, (byte) 44);
      out.put((byte) 6).put((byte) 0).putShort((short) (from | (more ? 1 : 0))).putInt(id);
    }
    return out.put(data).array();
  }

  private @Nullable Packet read(byte[] packet) {
    return fragments.read(LinkType.RAW_IP, ByteBuffer.wrap(packet));
  }

  private static void check(@Nullable Packet read) {
    TcpSegment segment = assertInstanceOf(TcpSegment.class, read);
    assertEquals(7, segment.sequence());
    assertEquals(51362, segment.source().port());
    assertEquals(TEXT, ISO_8859_1.decode(segment.payload()).toString());
    assertEquals(0, segment.missing());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void joinsFragmentsInAnyOrder(boolean isIpv4) {
    byte[] whole = whole(isIpv4);
    int length = whole.length - (isIpv4 ? 20 : 40);
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<byte[]> parts = new ArrayList<>();
      for (int from = 0; from < length; ) {
        int to = Math.min(length, from + 8 * (1 + random.nextInt(10)));
        // Some fragments overlap the ones before them.
        int start = from == 0 ? 0 : Math.max(0, from - 8 * random.nextInt(2));
        parts.add(fragment(whole, isIpv4, seed, start, to));
        from = to;
      }
      Collections.shuffle(parts, random);
      @Nullable Packet read = null;
      for (int i = 0; read == null; i++) {
        read = read(parts.get(i));
      }
      check(read);
    }
  }

  /** Bytes 40 to 79 come twice, and differ. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void prefersTheLowerOffset(boolean lowerFirst) {
    byte[] lower = fragment(whole(true), true, 1, 0, 80);
    byte[] higher = fragment(whole(true), true, 1, 40, 4000);
    Arrays.fill(higher, 20, 60, (byte) '?');
    assertNull(read(lowerFirst ? lower : higher));
    check(read(lowerFirst ? higher : lower));
  }

  @Test
  void prefersTheFirstOfTheSameOffset() {
    byte[] other = fragment(whole(true), true, 1, 40, 80);
    Arrays.fill(other, 20, 60, (byte) '?');
    assertNull(read(fragment(whole(true), true, 1, 0, 40)));
    assertNull(read(fragment(whole(true), true, 1, 40, 72)));
    assertNull(read(other));
    byte[] last = fragment(whole(true), true, 1, 72, 4000);
    Packet read = read(last);
    String text = ISO_8859_1.decode(assertInstanceOf(TcpSegment.class, read).payload()).toString();
    // The longer fragment adds its last 8 bytes, which are bytes 52 to 59 of the text.
    assertEquals(TEXT.substring(0, 52) + "????????" + TEXT.substring(60), text);
  }

  @Test
  void keepsPacketsApart() {
    byte[] first = whole(true);
    assertNull(read(fragment(first, true, 1, 0, 80)));
    assertNull(read(fragment(first, true, 2, 80, 4000)));
    check(read(fragment(first, true, 1, 80, 4000)));
    fragments.finish();
    assertEquals(1, fragments.dropped());
  }

  @Test
  void readsOtherPacketsAsTheyAre() {
    check(read(whole(true)));
    assertInstanceOf(Packet.Skipped.class, read(new byte[1]));
  }

  /** A fragment that was not captured whole cannot be joined. */
  @Test
  void namesAFragmentThatIsCut() {
    byte[] part = fragment(whole(true), true, 1, 0, 80);
    assertEquals(
        new Packet.Skipped("truncated IP fragment"), read(Arrays.copyOf(part, part.length - 1)));
  }

  @Test
  void dropsTheOldestBeyondItsLimits() {
    byte[] whole = whole(true);
    for (int id = 0; id <= IpFragments.PACKETS; id++) {
      assertNull(read(fragment(whole, true, id, 0, 80)));
    }
    assertEquals(1, fragments.dropped());
    assertNull(read(fragment(whole, true, 0, 80, 4000)), "the first part of packet 0 is gone");
    check(read(fragment(whole, true, 5, 80, 4000)));
  }

  /** Any number of fragments of one packet are held within the limit. */
  @Test
  void boundsTheBytes() {
    byte[] large = new byte[20 + 65_000];
    System.arraycopy(whole(true), 0, large, 0, 20);
    for (int id = 0; id < 200; id++) {
      assertNull(read(fragment(large, true, id, 0, 64_000)));
    }
    assertTrue(fragments.dropped() >= 200 - IpFragments.BYTES / 64_000, "" + fragments.dropped());
  }

  /** A fragment may not reach beyond the longest packet. */
  @Test
  void dropsAFragmentThatIsTooFar() {
    byte[] part = fragment(whole(true), true, 1, 0, 80);
    ByteBuffer.wrap(part).putShort(6, (short) 0x1fff);
    assertNull(read(part));
    assertEquals(1, fragments.dropped());
  }

  /** The gap before the last fragment stays open while the others come. */
  @Test
  void manyFragmentsTakeLinearTime() {
    byte[] large = new byte[20 + 65_512];
    System.arraycopy(whole(true), 0, large, 0, 20);
    assertLinear(
        500,
        count -> {
          IpFragments read = new IpFragments();
          read.read(LinkType.RAW_IP, ByteBuffer.wrap(fragment(large, true, 1, 65_504, 65_512)));
          byte[] packet = fragment(large, true, 1, 0, 8);
          for (int i = 0; i < count; i++) {
            ByteBuffer next = ByteBuffer.wrap(packet).putShort(6, (short) (0x2000 | i));
            assertNull(read.read(LinkType.RAW_IP, next.rewind()));
          }
        });
  }
}
