package wscope.capture.packets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;

/** What is shown after a gap is what was sent, or nothing. */
class GapTest {
  private static final int ROUNDS = 1000;

  /** Frames of one endpoint, and their lines in a {@link CaptureLog}. */
  private static final class Sent {
    final boolean masked;
    final Random random;
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final List<String> lines = new ArrayList<>();

    Sent(boolean masked, Random random) {
      this.masked = masked;
      this.random = random;
    }

    void frame(Opcode opcode, boolean fin, byte[] payload) {
      FrameHeader header = FrameHeader.of(opcode, payload.length);
      header.fin(fin);
      if (masked) {
        header.mask(random.nextInt());
      }
      ByteBuffer out = ByteBuffer.allocate(payload.length + FrameHeader.LONGEST);
      FrameEncoder.frame(header, ByteBuffer.wrap(payload.clone()), out);
      bytes.write(out.array(), 0, out.position());
      lines.add(
          "#1 " + (masked ? "C " : "S ") + opcode.label() + " " + new String(payload, ISO_8859_1));
    }

    /** Sends a message of random kind and size, perhaps in fragments with a ping between them. */
    void message(int longest) {
      int kind = random.nextInt(6);
      byte[] payload = payload(kind, random.nextInt(longest));
      Opcode opcode = kind < 2 ? Opcode.TEXT : Opcode.BINARY;
      if (kind == 5) {
        frame(Opcode.PING, true, payload(2, random.nextInt(20)));
      } else if (random.nextInt(4) == 0) {
        int cut = payload.length / 2;
        frame(opcode, false, Arrays.copyOf(payload, cut));
        frame(Opcode.CONTINUATION, true, Arrays.copyOfRange(payload, cut, payload.length));
      } else {
        frame(opcode, true, payload);
      }
    }

    private byte[] payload(int kind, int length) {
      ByteBuffer out = ByteBuffer.allocate(length + 3);
      while (out.position() < length) {
        switch (kind) {
          case 0 -> out.put((byte) ('a' + random.nextInt(26)));
          case 1 -> out.put(Character.toString(0x410 + random.nextInt(64)).getBytes(UTF_8));
          // Random bytes, zeros, and small numbers in four bytes.
          case 3 -> out.put((byte) 0);
          case 4 -> out.put((byte) random.nextInt(4)).put(new byte[3]);
          default -> out.put((byte) random.nextInt());
        }
      }
      return Arrays.copyOf(out.array(), out.position());
    }
  }

  /** In most cases the frames are found again; in none, a frame is shown that was not sent. */
  @ParameterizedTest
  @CsvSource({"true, 60, 70", "false, 60, 70", "true, 1000, 90", "false, 1000, 90"})
  void showsOnlyWhatWasSent(boolean masked, int longest, int percent) {
    int found = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      Sent sent = new Sent(masked, random);
      for (int i = 0; i < 4000 / (longest + 10) + 40; i++) {
        sent.message(longest);
      }
      List<String> shown = frames(masked, packets(masked, sent, random));
      int prefix = 0;
      while (prefix < shown.size() && shown.get(prefix).equals(sent.lines.get(prefix))) {
        prefix++;
      }
      int rest = shown.size() - prefix;
      int from = sent.lines.size() - rest;
      assertTrue(from >= prefix, "seed " + seed);
      assertEquals(
          sent.lines.subList(from, sent.lines.size()),
          shown.subList(prefix, shown.size()),
          "seed " + seed);
      found += rest > 0 ? 1 : 0;
    }
    assertTrue(found >= ROUNDS / 100 * percent, found + " of " + ROUNDS);
  }

  /** Packets of random lengths, of which some in a row are lost in the first half. */
  private static List<byte[]> packets(boolean masked, Sent sent, Random random) {
    byte[] all = sent.bytes.toByteArray();
    Talk talk = new Talk(1000, random.nextInt()).upgrade();
    int first = 1 + random.nextInt(all.length / 2);
    int lost = 1 + random.nextInt(Math.min(3000, all.length / 4));
    for (int at = 0; at < all.length; ) {
      int count = Math.min(all.length - at, 1 + random.nextInt(Math.min(1460, all.length / 8)));
      count = at < first ? Math.min(count, first - at) : count;
      byte[] piece = Arrays.copyOfRange(all, at, at + count);
      talk = masked ? talk.client(piece) : talk.server(piece);
      if (at >= first && at < first + lost) {
        talk.lost();
      }
      at += count;
    }
    return talk.packets;
  }

  private static List<String> frames(boolean masked, List<byte[]> packets) {
    String mark = masked ? "#1 C " : "#1 S ";
    return CaptureLog.of(packets).lines.stream()
        .filter(line -> line.startsWith(mark) && !line.contains("HTTP/1.1"))
        .filter(line -> !line.startsWith("gap", 5) && !line.startsWith("found", 5))
        .filter(line -> !line.startsWith("cut", 5) && !line.startsWith("unread", 5))
        .toList();
  }

  /** The header of the open frame says where it ends, so that nothing must be found. */
  @Test
  void readsOnWhereTheOpenFrameEnds() {
    Talk talk = new Talk().upgrade().clientFrames("8285 00000000 6162").lostFromClient(2);
    talk.clientFrames("65 8181 00000000 66").end(true);
    assertEquals(
        List.of(
            "#1 C GET /chat?a=1 HTTP/1.1",
            "#1 C cut",
            "#1 C gap of 2 known",
            "#1 C found after 1 by header",
            "#1 C text f"),
        CaptureLog.of(talk.packets).lines.stream().filter(l -> l.startsWith("#1 C")).toList());
  }
}
