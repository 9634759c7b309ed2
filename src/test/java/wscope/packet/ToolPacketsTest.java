package wscope.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets that real tools captured or made. The first line of each file says which. */
class ToolPacketsTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "packets");
  private static final byte[] ALL_BYTES = new byte[256];

  static {
    for (int i = 0; i < ALL_BYTES.length; i++) {
      ALL_BYTES[i] = (byte) i;
    }
  }

  /** A client that sent "ping 1" and all bytes, and a server that sent "pong one" and closed. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "loopback-ipv4, ETHERNET",
    "loopback-ipv6, ETHERNET",
    "any-sll2, LINUX_SLL2",
    "any-sll, LINUX_SLL",
  })
  void captured(String file, LinkType link) throws IOException {
    StreamLog log = read(file, link);
    assertEquals("1 opened; 1 second ended FIN; 1 first ended FIN; 1 released", log.withoutBytes());
    assertEquals("ping 1" + new String(ALL_BYTES, ISO_8859_1), log.stream(1, "first"));
    assertEquals("pong one", log.stream(1, "second"));
  }

  /** Captured with 80 bytes of each packet: 14 Ethernet, 20 IP, 32 TCP and 14 bytes of payload. */
  @Test
  void capturedWithCuts() throws IOException {
    StreamLog log = read("loopback-cut", LinkType.ETHERNET);
    assertEquals(
        "1 opened; 1 first gap 242; 1 second ended FIN; 1 first ended FIN; 1 released",
        log.withoutBytes());
    assertEquals("ping 1" + new String(ALL_BYTES, 0, 14, ISO_8859_1), log.stream(1, "first"));
  }

  /** As tcpdump -X prints packets, without the link layer. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"loopback-ipv4", "loopback-ipv6"})
  void capturedWithoutLinkLayer(String file) throws IOException {
    for (byte[] packet : packets(file)) {
      ByteBuffer ip = ByteBuffer.wrap(packet, 14, packet.length - 14);
      assertEquals(LinkType.RAW_IP, LinkType.guess(ip));
    }
  }

  /** A packet, and what is in it. */
  record Row(LinkType link, String name, String expected, ByteBuffer packet) {
    @Override
    public String toString() {
      return link + " " + name;
    }
  }

  static List<Row> rows() throws IOException {
    return Files.readAllLines(FOLDER.resolve("scapy.csv")).stream()
        .skip(1)
        .map(line -> line.split(" \\| "))
        .map(
            cells ->
                new Row(
                    LinkType.valueOf(cells[0]), cells[1], cells[2], ByteBuffer.wrap(hex(cells[3]))))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void made(Row row) {
    ByteBuffer packet = row.packet();
    Packet read = Packet.of(row.link(), packet);
    if (row.expected().startsWith("h")) {
      TcpSegment segment = assertInstanceOf(TcpSegment.class, read);
      assertEquals(row.expected(), ISO_8859_1.decode(segment.payload()).toString());
      assertEquals(51362, segment.source().port());
      assertEquals(1000, segment.sequence());
      assertEquals(row.link(), LinkType.guess(packet));
    } else {
      assertEquals(row.expected(), assertInstanceOf(Packet.Skipped.class, read).what());
      assertNull(LinkType.guess(packet));
    }
  }

  private static StreamLog read(String file, LinkType link) throws IOException {
    StreamLog log = new StreamLog();
    TcpStreams streams = new TcpStreams(log);
    List<byte[]> packets = packets(file);
    assertTrue(packets.size() > 10);
    for (byte[] packet : packets) {
      assertEquals(link, LinkType.guess(ByteBuffer.wrap(packet)));
      Packet read = Packet.of(link, ByteBuffer.wrap(packet));
      streams.add(assertInstanceOf(TcpSegment.class, read));
    }
    streams.finish();
    return log;
  }

  private static List<byte[]> packets(String file) throws IOException {
    return Files.readAllLines(FOLDER.resolve(file + ".txt")).stream()
        .skip(1)
        .map(ToolPacketsTest::hex)
        .toList();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
