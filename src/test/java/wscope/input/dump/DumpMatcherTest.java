package wscope.input.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.input.find.Evidence.CHARACTERS;
import static wscope.input.find.Evidence.COUNTED;
import static wscope.input.find.Evidence.FIRST_OFFSET;
import static wscope.input.find.Evidence.LABELLED;
import static wscope.input.find.Evidence.MARKED;
import static wscope.input.find.Evidence.OFFSETS;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

class DumpMatcherTest {
  private static final String MUTANTS = " 0189afx:|-[]<>'*.\t\n\r│";

  /** Each has the bytes of {@link Found#HELLO}. */
  static Stream<Arguments> dumps() {
    return Stream.of(
        dump(
            "xxd",
            "00000000: 8185 37fa 213d 7f9f 4d51 5888 0203 e8    ..7.!=..MQX....\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "xxd without characters",
            "00000000: 8185 37fa 213d 7f9f 4d51 5888 0203 e8\n",
            FIRST_OFFSET),
        dump(
            "xxd -g 0",
            "00000000: 818537fa213d7f9f4d5158880203e8  ..7.!=..MQX....\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "xxd -g 3",
            "00000000: 818537 fa213d 7f9f4d 515888 0203e8  ..7.!=..MQX....\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "xxd -c 5",
            """
            00000000: 8185 37fa 21  ..7.!
            00000005: 3d7f 9f4d 51  =..MQ
            0000000a: 5888 0203 e8  X....
            """,
            OFFSETS,
            CHARACTERS),
        dump(
            "xxd -e",
            "00000000: fa378581 9f7f3d21 8858514d   e80302  ..7.!=..MQX....\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "xxd -d",
            """
            00000000: 8185 37fa 213d 7f9f 4d51  ..7.!=..MQ
            00000010: 5888 0203 e8              X....
            """,
            OFFSETS,
            CHARACTERS),
        dump(
            "xxd -b",
            """
            00000000: 10000001 10000101 00110111 11111010 00100001 00111101  ..7.!=
            00000006: 01111111 10011111 01001101 01010001 01011000 10001000  ..MQX.
            0000000c: 00000010 00000011 11101000                             ...
            """,
            OFFSETS,
            CHARACTERS),
        dump(
            "hexdump -C",
            """
            00000000  81 85 37 fa 21 3d 7f 9f  4d 51 58 88 02 03 e8     |..7.!=..MQX....|
            0000000f
            """,
            OFFSETS,
            CHARACTERS),
        dump(
            "hexdump",
            """
            0000000 8581 fa37 3d21 9f7f 514d 8858 0302 00e8
            000000f
            """,
            OFFSETS),
        dump(
            "hexdump -x, without its end",
            """
            0000000    8581    fa37    3d21    9f7f    514d    8858    0302    00e8
            """,
            FIRST_OFFSET),
        dump(
            "hexdump -d",
            """
            0000000   34177   64055   15649   40831   20813   34904   00770   00232
            000000f
            """,
            OFFSETS),
        dump(
            "od",
            """
            0000000 102601 175067 036441 117577 050515 104130 001402 000350
            0000017
            """,
            OFFSETS),
        dump(
            "od -b",
            """
            0000000 201 205 067 372 041 075 177 237 115 121 130 210 002 003 350
            0000017
            """,
            OFFSETS),
        dump(
            "od -c",
            """
            0000000 201 205   7 372   !   = 177 237   M   Q   X 210 002 003 350
            0000017
            """,
            OFFSETS),
        dump(
            "od -t u1",
            """
            0000000 129 133  55 250  33  61 127 159  77  81  88 136   2   3 232
            0000017
            """,
            OFFSETS),
        dump(
            "od -A d -t d1",
            """
            0000000 -127 -123   55   -6   33   61  127  -97
            0000008   77   81   88 -120    2    3  -24
            0000015
            """,
            OFFSETS),
        dump(
            "od -A x -t x1c",
            """
            000000  81  85  37  fa  21  3d  7f  9f  4d  51  58  88  02  03  e8
                   201 205   7 372   !   = 177 237   M   Q   X 210 002 003 350
            00000f
            """,
            OFFSETS),
        dump(
            "od -t x1z",
            "0000000 81 85 37 fa 21 3d 7f 9f 4d 51 58 88 02 03 e8  >..7.!=..MQX....<\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "openssl",
            "0000 - 81 85 37 fa 21 3d 7f 9f-4d 51 58 88 02 03 e8      ..7.!=..MQX....\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "ncat",
            "[0000]   81 85 37 FA 21 3D 7F 9F   4D 51 58 88 02 03 E8      ..7.!=.. MQX....\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "Netty",
            """
            +--------+-------------------------------------------------+----------------+
            |00000000| 81 85 37 fa 21 3d 7f 9f 4d 51 58 88 02 03 e8    |..7.!=..MQX.... |
            +--------+-------------------------------------------------+----------------+
            """,
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "hexyl",
            """
            ┌────────┬─────────────────────────┬─────────────────────────┬────────┬────────┐
            │00000000│ 81 85 37 fa 21 3d 7f 9f ┊ 4d 51 58 88 02 03 e8    │××7×!=•×┊MQX×••× │
            └────────┴─────────────────────────┴─────────────────────────┴────────┴────────┘
            """,
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "strace",
            " | 00000  81 85 37 fa 21 3d 7f 9f  4d 51 58 88 02 03 e8     ..7.!=..MQX....  |\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "WinDbg",
            "000001d5`8a3c1040  81 85 37 fa 21 3d 7f 9f-4d 51 58 88 02 03 e8     ..7.!=..MQX....\n",
            CHARACTERS),
        dump(
            "debug.exe",
            "0CD1:0100  81 85 37 FA 21 3D 7F 9F-4D 51 58 88 02 03 E8     ..7.!=..MQX....\n",
            CHARACTERS),
        dump(
            "ESP-IDF",
            """
            I (321) ws: 0x3ffb1234   81 85 37 fa 21 3d 7f 9f  |..7.!=..|
            I (322) ws: 0x3ffb123c   4d 51 58 88 02 03 e8     |MQX....|
            """,
            OFFSETS,
            CHARACTERS),
        dump(
            "gdb x/xb",
            """
            0x555555558040 <buf>:\t0x81\t0x85\t0x37\t0xfa\t0x21\t0x3d\t0x7f\t0x9f
            0x555555558048 <buf+8>:\t0x4d\t0x51\t0x58\t0x88\t0x02\t0x03\t0xe8
            """,
            OFFSETS,
            MARKED),
        dump(
            "gdb x/ob",
            """
            0x555555558040 <buf>:\t0201\t0205\t067\t0372\t041\t075\t0177\t0237
            0x555555558048 <buf+8>:\t0115\t0121\t0130\t0210\t02\t03\t0350
            """,
            OFFSETS),
        dump(
            "gdb x/cb",
            """
            0x555555558040 <buf>:\t-127 '\\201'\t-123 '\\205'\t55 '7'\t-6 '\\372'
            0x555555558044 <buf+4>:\t33 '!'\t61 '='\t127 '\\177'\t-97 '\\237'\t77 'M'\t81 'Q'\t88 'X'
            0x55555555804b <buf+11>:\t-120 '\\210'\t2 '\\002'\t3 '\\003'\t-24 '\\350'
            """,
            OFFSETS),
        dump(
            "gdb x/xw",
            "0x555555558040 <buf>:\t0xfa378581\t0x9f7f3d21\t0x8858514d\t0x00e80302\n",
            MARKED),
        dump(
            "lldb",
            "0x16fdff2a0: 81 85 37 fa 21 3d 7f 9f 4d 51 58 88 02 03 e8     ..7.!=..MQX....\n",
            CHARACTERS),
        dump(
            "Windows PowerShell",
            """
                       00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F

            00000000   81 85 37 FA 21 3D 7F 9F 4D 51 58 88 02 03 E8     7ú!=MQX...è
            """,
            FIRST_OFFSET),
        dump(
            "Visual Studio",
            "0x000000D5EF4FF8B0  81 85 37 fa 21 3d 7f 9f 4d 51 58 88 02 03 e8  .…7ú!=.ŸMQXˆ..è\n",
            CHARACTERS),
        dump(
            "objdump",
            " 0000 818537fa 213d7f9f 4d515888 0203e8    ..7.!=..MQX....\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "readelf",
            "  0x00000000 818537fa 213d7f9f 4d515888 0203e8   ..7.!=..MQX....\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "Rust pretty-hex",
            """
            Length: 15 (0xf) bytes
            0000:   81 85 37 fa  21 3d 7f 9f  4d 51 58 88  02 03 e8      ..7.!=..MQX....
            """,
            FIRST_OFFSET,
            CHARACTERS,
            COUNTED),
        dump(
            "three spaces in the middle",
            "00000000  81 85 37 fa 21 3d 7f 9f   4d 51 58 88 02 03 e8\n",
            FIRST_OFFSET),
        dump(
            "a bar in the middle",
            "00000000  81 85 37 fa 21 3d 7f 9f | 4d 51 58 88 02 03 e8  | ..7.!=..MQX....\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "a dash in the middle",
            "0000  81 85 37 fa 21 3d 7f 9f - 4d 51 58 88 02 03 e8  ..7.!=..MQX....\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "one space before the characters",
            "00000000: 8185 37fa 213d 7f9f 4d51 5888 0203 e8 ..7.!=..MQX....\n",
            FIRST_OFFSET,
            CHARACTERS),
        dump(
            "decimal offsets without punctuation",
            """
                0  81 85 37 fa 21 3d 7f 9f
                8  4d 51 58 88 02 03 e8
            """,
            OFFSETS),
        dump(
            "a comment",
            "00000000: 81 85 37 fa 21 3d 7f 9f 4d 51 58 88 02 03 e8  // hello\n",
            FIRST_OFFSET),
        dump(
            "a table", "| 0x0000 | 81 85 37 fa 21 3d 7f 9f 4d 51 58 88 02 03 e8 |\n", FIRST_OFFSET),
        dump(
            "a label",
            "payload:\n0000: 81 85 37 fa 21 3d 7f 9f 4d 51 58 88 02 03 e8\n",
            FIRST_OFFSET,
            LABELLED),
        dump(
            "no offset",
            "  81 85 37 fa 21 3d 7f 9f    4d 51 58 88 02 03 e8       ..7.!=..MQX.... \n",
            CHARACTERS));
  }

  private static Arguments dump(String name, String text, Evidence... evidence) {
    return Arguments.of(name, text, Set.of(evidence));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dumps")
  void aDumpIsFoundWithItsEvidence(String name, String text, Set<Evidence> evidence) {
    List<Candidate> found = Found.in(text);
    assertEquals(1, found.size(), () -> found.toString());
    assertEquals(Found.HELLO, Found.hex(found.get(0).bytes()));
    assertEquals(evidence, found.get(0).evidence());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dumps")
  void lineEndsOfWindowsChangeNothing(String name, String text, Set<Evidence> evidence) {
    List<Candidate> found = Found.in(text.replace("\n", "\r\n"));
    assertEquals(1, found.size(), () -> found.toString());
    assertEquals(Found.HELLO, Found.hex(found.get(0).bytes()));
    assertEquals(evidence, found.get(0).evidence());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dumps")
  void aPrefixChangesNoByte(String name, String text, Set<Evidence> evidence) {
    String logged = text.replaceAll("(?m)^(?=.)", "2026-11-28 13:00:01,123 DEBUG [nio-1] ws: ");
    assertEquals(List.of(Found.HELLO), Found.bytesIn(logged));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dumps")
  void theFirstRowsAreReadAlone(String name, String text, Set<Evidence> evidence) {
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      for (String bytes : Found.bytesIn(text.substring(0, end))) {
        assertTrue(Found.HELLO.startsWith(bytes), bytes);
      }
    }
  }

  @Test
  void aPieceIsTheBytesOfARow() {
    String text = "ws: 00000000: 8185 37fa  ..7.\nws: 00000004: 213d       !=\n";
    assertEquals(
        List.of("0 [8185 37fa] 81 85 37 fa", "1 [213d] 21 3d"),
        Found.pieces(text, Found.in(text).get(0)));
  }

  @Test
  void aStarRepeatsTheRowBefore() {
    String text = "00000000  82 0a\n00000002  00 00\n*\n0000000c\n";
    assertEquals(
        List.of("0 [82 0a] 82 0a", "1 [00 00] 00 00", "2 [*] 00 00 00 00 00 00 00 00"),
        Found.pieces(text, Found.in(text).get(0)));
  }

  @Test
  void aStarDoesNotRepeatWithoutAnEnd() {
    assertEquals(List.of(), Found.bytesIn("0000000c  00 00\n*\nffffffffff0c  00\n"));
    List<Candidate> found = Found.in("00000000  00 00\n*\nfffffff0  00 00\n");
    assertTrue(found.stream().allMatch(each -> each.bytes().length < 10), () -> found.toString());
  }

  @Test
  void aDumpBeginsWhereOffsetsRestart() {
    assertEquals(
        List.of("81 05 48 65 6c 6c 6f", "88 02 03 e8"),
        Found.bytesIn("0000: 81 05 48 65\n0004: 6c 6c 6f\n0000: 88 02\n0002: 03 e8\n"));
  }

  @Test
  void aShorterRowMayStandInside() {
    assertEquals(List.of("81 01 41 81 01 42"), Found.bytesIn("0000  81 01 41\n0003  81 01 42\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0: 81 05 48 65 6c 6c 6f 89 00\n9: 8a\n10: 00\n",
        " 0: 81 05 48 65 6c 6c 6f 89 00\n 9: 8a\n10: 00\n",
        "[0]\t0x81 0x05 0x48 0x65 0x6c 0x6c 0x6f 0x89 0x00\tbyte\n[9]\t0x8a\tbyte\n[10]\t0x00\tbyte\n",
        " [1] 81 05 48 65 6c 6c 6f 89 00\n[10] 8a 00\n"
      })
  void offsetsMayGetMoreDigits(String text) {
    assertEquals(List.of("81 05 48 65 6c 6c 6f 89 00 8a 00"), Found.bytesIn(text));
  }

  @Test
  void theLastRowMayBeOneByte() {
    assertEquals(
        List.of("81 03 68 69 6a"), Found.bytesIn("  81 03 68 69    ..hi\n  6a             j\n"));
    assertEquals(List.of("81 01 68"), Found.bytesIn("0000: 81 01  ..\n0002: 68     h\n"));
  }

  @Test
  void linesOfOthersMayStandBetweenRows() {
    assertEquals(
        List.of("89 00 8a 00"),
        Found.bytesIn("00000000: 8900  ..\n[other] ready\n00000002: 8a00  ..\n"));
  }

  @Test
  void charactersThatAreHexDigitsAreNotBytes() {
    assertEquals(List.of("81 04 61 62 63 64"), Found.bytesIn("00000000: 8104 6162 6364  ..abcd\n"));
    assertEquals(List.of("81 02 30 20"), Found.bytesIn("00000000  81 02 30 20  ..0 \n"));
    assertEquals(
        List.of("61 20 62 63 64 65"), Found.bytesIn("0000: 61 20 62\n0003: 63 64 65  cde\n"));
  }

  @Test
  void bytesThatCharactersDoNotConfirmAreNotCut() {
    assertEquals(
        List.of("81 03 61 62 63 de ad"), Found.bytesIn("00000000  81 03 61 62 63  de ad\n"));
  }

  @Test
  void wordsOfUnknownOrderAreNotOffered() {
    assertEquals(List.of(), Found.bytesIn("0000000 1234 5678 9abc def0\n0000008\n"));
    assertEquals(List.of(), Found.bytesIn("0x5555000:\t0x12345678\t0x9abcdef0\n"));
  }

  @Test
  void bigEndianWordsAreOfferedIfTheyAreFrames() {
    List<Candidate> found = Found.in("000000 8a06 0001 0203 feff 8102 6f6b\n00000c\n");
    assertEquals("8a 06 00 01 02 03 fe ff 81 02 6f 6b", Found.hex(found.get(0).bytes()));
    assertEquals("hex dump", found.get(0).form());
  }

  @Test
  void turnedWordsSaySo() {
    List<Candidate> found = Found.in("0000000 0281 6968\n0000004\n");
    assertEquals("81 02 68 69", Found.hex(found.get(0).bytes()));
    assertEquals("hex dump of little-endian words", found.get(0).form());
  }

  @Test
  void aMissingRowMakesTheDumpUnreadable() {
    assertEquals(
        List.of(),
        Found.bytesIn(
            """
            00000000: 8130 6161 6161 6161 6161 6161 6161 6161  .0aaaaaaaaaaaaaa
            00000020: 6161 6161 6161 6161 6161 6161 6161 6161  aaaaaaaaaaaaaaaa
            00000030: 6161                                     aa
            """));
  }

  @ParameterizedTest
  @MethodSource("otherTexts")
  void otherTextsAreNotDumps(String text) {
    assertEquals(List.of(), Found.in(text));
  }

  static Stream<String> otherTexts() {
    return Stream.of(
        "",
        "*\n*\n",
        "2026-11-28 13:00:01 received 12 bytes\n",
        "11-28 13:00:01.123  1234  5678 D ActivityManager: start proc 4096\n",
        "Mar 27 15:48:10 host app[1]: ready\n",
        "1 2 3 4 5 66 77 88 99\n",
        "8185 37fa 213d 7f9f\n",
        "2024 81 85 37 fa\n",
        "00000000\n00000010\n",
        "0000: \n0010: \n",
        "00000000: zz zz\n",
        "    00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n",
        "550e8400-e29b-41d4-a716-446655440000\n",
        "add be  ..\nface\n",
        "0x12345678\n",
        "total 4096 12 34\n",
        "| 2026 | 12 | 34 |\n",
        "'''\n\"\"\"\n<<<>>>\n[[[]]]\n:::\n---\n");
  }

  @Test
  void evidenceIsNotGivenForCharactersThatDiffer() {
    Candidate found = Found.in("00000000  81 02 68 69  |..ho|\n00000004\n").get(0);
    assertEquals(EnumSet.of(OFFSETS), found.evidence());
  }

  @Test
  void anyTextGivesPiecesWithinTheirLines() {
    Random random = new Random(14);
    List<String> dumps = dumps().map(each -> (String) each.get()[1]).toList();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(3); j >= 0; j--) {
        text.append(dumps.get(random.nextInt(dumps.size())));
      }
      for (int j = random.nextInt(12); j >= 0; j--) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, MUTANTS.charAt(random.nextInt(MUTANTS.length())));
      }
      assertPiecesAreInLines(text.toString());
    }
  }

  private static void assertPiecesAreInLines(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Lines lines = new Lines(bytes, 0, bytes.length, 1, true);
    for (Candidate found : Found.in(text)) {
      int last = -1;
      for (Piece piece : found.pieces()) {
        assertTrue(piece.from() > last && piece.to() > piece.from(), text);
        assertTrue(piece.from() >= lines.start(piece.line()), text);
        assertTrue(piece.to() <= lines.end(piece.line()), text);
        assertTrue(piece.bytes().length > 0, text);
        last = piece.to() - 1;
      }
    }
  }
}
