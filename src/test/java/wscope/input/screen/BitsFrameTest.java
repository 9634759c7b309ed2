package wscope.input.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;

/** Screens that show bits. */
class BitsFrameTest {
  /** The frame of MDN's "Writing WebSocket servers": 4d 44 4e XOR 3d 54 23 is 70 10 6d. */
  private static final String MDN =
      """
      frame 1   text, FIN, masked, 3 bytes                        bytes 0-8
          0  81           1... ....  FIN             1    the message ends here
                          .0.. ....  RSV1            0
                          ..0. ....  RSV2            0
                          ...0 ....  RSV3            0
                          .... 0001  opcode          0x1  text
          1  83           1... ....  MASK            1    masked, by a client
                          .000 0011  payload length  3
          2  3d 54 23 06             masking key
          6  70 10 6d                masked payload
             4d 44 4e                payload         "MDN"
      message 1   text, 3 bytes in 1 frame   "MDN"
      """;

  private static final List<String> MDN_BYTES = List.of("81 83 3d 54 23 06 70 10 6d");

  /** 18 bytes in two rows, masked with 3d 54 23 06. */
  private static final String TWO_ROWS =
      """
      frame 1   text, FIN, masked, 18 bytes                       bytes 0-23
          0  81           1... ....  FIN             1    the message ends here
                          .... 0001  opcode          0x1  text
          1  92           1... ....  MASK            1    masked, by a client
                          .001 0010  payload length  18
          2  3d 54 23 06             masking key
                                     masked payload
          6  75 31 4f 6a 52 78 03 71 52 26 4f 62 1d 65 11 35
         22  09 61
                                     payload
             48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 20 31 32 33  Hello, world 123
             34 35                                            45
      """;

  private static final String PING =
      """
      frame 1   ping, FIN, 2 bytes                                bytes 0-3
          0  89           1... ....  FIN             1
                          .... 1001  opcode          0x9  ping
          1  02           0... ....  MASK            0    not masked, by a server
          2  68 69                   payload         "hi"
      """;

  @Test
  void theRowsOfAFrame() {
    assertEquals(
        List.of("2 81 = 81", "7 83 = 83", "9 3d 54 23 06 = 3d 54 23 06", "10 70 10 6d = 70 10 6d"),
        Finds.pieces(MDN));
    Candidate found = Finds.in(MDN).get(0);
    assertEquals(Candidate.Kind.BYTES, found.kind());
    assertEquals(EnumSet.of(Evidence.OWN_OUTPUT, Evidence.OFFSETS), found.evidence());
    assertEquals(List.of(), Finds.left(MDN));
  }

  @Test
  void theSameWithOtherLineEnds() {
    assertEquals(MDN_BYTES, Finds.bytes(MDN.replace("\n", "\r\n")));
    assertEquals(MDN_BYTES, Finds.bytes(MDN.stripTrailing()));
  }

  @Test
  void rowsOfSixteenBytes() {
    assertEquals(
        List.of("81 92 3d 54 23 06 75 31 4f 6a 52 78 03 71 52 26 4f 62 1d 65 11 35 09 61"),
        Finds.bytes(TWO_ROWS));
  }

  /** 126 bytes need a length of 16 bits: 7e, then 00 7e. */
  @Test
  void anExtendedLength() {
    String row = " 61".repeat(16);
    String characters = "  " + "a".repeat(16) + "\n";
    StringBuilder screen =
        new StringBuilder(
            """
            frame 1   text, FIN, 126 bytes                              bytes 0-129
                0  81           1... ....  FIN             1    the message ends here
                                .... 0001  opcode          0x1  text
                1  7e           0... ....  MASK            0    not masked, by a server
                                .111 1110  payload length  126  see the next 16 bits
                2  00 7e                   extended length 126
                   126 = 126
                                           payload
            """);
    for (int offset = 4; offset < 116; offset += 16) {
      String digits = "    " + offset;
      screen.append(digits.substring(digits.length() - 5)).append(' ').append(row);
      screen.append(characters);
    }
    screen.append("  116 ").append(" 61".repeat(14)).append("        ").append("a".repeat(14));
    assertEquals(List.of("81 7e 00 7e" + " 61".repeat(126)), Finds.bytes(screen.toString()));
  }

  /** RFC 6455 section 5.7: a fragmented text with a ping between its frames. */
  @Test
  void severalFrames() {
    String screen =
        """
        frame 1   text, FIN 0, 3 bytes                              bytes 0-4
            0  01           0... ....  FIN             0    more frames follow
                            .... 0001  opcode          0x1  text
            1  03           0... ....  MASK            0    not masked, by a server
            2  48 65 6c                payload         "Hel"
        frame 2   ping, FIN, 0 bytes                                bytes 5-6
            5  89           1... ....  FIN             1
                            .... 1001  opcode          0x9  ping
            6  00           0... ....  MASK            0    not masked, by a server
        frame 3   continuation, FIN, RSV1, 2 bytes                  bytes 7-10
            7  c0           1... ....  FIN             1    the message ends here
                            .1.. ....  RSV1            1
          ✗ rsv1-without-extension   RFC 6455 §5.2 → close 1002
              RSV1 is set, but no extension that uses it was negotiated
              found: RSV1 1
              hint: with permessage-deflate it marks a compressed message; decode has --deflate
            8  02           0... ....  MASK            0    not masked, by a server
            9  6c 6f                   payload         "lo"
        message 1   text, 5 bytes in 2 frames   "Hello"
        """;
    assertEquals(List.of("01 03 48 65 6c 89 00 c0 02 6c 6f"), Finds.bytes(screen));
    assertEquals(List.of(), Finds.left(screen));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#1 < ",
        "< ",
        "         #1 < ",
        "    ",
        "Mar 27 15:48:10 host wscope[1]: #1 < ",
        "2026-11-28T12:00:01.123Z ",
      })
  void prefixes(String prefix) {
    assertEquals(MDN_BYTES, Finds.bytes(prefix + MDN.stripTrailing().replace("\n", "\n" + prefix)));
  }

  @Test
  void timesBeforeSomeLines() {
    String before = "             #3 > ";
    String screen = before + PING.stripTrailing().replace("\n", "\n" + before);
    screen = screen.replaceFirst("^ {12}", "12:34:56.789");
    assertEquals(
        List.of("2 OUT 89 = 89", "4 OUT 02 = 02", "5 OUT 68 69 = 68 69"), Finds.pieces(screen));
  }

  @ParameterizedTest
  @CsvSource({"'#1 < ', IN", "'#12 > ', OUT", "'> ', OUT", "'< ', IN"})
  void ways(String prefix, String way) {
    String screen = prefix + PING.stripTrailing().replace("\n", "\n" + prefix);
    assertEquals(
        List.of("2 %s 89 = 89", "4 %s 02 = 02", "5 %s 68 69 = 68 69").stream()
            .map(piece -> piece.formatted(way))
            .toList(),
        Finds.pieces(screen));
  }

  /**
   * The payload of a frame follows after a frame in the other direction, and one of another client.
   */
  @Test
  void framesThatAlternate() {
    String[] lines = MDN.split("\n");
    String first = lines(lines, 0, 9, "#1 < ");
    String rest = lines(lines, 9, 12, "#1 < ");
    String out = PING.stripTrailing().replaceAll("(?m)^", "#1 > ") + "\n";
    String other = PING.stripTrailing().replaceAll("(?m)^", "#2 > ") + "\n";
    List<Candidate> found = Finds.in(first + out + other + rest);
    assertEquals(
        List.of("89 02 68 69 81 83 3d 54 23 06 70 10 6d", "89 02 68 69"),
        Finds.bytes(first + out + other + rest));
    assertEquals(2, found.size());
    assertEquals(List.of(), Finds.left(first + out + other + rest));
  }

  private static String lines(String[] lines, int from, int to, String prefix) {
    StringBuilder joined = new StringBuilder();
    for (int i = from; i < to; i++) {
      joined.append(prefix).append(lines[i]).append('\n');
    }
    return joined.toString();
  }

  @Test
  void theDerivation() {
    String derived =
        """
               70 ⊕ 3d = 4d  M
               10 ⊕ 54 = 44  D
               6d ⊕ 23 = 4e  N
        """;
    int copy = MDN.indexOf("       4d 44 4e");
    String screen = MDN.substring(0, copy) + derived + MDN.substring(copy);
    assertEquals(MDN_BYTES, Finds.bytes(screen));
    assertEquals(List.of(), Finds.left(screen));
  }

  @Test
  void aPasteThatBeginsWithTheFirstRow() {
    assertEquals(MDN_BYTES, Finds.bytes(MDN.substring(MDN.indexOf("0  81"))));
  }

  @Test
  void wordsBetweenTheLines() {
    String text = "This came first:\n" + MDN + "Then it responded\n" + at(9);
    assertEquals(List.of("81 83 3d 54 23 06 70 10 6d 89 02 68 69"), Finds.bytes(text));
    assertEquals(List.of("This came first:", "Then it responded"), Finds.left(text));
  }

  /** The frame of {@link #PING} at another offset. */
  private static String at(int offset) {
    String screen = PING;
    for (int i = 0; i < 3; i++) {
      String digits = "    " + (offset + i);
      screen = screen.replace("    " + i + "  ", digits.substring(digits.length() - 5) + "  ");
    }
    return screen;
  }

  @Test
  void anIncompleteFrame() {
    String screen =
        """
        frame 1   text, FIN, 5 bytes                                bytes 0-6
            0  81           1... ....  FIN             1    the message ends here
            1  05           0... ....  MASK            0    not masked, by a server
            2  48 65 6c                payload         "Hel"
        ✗ incomplete   frame 1, at byte 5: 2 bytes of its payload data are missing
        """;
    assertEquals(List.of("81 05 48 65 6c"), Finds.bytes(screen));
    assertEquals(List.of("81 05 48 65 6c"), Finds.bytes(screen.substring(0, screen.indexOf('✗'))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"…", "..."})
  void aPayloadThatThePreviewCuts(String ellipsis) {
    String screen =
        TWO_ROWS
            .replace("   22  09 61", "       " + ellipsis + " 2 bytes more")
            .replace(
                "34 35                                            45", ellipsis + " 2 bytes more");
    assertEquals(List.of(), Finds.bytes(screen));
    // The next frame is read.
    assertEquals(List.of("89 02 68 69"), Finds.bytes(screen + at(24)));
  }

  /**
   * The rest of a message and compressed messages say nothing without what was lost before them.
   */
  @ParameterizedTest
  @ValueSource(strings = {"80", "c1"})
  void framesThatNeedALostOne(String byte0) {
    String lost = TWO_ROWS.replace("   22  09 61", "       … 2 bytes more");
    String last = at(28).replace("  89  ", "  " + byte0 + "  ");
    assertEquals(List.of("89 02 68 69"), Finds.bytes(lost + at(24) + last));
    assertEquals(List.of("89 02 68 69 89 02 68 69"), Finds.bytes(lost + at(24) + at(28)));
  }

  @Test
  void theEndOfAWindow() {
    assertEquals(1, Finds.in(MDN, 1, false).size());
    assertEquals(List.of(), Finds.in(MDN.substring(0, MDN.indexOf("       4d 44")), 1, false));
    assertEquals(List.of(), Finds.in(MDN.substring(0, MDN.indexOf("    6  70")), 1, false));
  }

  @ParameterizedTest
  @CsvSource({
    "'    6  70 10 6d', '    5  70 10 6d'",
    "'    6  70 10 6d', '    6 70 10 6d'",
    "'    6  70 10 6d', '    6  7 10 6d'",
    "'    2  3d 54 23 06', '    2  3d 54 23'",
    "'    1  83', '    1  8'",
    "'1... ....  FIN', '0... ....  FIN'",
    "'    0  81 ', '       81 '",
  })
  void rowsThatAreNotRight(String row, String other) {
    String screen = MDN.replace(row, other);
    assertNotEquals(MDN, screen);
    assertEquals(List.of(), Finds.bytes(screen + PING.replace("0  89", "0  xx")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frame 1   is the one that fails",
        "the frame 1   text, FIN was lost",
        "    0  81           1... ....  RSV1            1",
        "1... ....  FIN",
        "... ....  FIN ",
        "81           1... ....  FIN             1",
        "99999999999999999999  81           1... ....  FIN             1",
      })
  void otherLines(String line) {
    assertEquals(List.of(), Finds.bytes(line));
    assertEquals(List.of(), Finds.bytes(line + "\n" + line));
  }
}
