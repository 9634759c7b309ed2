package wscope.capture.packets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.packet.LinkType;

class PacketFileTest {
  private static final long START = 1_795_867_200_000_000_000L;
  private static final byte[] ONE = {1, 2, 3, 4, 5};
  private static final byte[] TWO = {6};

  static Stream<ByteOrder> orders() {
    return Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
  }

  /** Each packet: its time, link type, bytes and how many are missing. */
  private static List<String> read(byte[] file) throws IOException, InvalidCapture {
    List<String> packets = new ArrayList<>();
    BufferedInputStream in = new BufferedInputStream(new ByteArrayInputStream(file));
    assertTrue(PacketFile.begins(in));
    PacketFile opened = PacketFile.open(in);
    for (CapturedPacket p = opened.next(); p != null; p = opened.next()) {
      byte[] bytes = new byte[p.bytes().remaining()];
      p.bytes().get(bytes);
      packets.add(p.nanos() + " " + p.link() + " " + Arrays.toString(bytes) + " " + p.missing());
    }
    return packets;
  }

  @ParameterizedTest
  @CsvSource({
    "true, a1b2c3d4",
    "false, a1b2c3d4",
    "true, a1b23c4d",
    "false, a1b23c4d",
    "true, a1b2cd34",
    "false, a1b2cd34"
  })
  void readsPcap(boolean bigEndian, String magic) throws Exception {
    ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int name = Integer.parseUnsignedInt(magic, 16);
    byte[] file = CaptureBytes.pcap(order, name, 1, List.of(ONE, TWO));
    assertEquals(
        List.of(START + " ETHERNET [1, 2, 3, 4, 5] 0", (START + 1_000_000) + " ETHERNET [6] 0"),
        read(file));
    assertEquals("pcap", PacketFile.open(new ByteArrayInputStream(file)).format());
  }

  @ParameterizedTest
  @MethodSource("orders")
  void readsAllBlocksOfPcapng(ByteOrder order) throws Exception {
    byte[] file =
        new CaptureBytes(order)
            .section()
            .captureInterface(101, 0, new CaptureBytes(order))
            .block(0xbad, new CaptureBytes(order).ints(1, 2, 3))
            .captureInterface(
                113,
                3,
                new CaptureBytes(order)
                    .option(2, "eth0".getBytes(ISO_8859_1))
                    .option(9, new byte[] {9})
                    .option(
                        14,
                        new CaptureBytes(order)
                            .ints(
                                order == ByteOrder.BIG_ENDIAN ? 0 : 1,
                                order == ByteOrder.BIG_ENDIAN ? 1 : 0)
                            .bytes())
                    .option(0, new byte[0]))
            .enhanced(0, START / 1000, ONE, 5)
            .obsolete(1, START - 1_000_000_000 + 7, TWO, 9)
            .simple(ONE, 5)
            .section()
            .captureInterface(276, 2, new CaptureBytes(order))
            .simple(new byte[] {6, 7, 0, 0}, 3)
            .bytes();
    assertEquals(
        List.of(
            START + " RAW_IP [1, 2, 3, 4, 5] 0",
            (START + 7) + " LINUX_SLL [6] 8",
            "-1 RAW_IP [1, 2, 3, 4, 5] 0",
            "-1 LINUX_SLL2 [6, 7] 1"),
        read(file));
  }

  /** Times of one second and a half, in units that are powers of ten and of two. */
  @ParameterizedTest
  @CsvSource({
    "6, 1500000",
    "9, 1500000000",
    "3, 1500",
    "1, 15",
    "12, 1500000000000",
    "15, 1500000000000000",
    "0x81, 3",
    "0x8a, 1536",
    "0x94, 1572864",
    "0xa0, 6442450944",
    "0xbe, 6917529027641081856"
  })
  void readsTimesOfAnyResolution(String resolution, long time) throws Exception {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    byte[] unit = {(byte) (int) Integer.decode(resolution)};
    byte[] file =
        new CaptureBytes(order)
            .section()
            .captureInterface(1, 0, new CaptureBytes(order).option(9, unit))
            .enhanced(0, time, TWO, 1)
            .bytes();
    assertEquals(List.of("1500000000 ETHERNET [6] 0"), read(file));
  }

  @ParameterizedTest
  @CsvSource({
    "0, BSD_LOOPBACK", "108, BSD_LOOPBACK", "1, ETHERNET", "9, PPP", "50, PPP", "12, RAW_IP",
    "14, RAW_IP", "101, RAW_IP", "228, RAW_IP", "229, RAW_IP", "113, LINUX_SLL", "276, LINUX_SLL2",
    "127,"
  })
  void knowsLinkTypes(int number, LinkType link) {
    assertEquals(link, PacketFile.link(number));
  }

  private static byte[] gzip(byte[] file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(file);
    }
    return out.toByteArray();
  }

  @Test
  void readsCompressedFiles() throws Exception {
    byte[] file = CaptureBytes.pcap(ByteOrder.BIG_ENDIAN, 0xa1b2c3d4, 1, List.of(ONE, TWO));
    assertEquals(read(file), read(gzip(file)));
  }

  /** A file that is cut off anywhere gives its whole packets, then the place. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsTheEndOfAFileThatIsCutOff(boolean compressed) throws Exception {
    byte[] whole = CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 1, List.of(ONE, TWO));
    byte[] file = compressed ? gzip(whole) : whole;
    List<Integer> complete = new ArrayList<>();
    for (int length = 4; length < file.length; length++) {
      byte[] start = Arrays.copyOf(file, length);
      try {
        PacketFile opened = PacketFile.open(new ByteArrayInputStream(start));
        while (opened.next() != null) {
          // Only the error matters.
        }
        complete.add(length);
      } catch (InvalidCapture e) {
        assertTrue(e.getMessage().contains("cut off"), e.getMessage());
      }
    }
    assertEquals(compressed ? List.of() : List.of(24, 24 + 16 + ONE.length), complete);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, no packet begins at byte 24 of the file",
    "16777217, no packet begins at byte 24 of the file",
    "16777216, the file is cut off after byte 40",
  })
  void findsInvalidLengthsOfPcap(int length, String message) {
    byte[] file =
        new CaptureBytes(ByteOrder.BIG_ENDIAN)
            .pcapHeader(0xa1b2c3d4, 1)
            .ints(0, 0, length, length)
            .put(ONE)
            .bytes();
    InvalidCapture error = assertThrows(InvalidCapture.class, () -> read(file));
    assertEquals(message, error.getMessage());
  }

  @Test
  void findsInvalidBlocks() {
    ByteOrder order = ByteOrder.BIG_ENDIAN;
    CaptureBytes none = new CaptureBytes(order);
    assertInvalid("no block begins at byte 28 of the file", start().ints(6, 11));
    assertInvalid("no block begins at byte 28 of the file", start().ints(6, 13));
    assertInvalid("the block at byte 28 of the file is too short", start().block(6, none));
    assertInvalid(
        "the packet at byte 28 of the file names an interface that is not there",
        start().enhanced(0, 0, ONE, 5));
    assertInvalid(
        "the packet at byte 48 of the file is too long",
        start()
            .captureInterface(1, 0, none)
            .block(6, new CaptureBytes(order).ints(0, 0, 0, 5, 5, 0)));
    assertInvalid("no section begins at byte 28 of the file", start().ints(0x0a0d0d0a, 28, 7));
    assertInvalid("the file is cut off after byte 36", start().ints(6, 32, 0));
  }

  private static CaptureBytes start() {
    return new CaptureBytes(ByteOrder.BIG_ENDIAN).section();
  }

  private static void assertInvalid(String message, CaptureBytes file) {
    InvalidCapture error = assertThrows(InvalidCapture.class, () -> read(file.bytes()));
    assertEquals(message, error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\r\r",
        "\u00a1\u00b2\u00c3",
        "\u00a1\u00b2\u00c3\u00d5",
        "\u001f\u008b",
        "\u001f\u008bhello",
        "{\"log\":{}}",
        "GET / HTTP/1.1",
        "\u0081\5Hello"
      })
  void leavesOtherInput(String start) throws IOException {
    InputStream bytes = new ByteArrayInputStream(start.getBytes(ISO_8859_1));
    BufferedInputStream in = new BufferedInputStream(bytes);
    assertFalse(PacketFile.begins(in));
    assertEquals(start, new String(in.readAllBytes(), ISO_8859_1));
  }

  /** Reading the beginning of other input does not wait for more than the first byte. */
  @Test
  void decidesEarly() throws IOException {
    InputStream onlyOne =
        new InputStream() {
          private boolean read;

          @Override
          public int read() {
            if (read) {
              throw new AssertionError("this would wait");
            }
            read = true;
            return 'x';
          }

          @Override
          public int read(byte[] into, int at, int length) {
            into[at] = (byte) read();
            return 1;
          }
        };
    assertFalse(PacketFile.begins(new BufferedInputStream(onlyOne)));
  }
}
