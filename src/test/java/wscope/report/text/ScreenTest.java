package wscope.report.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Screen screen = new Screen(out, false, true);

  @Test
  void keepsTextUntilAFlush() {
    screen.text("a").endLine();
    assertEquals(0, out.size());
    assertEquals("a\n", shown(screen));
    assertEquals("a\n", shown(screen), "not twice");
  }

  @Test
  void writesATimeOrSpacesBeforeEachLine() {
    LineTimes times = new LineTimes(TimeStyle.ABSOLUTE, () -> Instant.EPOCH, ZoneOffset.UTC);
    Screen timed = new Screen(out, true, true, times, 0);
    timed.prefix("#1 ");
    timed.stamp().text("a").pad(3).text("b").endLine();
    timed.text("c").endLine();
    timed.stamp().endLine();
    assertEquals(
        """
        00:00:00.000 #1 a  b
                     #1 c
        00:00:00.000 #1
        """,
        shown(timed));
  }

  @Test
  void followsTheWidthOfATerminal() {
    AtomicInteger width = new AtomicInteger(24);
    Screen resized = new Screen(out, false, true, LineTimes.OFF, 99).follow(width::get);
    resized.words(2).text("one two three four five six").endLine();
    width.set(40);
    resized.words(2).text("one two three four five six").endLine();
    width.set(0);
    resized.words(2).text("one two three four five six".repeat(9)).endLine();
    assertEquals(
        """
        one two three four five
          six
        one two three four five six
        """
            + "one two three four five six".repeat(9)
            + "\n",
        shown(resized));
  }

  @Test
  void breaksLinesAtSpacesInANarrowTerminal() {
    Screen narrow = new Screen(out, false, true, LineTimes.OFF, 31);
    narrow.prefix("#1 ");
    narrow.text("  hint: ").words(8).text("one two three four a").endLine();
    narrow.text("  hint: ").words(8).text("one two three four ab").endLine();
    narrow.text("  hint: ").words(8).text("one two three four to   five sixsevens 8").endLine();
    narrow.text("title").words(4).text("   of a line that begins with a title").endLine();
    narrow.text("name").words(8).text("  ").pad(30).text("a range").endLine();
    narrow.text("a line that is not words is left to the terminal").endLine();
    assertEquals(
        """
        #1   hint: one two three four a
        #1   hint: one two three four
        #1         ab
        #1   hint: one two three four
        #1         to   five sixsevens
        #1         8
        #1 title   of a line that
        #1     begins with a title
        #1 name
        #1         a range
        #1 a line that is not words is left to the terminal
        """,
        shown(narrow));
  }

  @Test
  void keepsALongWordWhole() {
    Screen narrow = new Screen(out, false, true, LineTimes.OFF, 24);
    narrow.text("> ").words(2).text("123456789.123456789.123456789 a b").endLine();
    narrow.text("> ").words(2).text("a 123456789.123456789.123456789").endLine();
    assertEquals(
        """
        > 123456789.123456789.123456789
          a b
        > a
          123456789.123456789.123456789
        """,
        shown(narrow));
  }

  @Test
  void countsOnlyWhatTakesAColumn() {
    Screen narrow = new Screen(out, true, true, LineTimes.OFF, 22);
    narrow.text("> ").words(2).text("→→→→→", Style.HEADING).text(" 789 123456789").endLine();
    narrow.text("> ").words(2).text("→→→→→", Style.HEADING).text(" 789 1234567890 b").endLine();
    assertEquals(
        """
        > \u001b[1m→→→→→\u001b[0m 789 123456789
        > \u001b[1m→→→→→\u001b[0m 789 1234567890
          b
        """,
        shown(narrow));
  }

  @Test
  void indentsBrokenLinesAfterTheTime() {
    LineTimes times = new LineTimes(TimeStyle.ABSOLUTE, () -> Instant.EPOCH, ZoneOffset.UTC);
    Screen narrow = new Screen(out, false, true, times, 38);
    narrow.prefix("#1 ");
    narrow.stamp().text("a ").words(2).text("one two three four five").endLine();
    assertEquals(
        """
        00:00:00.000 #1 a one two three four
                     #1   five
        """,
        shown(narrow));
  }

  @Test
  void wrapsATableBetweenItsColumns() {
    Screen narrow = new Screen(out, false, true, LineTimes.OFF, 30);
    narrow.prefix("> ");
    narrow.text("frame 1").table(4).pad(9).text("MASK 1").pad(17);
    narrow.text("length 123456").pad(33).text("bytes 0-9").endLine();
    assertEquals(
        """
        > frame 1  MASK 1
        >     length 123456
        >     bytes 0-9
        """,
        shown(narrow));
  }

  @Test
  void leavesLinesToATerminalThatIsTooNarrow() {
    Screen narrow = new Screen(out, false, true, LineTimes.OFF, 21);
    narrow.text("> ").words(2).text("one two three four five").endLine();
    assertEquals("> one two three four five\n", shown(narrow));
  }

  @Test
  void doesNotBreakWordsThatWereFlushed() {
    Screen narrow = new Screen(out, false, true, LineTimes.OFF, 24);
    narrow.text("> ").words(2).text("one two three ").flush();
    narrow.text("four five six").endLine();
    assertEquals("> one two three four five six\n", shown(narrow));
  }

  @Test
  void padsToAColumn() {
    screen.text("ab").pad(5).text("c").pad(6).text("d").endLine();
    screen.pad(3).text("e").endLine();
    assertEquals("ab   cd\n   e\n", shown(screen));
  }

  @Test
  void padsLongTextWithOneSpace() {
    screen.text("abcdef").pad(3).text("g").endLine();
    assertEquals("abcdef g\n", shown(screen));
  }

  @Test
  void countsCharactersNotBytes() {
    screen.text("✗→").pad(4).text("|").endLine();
    screen.codePoint('é');
    screen.codePoint(0x1f600);
    screen.pad(4).text("|").endLine();
    assertEquals("✗→  |\né😀  |\n", shown(screen));
  }

  @Test
  void countsTheColumnsOfNumbersAndBytes() {
    screen.number(123).pad(5).hex(0xab).pad(9).text("|").endLine();
    assertEquals("123  ab  |\n", shown(screen));
  }

  @Test
  void doesNotCountStylesAndThePrefix() {
    Screen coloured = new Screen(out, true, true);
    coloured.prefix("#1 < ");
    coloured.text("a", Style.ERROR).pad(3).text("|").endLine();
    assertEquals("#1 < \u001b[1;97;41ma\u001b[0m  |\n", shown(coloured));
  }

  @Test
  void writesThePrefixBeforeEveryLine() {
    screen.prefix("#1 < ");
    screen.text("a").text("b").endLine();
    screen.number(1).endLine();
    screen.hex(1).endLine();
    screen.pad(2).text("c").endLine();
    screen.codePoint('d');
    screen.endLine();
    screen.prefix("");
    screen.text("e").endLine();
    assertEquals("#1 < ab\n#1 < 1\n#1 < 01\n#1 <   c\n#1 < d\ne\n", shown(screen));
  }

  @Test
  void writesNoSpaceAtTheEndOfAnEmptyLine() {
    screen.endLine();
    screen.prefix("#1 < ");
    screen.endLine();
    assertEquals("\n#1 <\n", shown(screen));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 9, 10, 99, 100, 4095, 1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1})
  void writesUnsignedNumbers(long number) {
    screen.number(number).endLine();
    assertEquals(Long.toUnsignedString(number) + "\n", shown(screen));
  }

  @Test
  void writesEveryByteInHex() {
    for (int b = -128; b < 256; b++) {
      screen.hex(b);
    }
    StringBuilder expected = new StringBuilder();
    for (int b = -128; b < 256; b++) {
      expected.append(String.format("%02x", b & 0xff));
    }
    assertEquals(expected.toString(), shown(screen));
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void endsEachStyle(Style style) {
    Screen coloured = new Screen(out, true, true);
    coloured.text("a", style).text("b").endLine();
    // Some styles look like plain text.
    assertTrue(
        shown(coloured).matches("(\u001b\\[[0-9;]+ma\u001b\\[0m|a)b\n"), out.toString(UTF_8));
  }

  /** S15: without colour, not even our own text has escape sequences. */
  @ParameterizedTest
  @EnumSource(Style.class)
  void writesNoEscapeSequenceWithoutColour(Style style) {
    screen.text("a", style).style(style).number(1).hex(2).plain().endLine();
    assertEquals("a102\n", shown(screen));
  }

  @Test
  void writesOnlyAscii() {
    Screen ascii = new Screen(out, false, false);
    ascii.text("✗ → … § ⊕ é").pad(20).text("|").endLine();
    String line = shown(ascii);
    assertTrue(line.chars().allMatch(c -> c < 0x7f), line);
    assertTrue(line.startsWith("x -> ... section "), line);
  }

  @Test
  void countsTheColumnsOfTheAsciiThatIsShown() {
    Screen ascii = new Screen(out, false, false);
    ascii.text("→").pad(4).text("|").endLine();
    assertEquals("->  |\n", shown(ascii));
  }

  @Test
  void growsAsNeeded() {
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      screen.number(i).text(" ");
      expected.append(i).append(' ');
    }
    assertEquals(expected.toString(), shown(screen), "one line");
  }

  @Test
  void growsForEveryKindOfOutput() {
    String long1 = "x".repeat(9_000);
    screen.text(long1).pad(30_000).number(Long.MAX_VALUE).endLine();
    assertEquals(long1 + " ".repeat(21_000) + Long.MAX_VALUE + "\n", shown(screen));
  }

  @Test
  void flushesByItselfWhenMuchHasGathered() {
    for (int i = 0; i < 100_000; i++) {
      screen.text("0123456789").endLine();
    }
    assertTrue(out.size() > 900_000, () -> out.size() + " bytes are out");
    assertEquals("0123456789\n".repeat(100_000), shown(screen));
  }

  @Test
  void reportsAFailureOfTheOutput() {
    IOException full = new IOException("No space left on device");
    Screen broken =
        new Screen(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw full;
              }
            },
            false,
            true);
    broken.text("a").endLine();
    assertSame(full, assertThrows(UncheckedIOException.class, broken::flush).getCause());
    // Output that failed is not written again.
    broken.flush();
    assertFalse(out.size() > 0);
  }

  private String shown(Screen flushed) {
    flushed.flush();
    return out.toString(UTF_8);
  }
}
