package wscope.capture.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import wscope.fuzz.Allocation;
import wscope.fuzz.FuzzInput;
import wscope.input.spelling.Drip;
import wscope.protocol.Vectors;

/**
 * Any capture gives connections, or an error at a place in it: the same for any pieces, and in
 * bounded memory.
 */
public final class PacketFuzz {
  /** Memory that is allocated once, such as the buffer of the file and the windows of inflaters. */
  private static final long FIXED_BYTES = 4 << 20;

  private static final long BYTES_PER_BYTE = 16 << 10;

  private PacketFuzz() {}

  /** Short captures, and frames. Settings: what precedes the bytes, longest piece. */
  public static Stream<byte[]> seeds() {
    Talk talk = new Talk().open().clientFrames("8181 00000000 61").serverFrames("8802 03e8");
    talk.end(true).reset(false);
    byte[] raw = CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 101, talk.packets);
    CaptureBytes blocks = new CaptureBytes(ByteOrder.BIG_ENDIAN).section();
    blocks.captureInterface(101, 0, new CaptureBytes(ByteOrder.BIG_ENDIAN));
    talk.packets.forEach(packet -> blocks.enhanced(0, 5, packet, packet.length));
    byte[] frames = Vectors.bytes("8185 37fa213d 7f9f4d5158 8802 03e8 0181 00000000 61");
    return Stream.of(seed(0, raw), seed(0, blocks.bytes()), seed(3, frames));
  }

  private static byte[] seed(int start, byte[] rest) {
    byte[] settings = {(byte) start, 7};
    return new CaptureBytes(ByteOrder.BIG_ENDIAN).put(settings).put(rest).bytes();
  }

  /** Settings: what precedes the bytes, longest piece. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    int start = input.below(4);
    int piece = 1 + input.below(64);
    byte[] rest = input.rest();
    byte[] file = file(start, rest);
    String whole = read(new ByteArrayInputStream(file));
    assertEquals(whole, read(new Drip(file, 1)), "byte by byte");
    assertEquals(whole, read(new Drip(file, piece)), "in random pieces");
    Allocation.assertAtMost(
        FIXED_BYTES + BYTES_PER_BYTE * file.length, () -> read(new ByteArrayInputStream(file)));
  }

  private static byte[] file(int start, byte[] rest) {
    CaptureBytes file = new CaptureBytes(ByteOrder.BIG_ENDIAN);
    return switch (start) {
      case 1 -> file.pcapHeader(0xa1b2c3d4, 1).put(rest).bytes();
      case 2 ->
          file.section()
              .captureInterface(113, 0, new CaptureBytes(ByteOrder.BIG_ENDIAN))
              .put(rest)
              .bytes();
      case 3 -> {
        Talk talk = new Talk().upgrade();
        talk.client(rest).server(rest);
        yield CaptureBytes.pcap(ByteOrder.BIG_ENDIAN, 0xa1b2c3d4, 101, talk.packets);
      }
      default -> rest;
    };
  }

  private static String read(InputStream in) {
    CaptureLog log = new CaptureLog();
    try (PacketCapture capture = new PacketCapture(log, null)) {
      BufferedInputStream buffered = new BufferedInputStream(in);
      log.lines.add("recognised: " + PacketFile.begins(buffered));
      try {
        PacketFile file = PacketFile.open(buffered);
        for (CapturedPacket packet = file.next(); packet != null; packet = file.next()) {
          capture.read(packet);
        }
      } catch (InvalidCapture e) {
        log.lines.add(e.getMessage());
      }
      capture.finish();
      CaptureFindings findings = capture.findings();
      log.lines.add(findings.kinds() + " " + findings.skipped() + " " + findings.missing());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return String.join("\n", log.lines);
  }
}
