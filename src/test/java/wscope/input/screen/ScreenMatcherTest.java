package wscope.input.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.LinearTime;
import wscope.input.find.Candidate;
import wscope.input.find.Piece;

/** Any text. */
class ScreenMatcherTest {
  private static final int SIZE = 16 << 10;

  /** What screens and events are made of, in any order. */
  private static final String[] PARTS = {
    "frame 1   ",
    "text, FIN 0, 3 bytes",
    "FIN 0  RSV 000  opcode 0x1 text          ",
    "MASK 0  length 3         ",
    "MASK 1  length 3         key 37fa213d  bytes 0-8",
    "   bytes 0-4",
    "   \"Hel\"",
    "\n",
    "\n    0  81           1... ....  FIN             1",
    "\n    1  83           1... ....  MASK",
    "\n    2  3d 54 23 06             masking key",
    "\n    6  70 10 6d                masked payload",
    "\n       4d 44 4e                payload",
    "\n       … 2 bytes more",
    "\n✗ incomplete",
    "\n#1 < ",
    "\n#2 > ",
    "close     1000 normal closure   reason \"",
    "\\u{",
    "{\"type\":\"frame\",",
    "\"sender\":\"client\",\"offset\":0,",
    "\"text\":\"",
    "}",
    "[",
    "HTTP/1.1",
    "\r\n",
    "\u0000",
  };

  /** A payload may be hex: what a screen says about it was not on the wire. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 30        key 37fa213d  bytes 0-35   \"81 00\" … 25 bytes more",
        "frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 30                      bytes 0-31   \"81 00\" … 25 bytes more",
        "    0  81           1... ....  FIN             1\n    1  05  \n    … 5 bytes more",
        "{\"type\":\"message\",\"sender\":\"server\",\"text\":\"81 00\",\"omitted\":0}",
        "{\"type\":\"frame\",\"sender\":\"server\",\"text\":\"81 00\",\"omitted\":9}",
      })
  void linesOfUnknownFrames(String text) {
    assertEquals(List.of(), Finds.bytes(text + "\nother words"));
    int count = (int) text.lines().count();
    assertEquals(
        IntStream.range(0, count).boxed().toList(),
        Finds.claimed(text + "\nother words", 1, false));
  }

  @Test
  void messagesOfUnknownFrames() {
    String text =
        """
        #1 < frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 30        key 37fa213d  bytes 0-35   "81 00" … 25 bytes more
        #1 <   ! a-warning   RFC 6455
        #1 <       found: 81 00
        #1 < message 1   text, 30 bytes in 1 frame   "81 00"
        #1 <       81 00
        81 00
        """;
    assertEquals(List.of(0, 1, 2, 3), Finds.claimed(text, 1, true));
  }

  @Test
  void notesAfterTheLastByte() {
    String screen =
        """
        #1 > frame 1   text, FIN, RSV1, 1 byte                           bytes 0-2
        #1 >     0  c1           1... ....  FIN             1    the message ends here
        #1 >     1  01           0... ....  MASK            0    not masked, by a server
        #1 >     2  00                      payload
        #1 > message 1   text, 0 bytes in 1 frame, compressed to 1 byte   ""
        #1 >             150 % of its size, window 32768 bytes, kept for the next message
        #1 >             window 32768 bytes, kept for the next message
        #1 > frame 2   ping, FIN, 0 bytes                                bytes 3-4
        #1 >     3  89           1... ....  FIN             1
        #1 >     4  00           0... ....  MASK            0    not masked, by a server
        #1 >                     .000 0000  payload length  0
        """;
    assertEquals(List.of("c1 01 00 89 00"), Finds.bytes(screen));
    assertEquals(List.of(), Finds.left(screen));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#7 < ", "12:00:00.000 #7 < "})
  void rowsWhoseHeaderIsInAnotherPart(String prefix) {
    String row = "61 ".repeat(16).strip() + "  " + "a".repeat(16) + "\n";
    String rows = prefix + " 9988  " + row + prefix + "10004  " + row;
    assertEquals(List.of(0, 1), Finds.claimed(rows + "end", 700, true));
    assertEquals(List.of(), Finds.claimed(rows + "end", 1, true));
    assertEquals(List.of(), Finds.claimed(rows.replace("10004", "10005"), 700, true));
    assertEquals(List.of(), Finds.claimed(prefix + " 9988  " + row, 700, true));
  }

  /** The offsets of other dumps are hex, with zeros before them. */
  @Test
  void rowsOfOtherDumps() {
    String row = "61 ".repeat(16) + "\n";
    assertEquals(List.of(), Finds.claimed("00000010  " + row + "00000026  " + row, 700, true));
    assertEquals(List.of(), Finds.claimed("10  " + row + "20  " + row, 700, true));
  }

  @Test
  void partsInAnyOrder() {
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder();
      for (int part = random.nextInt(40); part > 0; part--) {
        text.append(PARTS[random.nextInt(PARTS.length)]);
      }
      assertInOrder(text.toString(), true);
      assertInOrder(text.toString(), false);
    }
  }

  private static void assertInOrder(String text, boolean last) {
    List<String> lines = text.lines().toList();
    for (Candidate found : Finds.in(text, 1, last)) {
      assertTrue(found.bytes().length > 0, text);
      int at = 0;
      for (Piece piece : found.pieces()) {
        assertTrue(at <= piece.from() && piece.from() < piece.to(), text);
        assertTrue(piece.line() < lines.size(), text);
        at = piece.to();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":",
        "{\"type\":\"a\"}",
        "{\"type\":\"[",
        "frame 1   ",
        "frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"hi\"\n",
        "frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"\\\\",
        "    0  81           1... ....  FIN             1\n",
        "    0  01           0... ....  FIN             0\n    1  7f  \n",
        "#1 <     0  81           1... ....  FIN  \n",
        "... ....  FIN ",
        "close     1000 x   reason \"",
        "       4d 44 4e\n",
        "HTTP/1.1\n",
      })
  void linearTime(String part) {
    LinearTime.assertLinear(SIZE, size -> Finds.in(part.repeat(size / part.length())));
  }

  /** Each line begins a frame of another connection, which never ends. */
  @Test
  void linearTimeForManyConnections() {
    LinearTime.assertLinear(
        SIZE / 64,
        size -> {
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < size; i++) {
            text.append('#').append(i).append(" <     0  81           1... ....  FIN  \n");
          }
          Finds.in(text.toString());
        });
  }

  /** A long payload, row by row. */
  @Test
  void linearTimeForALongPayload() {
    LinearTime.assertLinear(
        SIZE / 64,
        size -> {
          StringBuilder text =
              new StringBuilder(
                  """
                      0  82           1... ....  FIN             1
                      1  ff           1... ....  MASK            1
                      2  00 00 00 00 00 ff ff ff extended length
                     10  00 00 00 00             masking key
                  """);
          for (int i = 0; i < size; i++) {
            text.append("   ")
                .append(14 + 16 * i)
                .append("  ")
                .append("61 ".repeat(16))
                .append('\n');
          }
          Finds.in(text.toString());
        });
  }
}
