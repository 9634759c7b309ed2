package wscope.report.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.Limits;
import wscope.protocol.MixedStreamReader;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Totals;
import wscope.report.ViewOptions;

/** The lines of similar frames, which are copied where they have any length. */
class FrameFormsTest {
  /** Wide enough for every line, but lines with a limit are formatted one by one. */
  private static final int WIDE = 1000;

  /**
   * Few shapes, so that most frames repeat one, and more than enough of them for numbers and
   * offsets of one to six digits: data, control frames, masked and not, lengths in each form, and
   * frames that break a rule.
   */
  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true"})
  void showsEachFrameAsIfItWereTheFirst(boolean colour, boolean explains) {
    byte[] frames = frames(new Random(22), 4000);
    String[] expected = screen(frames, WIDE, colour, explains).split("\n", 0);
    String[] shown = screen(frames, 0, colour, explains).split("\n", 0);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], shown[i]);
    }
    assertEquals(expected.length, shown.length);
  }

  @Test
  void showsTheNumbersOfEachFrame() {
    byte[] frames = new byte[2 * 20_000];
    for (int i = 0; i < frames.length; i += 2) {
      frames[i] = (byte) 0x82;
    }
    String[] lines = screen(frames, 0, false, false).split("\n", 0);
    int perFrame = lines.length / 20_000;
    for (int i = 0; i < 20_000; i++) {
      String first = "frame " + (i + 1) + "   binary, FIN, 0 bytes";
      String head = first + " ".repeat(60 - first.length()) + "bytes " + 2 * i + "-" + (2 * i + 1);
      assertEquals(head, lines[i * perFrame]);
      String fin = "1... ....  FIN             1    the message ends here";
      assertEquals(String.format("%5d  82           %s", 2 * i, fin), lines[i * perFrame + 1]);
      assertTrue(
          lines[i * perFrame + 6].startsWith(String.format("%5d  00           0...", 2 * i + 1)));
    }
  }

  private static byte[] frames(Random random, int count) {
    ByteBuffer out = ByteBuffer.allocate(200 * count);
    int[] starts = {0x82, 0x82, 0x81, 0x89, 0x8a, 0x01, 0x80, 0x83, 0xc2};
    int[] lengths = {0, 1, 8, 9, 20, 20, 20, 125};
    for (int i = 0; i < count; i++) {
      int length = lengths[random.nextInt(lengths.length)];
      boolean masked = random.nextInt(4) == 0;
      boolean longForm = random.nextInt(20) == 0;
      out.put((byte) starts[random.nextInt(starts.length)]);
      out.put((byte) ((masked ? 0x80 : 0) | (longForm ? 126 : length)));
      if (longForm) {
        out.putShort((short) length);
      }
      if (masked) {
        out.putInt(random.nextInt());
      }
      byte[] payload = new byte[length];
      random.nextBytes(payload);
      out.put(payload);
    }
    byte[] frames = new byte[out.position()];
    out.flip().get(frames);
    return frames;
  }

  private static String screen(byte[] frames, int columns, boolean colour, boolean explains) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, colour, true, LineTimes.OFF, columns);
    LiveView view = LiveView.fixed(new ViewOptions(Detail.BITS, 4096, explains));
    MixedStreamReader reader =
        new MixedStreamReader(
            null, Limits.NONE, null, new TextReport(screen, view).stream(new Totals()));
    // The reader removes the masks in place.
    reader.feed(ByteBuffer.wrap(frames.clone()));
    reader.end();
    screen.flush();
    return out.toString(UTF_8);
  }
}
