package wscope.input;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that a dump writes as {@code *}: how many they are follows from the base of its offsets. */
class RepeatedRowsTest {
  private static final int ROW = 16;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  /** As hexdump -C, od -A x, od -A d and od print it; also after a line of words. */
  @ParameterizedTest
  @CsvSource({"%08x, '  '", "%06x, ' '", "%07d, ' '", "%07o, ' '"})
  void rowsAreRepeatedUpToTheNextOffset(String offset, String gap) {
    for (int before = 0; before <= 3; before++) {
      for (int repeated = 0; repeated <= 40; repeated++) {
        for (int after : new int[] {0, 1, ROW, ROW + 5}) {
          byte[] frame = frame(before, repeated, after);
          List<String> expected = List.of("bytes: " + HEX.formatHex(frame));
          String dump = dump(frame, offset, gap);
          assertEquals(expected, read(dump), dump);
          assertEquals(expected, read("This came:\n" + dump), dump);
        }
      }
    }
  }

  /** A binary frame whose payload ends the first row, then rows that differ, then equal ones. */
  private static byte[] frame(int before, int repeated, int after) {
    byte[] frame = new byte[ROW * (2 + before + repeated) + after];
    Arrays.fill(frame, ROW * (1 + before), frame.length - after, (byte) 0x5a);
    for (int i = 4; i < ROW * (1 + before); i++) {
      frame[i] = (byte) (i * 37);
    }
    for (int i = 0; i < after; i++) {
      frame[frame.length - after + i] = (byte) (i * 11 + 1);
    }
    int length = frame.length < 130 ? frame.length - 2 : frame.length - 4;
    frame[0] = (byte) 0x82;
    frame[1] = (byte) (length < 126 ? length : 126);
    if (length >= 126) {
      frame[2] = (byte) (length >> 8);
      frame[3] = (byte) length;
    }
    return frame;
  }

  private static String dump(byte[] bytes, String offset, String gap) {
    StringBuilder dump = new StringBuilder();
    byte[] last = {};
    boolean starred = false;
    for (int at = 0; at < bytes.length; at += ROW) {
      byte[] row = Arrays.copyOfRange(bytes, at, Math.min(at + ROW, bytes.length));
      if (Arrays.equals(row, last)) {
        dump.append(starred ? "" : "*\n");
        starred = true;
      } else {
        dump.append(String.format(offset, at)).append(gap).append(HEX.formatHex(row)).append('\n');
        starred = false;
      }
      last = row;
    }
    return dump.append(String.format(offset, bytes.length)).append('\n').toString();
  }

  private static List<String> read(String text) {
    return Paste.readAll(text.getBytes(US_ASCII));
  }

  /** 16 MiB are read of a text that is nothing but a dump, one row more is not. */
  @Test
  void repetitionsOfATextThatIsADumpAreLimited() {
    String row = "00000000  82 7f 00 00 00 00 01 00  00 06 41 41 41 41 41 41\n";
    String rows = row + "00000010" + "  41 41 41 41 41 41 41 41".repeat(2) + "\n*\n";
    assertEquals(3 * 0x1000020 + "bytes: ".length() - 1, read(rows + "01000020\n").get(0).length());
    assertEquals(
        "error: an offset after a * that repeats rows for more than 16 MiB at line 4, character 8",
        read(rows + "01000030\n").get(1).lines().findFirst().orElse(""));
  }

  /** Other texts of dumps are asked about, and take no memory for what is repeated. */
  @Test
  void longRepetitionsInTextAllocateLittle() {
    String text =
        "It began with\n00000000  82 00 82 00 82 00 82 00\n*\n%08x  82 00 82 00 82 00 82 00\n*\n%08x\n";
    int most = 1 << 16;
    byte[] within = String.format(text, 0x8008, most + 16).getBytes(US_ASCII);
    assertEquals(3 * (most + 16) + "bytes: ".length() - 1, Paste.readAll(within).get(0).length());
    byte[] beyond = String.format(text, 0x8008, most + 24).getBytes(US_ASCII);
    assertEquals(List.of(), Paste.readAll(beyond));
    assertTrue(allocated(beyond) < 64L * most, () -> allocated(beyond) + " bytes");
  }

  private static long allocated(byte[] text) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long before = thread.getCurrentThreadAllocatedBytes();
      Paste.readAll(text);
      all.add(thread.getCurrentThreadAllocatedBytes() - before);
    }
    return all.get(2);
  }

  /** No offset says how often the row is repeated. */
  @Test
  void aStarWithoutAnOffsetAfterItLeavesBytesOut() {
    String rows = "It began with\n00000000  82 20 82 00 82 00 82 00\n*\nand went on\n";
    assertEquals(List.of(), read(rows));
  }
}
