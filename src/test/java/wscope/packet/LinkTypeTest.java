package wscope.packet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static wscope.packet.PacketBytes.ETHERNET_4;
import static wscope.packet.PacketBytes.ETHERNET_6;
import static wscope.packet.PacketBytes.hex;
import static wscope.packet.PacketBytes.ipv4;
import static wscope.packet.PacketBytes.ipv6;
import static wscope.packet.PacketBytes.join;
import static wscope.packet.PacketBytes.pseudoHeaderSum;
import static wscope.packet.PacketBytes.tcp;
import static wscope.packet.PacketBytes.with16Bits;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTypeTest {
  private static final int TCP_CHECKSUM = 16;

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "ETHERNET, 020000000002 020000000001 0800",
    "ETHERNET, 000000000000 000000000000 0800",
    "ETHERNET, 020000000002 020000000001 88a8 0007 8100 0008 0800",
    "LINUX_SLL, 0004 0001 0006 020000000001 0000 0800",
    "LINUX_SLL2, 0800 0000 00000001 0304 04 06 000000000000 0000",
    "BSD_LOOPBACK, 00000002",
    "BSD_LOOPBACK, 02000000",
    "PPP, ff03 0021",
    "PPP, 21",
    "RAW_IP, ''",
  })
  void findsIpv4(LinkType link, String header) {
    assertEquals(link, guess(join(hex(header), ipv4(tcp(1, "", "hello")))));
    assertEquals(link, guess(join(hex(header), ipv4("07070400 00000000", tcp(1, "", "")))));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "ETHERNET, 020000000002 020000000001 86dd",
    "LINUX_SLL, 0000 0304 0006 000000000000 0000 86dd",
    "LINUX_SLL2, 86dd 0000 00000001 0304 00 06 000000000000 0000",
    "BSD_LOOPBACK, 1e000000",
    "PPP, 0057",
    "RAW_IP, ''",
  })
  void findsIpv6(LinkType link, String header) {
    assertEquals(link, guess(join(hex(header), ipv6(tcp(1, "", "hello")))));
    byte[] extended = ipv6(60, "0600 010400000000", tcp(1, "", "hello"));
    assertEquals(link, guess(join(hex(header), extended)));
  }

  /** A right IPv4 header checksum is a proof; without one, a packet must be whole. */
  @Test
  void onlyIpv4MayBeCut() {
    byte[] ip4 = ipv4(tcp(1, "", "hello"));
    for (int length = 40; length < ip4.length; length++) {
      assertEquals(LinkType.RAW_IP, guess(Arrays.copyOf(ip4, length)));
    }
    for (int length = 0; length < 40; length++) {
      assertNull(guess(Arrays.copyOf(ip4, length)));
    }
    byte[] ip6 = join(hex(ETHERNET_6), ipv6(tcp(1, "", "hello")));
    for (int length = 0; length < ip6.length; length++) {
      assertNull(guess(Arrays.copyOf(ip6, length)));
    }
  }

  @Test
  void aZeroChecksumOfIpv4NeedsAnotherProof() {
    byte[] packet = with16Bits(ipv4(tcp(1, "", "hello")), 10, 0);
    assertEquals(LinkType.RAW_IP, guess(packet), "the checksum of TCP");
    packet[44] ^= 1;
    assertNull(guess(packet));
    assertEquals(LinkType.ETHERNET, guess(join(hex(ETHERNET_4), packet)));
    assertEquals(LinkType.BSD_LOOPBACK, guess(join(hex("00000002"), packet)));
    assertNull(guess(join(hex("0021"), packet)));
    assertNull(guess(join(hex(ETHERNET_4), packet, new byte[2])), "60 + 1 bytes");
    byte[] padded = join(hex(ETHERNET_4), with16Bits(ipv4(tcp(1, "", "")), 10, 0), new byte[6]);
    padded[14 + 20 + TCP_CHECKSUM] ^= 1;
    assertEquals(LinkType.ETHERNET, guess(padded));
  }

  @Test
  void aWrongChecksumOfIpv4IsNotAPacket() {
    byte[] packet = ipv4(tcp(1, "", "hello"));
    assertNull(guess(join(hex(ETHERNET_4), with16Bits(packet, 10, 0x1234))));
  }

  /** A sender may leave the checksum to its network card. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSumOfThePseudoHeaderIsAProof(boolean isIpv6) {
    byte[] tcp = tcp(1, "", "hello");
    int sum = pseudoHeaderSum(isIpv6, tcp.length);
    byte[] ip = isIpv6 ? ipv6(tcp) : with16Bits(ipv4(tcp), 10, 0);
    int at = ip.length - tcp.length + TCP_CHECKSUM;
    assertEquals(LinkType.RAW_IP, guess(with16Bits(ip, at, sum)));
    assertNull(guess(with16Bits(ip, at, sum + 1)));
  }

  @Test
  void trailersAreShort() {
    byte[] packet = ipv4(tcp(1, "", "hello"));
    assertEquals(LinkType.RAW_IP, guess(join(packet, new byte[64])));
    assertNull(guess(join(packet, new byte[65])));
  }

  /** Each bit of the IPv4 header counts, because of its checksum. */
  @Test
  void anyChangedBitOfAnIpv4Header() {
    byte[] packet = join(hex(ETHERNET_4), ipv4(tcp(1, "", "hello")));
    for (int bit = 14 * 8; bit < 34 * 8; bit++) {
      byte[] changed = packet.clone();
      changed[bit / 8] ^= (byte) (0x80 >> (bit % 8));
      assertNull(guess(changed), "bit " + bit);
    }
  }

  @ParameterizedTest(name = "flags {0}")
  @CsvSource({
    "2, true", "18, true", "16, true", "24, true", "17, true", "4, true", "20, true",
    "194, true", "0, false", "1, false", "8, false", "3, false", "6, false", "63, false",
  })
  void flagsOfTcp(int flags, boolean fits) {
    assertEquals(fits ? LinkType.RAW_IP : null, guess(ipv4(tcp(1, flags, "", ""))));
  }

  @Test
  void fieldsOfTcp() {
    assertNull(guess(changedTcp(0, 0)), "source port 0");
    assertNull(guess(changedTcp(2, 0)), "destination port 0");
    assertNull(guess(changedTcp(12, 0x5218)), "a reserved bit");
    assertEquals(LinkType.RAW_IP, guess(changedTcp(12, 0x5118)), "accurate ECN");
    assertNull(guess(changedTcp(12, 0x6018)), "data offset");
    assertNull(guess(changedTcp(12, 0x4018)), "data offset");
  }

  @Test
  void fieldsOfLinkLayers() {
    byte[] ip = ipv4(tcp(1, "", ""));
    assertNull(guess(join(hex("020000000002 030000000001 0800"), ip)), "a group as source");
    assertNull(guess(join(hex("0005 0001 0006 020000000001 0000 0800"), ip)), "packet type");
    assertNull(guess(join(hex("0800 0001 00000001 0304 04 06 000000000000 0000"), ip)));
    assertNull(guess(join(hex("0800 0000 00000001 0304 05 06 000000000000 0000"), ip)));
    assertNull(guess(join(hex("00000018"), ip)), "the family of IPv6");
    assertNull(guess(join(hex(ETHERNET_6), ip)), "the EtherType of IPv6");
  }

  @Test
  void aLengthOf0IsNotEnough() {
    assertNull(guess(with16Bits(with16Bits(ipv4(tcp(1, "", "hello")), 2, 0), 10, 0)));
    assertNull(guess(with16Bits(ipv6(tcp(1, "", "hello")), 4, 0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Hello, World",
        "GET / HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\n\r\n and more of it",
        "EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE",
        "``````````````````````````````````````````````````````````````````````````````",
      })
  void textIsNotAPacket(String text) {
    assertNull(guess(text.getBytes(UTF_8)));
  }

  @Test
  void repeatedBytesAreNotAPacket() {
    for (int octet = 0; octet < 256; octet++) {
      byte[] bytes = new byte[200];
      Arrays.fill(bytes, (byte) octet);
      for (int length = 0; length < bytes.length; length++) {
        assertNull(guess(Arrays.copyOf(bytes, length)));
      }
    }
  }

  @Test
  void randomBytesAreNotAPacket() {
    Random random = new Random(14);
    for (int round = 0; round < 1_000_000; round++) {
      byte[] bytes = new byte[random.nextInt(160)];
      random.nextBytes(bytes);
      assertNull(guess(bytes));
    }
  }

  /** Random bytes that begin as packets do, and so reach the later checks. */
  @Test
  void randomBytesAfterLikelyBeginningsAreNotAPacket() {
    String[] beginnings = {
      "45", "4500", "60000000", "02000000 45", ETHERNET_4 + "45", ETHERNET_6 + "60", "0021 45"
    };
    Random random = new Random(15);
    for (int round = 0; round < 1_000_000; round++) {
      byte[] beginning = hex(beginnings[round % beginnings.length]);
      byte[] bytes = new byte[beginning.length + random.nextInt(100)];
      random.nextBytes(bytes);
      System.arraycopy(beginning, 0, bytes, 0, beginning.length);
      assertNull(guess(bytes), () -> Arrays.toString(bytes));
    }
  }

  /** A packet whose TCP header has other 16 bits somewhere, and still right checksums. */
  private static byte[] changedTcp(int at, int value) {
    return ipv4(with16Bits(tcp(1, "", ""), at, value));
  }

  private static @Nullable LinkType guess(byte[] packet) {
    return LinkType.guess(ByteBuffer.wrap(packet));
  }
}
