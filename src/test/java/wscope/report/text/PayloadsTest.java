package wscope.report.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/**
 * Five classes of bytes, each with a colour: zero, whitespace, control, visible ASCII, the rest.
 */
class PayloadsTest {
  private static final ByteBuffer BYTES =
      ByteBuffer.wrap(new byte[] {0, 0, ' ', '\n', 1, 0x7f, 'A', '~', (byte) 0x80, (byte) 0xff});

  @Test
  void coloursEachByteByItsClass() {
    assertEquals("00 00 <4>20 0a <0><7>01 7f <0>41 7e <1>80 ff<0>\n", shown(true));
  }

  @Test
  void writesPlainHexWithoutColour() {
    assertEquals("00 00 20 0a 01 7f 41 7e 80 ff\n", shown(false));
  }

  private static String shown(boolean colour) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, colour, true);
    Payloads.hex(screen, BYTES, 0, BYTES.capacity());
    screen.endLine();
    screen.flush();
    return out.toString(UTF_8).replaceAll("\u001b\\[(\\d+)m", "<$1>");
  }
}
