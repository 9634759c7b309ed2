package wscope.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.packet.PacketBytes.ETHERNET_4;
import static wscope.packet.PacketBytes.ETHERNET_6;
import static wscope.packet.PacketBytes.hex;
import static wscope.packet.PacketBytes.ipv4;
import static wscope.packet.PacketBytes.ipv6;
import static wscope.packet.PacketBytes.join;
import static wscope.packet.PacketBytes.tcp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PacketTest {
  private static final String OPTIONS = "01 01 080a 00000001 00000002";

  @Test
  void allFieldsOfIpv4() {
    byte[] packet = join(hex(ETHERNET_4), ipv4(tcp(0xfedcba98L, 0x19, OPTIONS, "hello")));
    TcpSegment segment = segment(LinkType.ETHERNET, packet);
    assertEquals("10.0.0.1:51362", segment.source().toString());
    assertEquals("10.0.0.2:8080", segment.destination().toString());
    assertEquals(0xfedcba98L, segment.sequence());
    assertEquals(77, segment.acknowledgment());
    assertEquals(0x19, segment.flags());
    assertTrue(segment.has(TcpSegment.FIN) && segment.has(TcpSegment.ACK));
    assertTrue(!segment.has(TcpSegment.SYN) && !segment.has(TcpSegment.RST));
    assertEquals("hello", text(segment.payload()));
    assertEquals(0, segment.missing());
  }

  @Test
  void noAcknowledgmentWithoutItsFlag() {
    TcpSegment segment = segment(LinkType.RAW_IP, ipv4(tcp(1, 0x02, "", "")));
    assertEquals(-1, segment.acknowledgment());
  }

  @Test
  void addressesOfIpv6() {
    TcpSegment segment = segment(LinkType.RAW_IP, ipv6(tcp(1, "", "hello")));
    assertEquals("[2001:db8:0:0:0:0:0:1]:51362", segment.source().toString());
    assertEquals("[2001:db8:0:0:0:0:0:2]:8080", segment.destination().toString());
    assertEquals("hello", text(segment.payload()));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "ETHERNET, 020000000002 020000000001 0800",
    "ETHERNET, 020000000002 020000000001 8100 0007 0800",
    "ETHERNET, 020000000002 020000000001 88a8 0007 8100 0008 0800",
    "ETHERNET, 020000000002 020000000001 9100 0007 9100 0008 8100 0009 0800",
    "ETHERNET, 020000000002 020000000001 8864 1100 0009 002e 0021",
    "LINUX_SLL, 0000 0304 0006 000000000000 0000 0800",
    "LINUX_SLL, 0004 0001 0006 020000000001 0000 8100 0007 0800",
    "LINUX_SLL2, 0800 0000 00000001 0304 00 06 000000000000 0000",
    "BSD_LOOPBACK, 00000002",
    "BSD_LOOPBACK, 02000000",
    "PPP, ff03 0021",
    "PPP, ff03 21",
    "PPP, 0021",
    "PPP, 21",
    "RAW_IP, ''",
  })
  void linkLayersOfIpv4(LinkType link, String header) {
    TcpSegment segment = segment(link, join(hex(header), ipv4(tcp(1, "", "hello"))));
    assertEquals("hello", text(segment.payload()));
    assertEquals("10.0.0.1:51362", segment.source().toString());
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "ETHERNET, 020000000002 020000000001 86dd",
    "LINUX_SLL, 0000 0304 0006 000000000000 0000 86dd",
    "LINUX_SLL2, 86dd 0000 00000001 0304 00 06 000000000000 0000",
    "BSD_LOOPBACK, 00000018",
    "BSD_LOOPBACK, 18000000",
    "BSD_LOOPBACK, 0000001c",
    "BSD_LOOPBACK, 1e000000",
    "PPP, ff03 0057",
    "PPP, 57",
    "RAW_IP, ''",
  })
  void linkLayersOfIpv6(LinkType link, String header) {
    TcpSegment segment = segment(link, join(hex(header), ipv6(tcp(1, "", "hello"))));
    assertEquals("hello", text(segment.payload()));
  }

  /** The numbers are those of hop-by-hop, routing, an atomic fragment, AH, and destination. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "0, 0600 010400000000",
    "43, 0600 000000000000",
    "44, 0600 0000 00000005",
    "44, 0600 0006 00000005",
    "51, 0604 0000 00000001 00000001 000000000000000000000000",
    "60, 0601 010c000000000000000000000000",
    "0, 3c00 010400000000 2c00 010400000000 0600 0000 00000005",
  })
  void extensionHeaders(int next, String extensions) {
    TcpSegment segment = segment(LinkType.RAW_IP, ipv6(next, extensions, tcp(1, "", "hello")));
    assertEquals("hello", text(segment.payload()));
    assertEquals(51362, segment.source().port());
  }

  @Test
  void ipv4Options() {
    byte[] packet = ipv4("07070400 00000000", tcp(1, OPTIONS, "hello"));
    assertEquals("hello", text(segment(LinkType.RAW_IP, packet).payload()));
  }

  @Test
  void paddingIsNotPayload() {
    byte[] ip4 = join(hex(ETHERNET_4), ipv4(tcp(1, "", "")), new byte[6]);
    assertEquals(60, ip4.length);
    assertEquals("", text(segment(LinkType.ETHERNET, ip4).payload()));
    byte[] ip6 = join(hex(ETHERNET_6), ipv6(tcp(1, "", "hi")), new byte[4]);
    assertEquals("hi", text(segment(LinkType.ETHERNET, ip6).payload()));
  }

  /** A large segment before the network card splits it: the length is 0. */
  @Test
  void aLengthOf0MeansAllBytes() {
    byte[] ip4 = PacketBytes.with16Bits(ipv4(tcp(1, "", "hello")), 2, 0);
    assertEquals("hello", text(segment(LinkType.RAW_IP, ip4).payload()));
    byte[] ip6 = PacketBytes.with16Bits(ipv6(tcp(1, "", "hello")), 4, 0);
    assertEquals("hello", text(segment(LinkType.RAW_IP, ip6).payload()));
  }

  /** Each cut, from none of the bytes to all but one: 14 Ethernet, 20 IP, 20 + 12 TCP, 10. */
  @Test
  void everyCut() {
    byte[] packet = join(hex(ETHERNET_4), ipv4(tcp(9, OPTIONS, "0123456789")));
    assertEquals(76, packet.length);
    for (int length = 0; length < 54; length++) {
      assertEquals("truncated header", skipped(LinkType.ETHERNET, cut(packet, length)));
    }
    for (int length = 54; length <= 76; length++) {
      TcpSegment segment = segment(LinkType.ETHERNET, cut(packet, length));
      int seen = Math.max(0, length - 66);
      assertEquals("0123456789".substring(0, seen), text(segment.payload()));
      assertEquals(10 - seen, segment.missing());
      assertEquals(9, segment.sequence());
    }
  }

  @Test
  void everyCutOfExtensionHeaders() {
    byte[] packet = ipv6(0, "3c00 010400000000 0600 010400000000", tcp(9, "", "0123456789"));
    for (int length = 0; length < 76; length++) {
      assertEquals("truncated header", skipped(LinkType.RAW_IP, cut(packet, length)));
    }
    for (int length = 76; length <= 86; length++) {
      assertEquals(86 - length, segment(LinkType.RAW_IP, cut(packet, length)).missing());
    }
  }

  @ParameterizedTest(name = "{0} {2}")
  @CsvSource({
    "ETHERNET, 020000000002 020000000001 0806 0001, ARP",
    "ETHERNET, 020000000002 020000000001 8863 1109, PPPoE discovery",
    "ETHERNET, 020000000002 020000000001 8864 1100 0009 0004 c021 01, PPP protocol 0xc021",
    "ETHERNET, 020000000002 020000000001 88cc 02, LLDP",
    "ETHERNET, 020000000002 020000000001 88b5 02, EtherType 0x88b5",
    "ETHERNET, 020000000002 020000000001 0026 42, LLC",
    "ETHERNET, 020000000002 020000000001 8100 0007 0806 00, ARP",
    "ETHERNET, 020000000002 020000000001 8100 00, truncated header",
    "BSD_LOOPBACK, 00000007, not IP",
    "RAW_IP, 55, not IP",
  })
  void otherLinkProtocols(LinkType link, String packet, String what) {
    assertEquals(what, skipped(link, hex(packet)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "1, ICMP",
    "2, IGMP",
    "4, IP in IP",
    "17, UDP",
    "41, IP in IP",
    "47, GRE",
    "50, ESP",
    "58, ICMPv6",
    "89, IP protocol 89",
    "132, SCTP",
    "255, IP protocol 255"
  })
  void otherIpProtocols(int protocol, String what) {
    byte[] ip4 = ipv4(tcp(1, "", ""));
    ip4[9] = (byte) protocol;
    assertEquals(what, skipped(LinkType.RAW_IP, ip4));
    assertEquals(what, skipped(LinkType.RAW_IP, ipv6(protocol, "", tcp(1, "", ""))));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"2000", "0001", "1fff", "2001", "6000"})
  void fragmentsOfIpv4(String flagsAndOffset) {
    byte[] packet = ipv4(tcp(1, "", "hello"));
    System.arraycopy(hex(flagsAndOffset), 0, packet, 6, 2);
    assertEquals("IP fragment", skipped(LinkType.RAW_IP, packet));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"0001", "0008", "fff8", "0009"})
  void fragmentsOfIpv6(String offsetAndMore) {
    byte[] packet = ipv6(44, "0600" + offsetAndMore + "00000005", tcp(1, "", "hello"));
    assertEquals("IP fragment", skipped(LinkType.RAW_IP, packet));
  }

  /** A byte of a packet that is changed: 20 bytes IP, 20 bytes TCP and 5 bytes payload. */
  @ParameterizedTest(name = "byte {0} is {1}")
  @CsvSource({
    "0, 35, invalid IP header",
    "0, 44, invalid IP header",
    "0, 40, invalid IP header",
    "3, 13, invalid IP header",
    "3, 27, invalid TCP header",
    "3, 14, invalid TCP header",
    "32, 40, invalid TCP header",
    "32, 00, invalid TCP header",
    "32, 70, invalid TCP header",
  })
  void invalidHeaders(int at, String octet, String what) {
    byte[] packet = join(hex("00000002"), ipv4(tcp(1, "", "hello")));
    packet[4 + at] = hex(octet)[0];
    assertEquals(what, skipped(LinkType.BSD_LOOPBACK, packet));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "0, 06ff 010400000000, invalid TCP header",
    "51, 06ff 010400000000, invalid TCP header",
    "60, 3cff 010400000000, invalid IP header",
  })
  void extensionHeadersBeyondThePacket(int next, String extensions, String what) {
    byte[] packet = ipv6(next, extensions, tcp(1, "", ""));
    assertEquals(what, skipped(LinkType.RAW_IP, packet));
  }

  @Test
  void readsFromThePositionAndLeavesIt() {
    byte[] packet = ipv4(tcp(1, "", "hello"));
    ByteBuffer buffer = ByteBuffer.wrap(join(new byte[3], packet, new byte[7]));
    buffer.position(3).limit(3 + packet.length).order(ByteOrder.LITTLE_ENDIAN);
    TcpSegment segment = assertInstanceOf(TcpSegment.class, Packet.of(LinkType.RAW_IP, buffer));
    assertEquals("hello", text(segment.payload()));
    assertEquals(8080, segment.destination().port());
    assertEquals(3, buffer.position());
    assertEquals(LinkType.RAW_IP, LinkType.guess(buffer));
    assertEquals(3, buffer.position());
  }

  @ParameterizedTest
  @EnumSource(LinkType.class)
  void anyBytes(LinkType link) {
    Random random = new Random(link.name().hashCode());
    for (int round = 0; round < 50_000; round++) {
      byte[] packet = new byte[random.nextInt(120)];
      random.nextBytes(packet);
      Packet.of(link, ByteBuffer.wrap(packet));
    }
  }

  /** Packets with some bytes changed and some cut off, which get further than random ones. */
  @Test
  void anyChangesOfPackets() {
    byte[][] packets = {
      join(hex(ETHERNET_4), ipv4("07070400 00000000", tcp(1, OPTIONS, "hello"))),
      join(hex(ETHERNET_6), ipv6(60, "0600 010400000000", tcp(1, OPTIONS, "hello"))),
    };
    Random random = new Random(7);
    int segments = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] packet = packets[round % 2].clone();
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = cut(packet, packet.length - random.nextInt(20));
      if (Packet.of(LinkType.ETHERNET, ByteBuffer.wrap(cut)) instanceof TcpSegment segment) {
        segments++;
        assertTrue(segment.missing() >= 0);
        assertTrue(segment.payload().remaining() + segment.missing() <= 65_535);
      }
    }
    assertTrue(segments > 50_000, segments + " segments");
  }

  private static byte[] cut(byte[] packet, int length) {
    return Arrays.copyOf(packet, length);
  }

  private static TcpSegment segment(LinkType link, byte[] packet) {
    return assertInstanceOf(TcpSegment.class, Packet.of(link, ByteBuffer.wrap(packet)));
  }

  private static String skipped(LinkType link, byte[] packet) {
    Packet read = Packet.of(link, ByteBuffer.wrap(packet));
    return assertInstanceOf(Packet.Skipped.class, read, () -> packet.length + " bytes").what();
  }

  private static String text(ByteBuffer bytes) {
    return ISO_8859_1.decode(bytes.duplicate()).toString();
  }
}
