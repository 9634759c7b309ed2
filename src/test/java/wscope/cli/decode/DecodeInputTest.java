package wscope.cli.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.cli.decode.DecodeArguments.MDN_SCREEN;
import static wscope.cli.decode.DecodeArguments.decode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.Run;

/** {@code wscope decode}: spellings of bytes, guesses, and what is wrong with a text. */
class DecodeInputTest {
  private static final Run NO_BYTES =
      Run.misused("wscope decode", "no bytes to decode; try: wscope decode 81 05 48 65 6c 6c 6f");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "81 05 4g | wscope: 'g' is not a hex digit at character 8",
        "81 05 48 65 6c 6c 6f 8 | wscope: an odd number of hex digits ends at character 22",
        "81 05 4 | wscope: an odd number of hex digits ends at character 7",
        "129 5 72 e | wscope: 'e' is not a decimal digit at character 10",
        "129 256 72 | wscope: a number over 255 at character 7",
        "\\x81\\xg8 | wscope: 'g' is not a hex digit after \\x at character 7",
      })
  void aBadCharacter(String text, String told) {
    Run run = Run.of("decode", text);
    assertEquals(2, run.exitCode());
    assertEquals(told, run.err().lines().findFirst().orElseThrow());
  }

  /** A line that is longer than what is looked at as a whole. */
  @ParameterizedTest
  @CsvSource({"'81 00 ', q, 300001", "10000001 00000000, x, 850001"})
  void aBadCharacterFarInALine(String frame, String bad, int column) {
    String line = frame.repeat(50_000) + bad;
    Run run = Run.reading(line, "decode", "--detail", "none");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(" at character " + column + "\n  ..."), run.err());
  }

  @Test
  void placesBytesFarInALine() {
    String words = "é is a word; ".repeat(20_000);
    Run run = Run.reading(words + "data: 81 05 48 65 6c 6c 6f", "decode", "--detail", "none");
    assertEquals(
        new Run(
            0,
            "fine   1 frame, 1 message, 0 violations\n",
            "note: read 7 bytes from line 1, columns 260007 to 260026, as hex; passed over 1"
                + " line\n"),
        run);
  }

  @Test
  void countsALongLineOnce() {
    assertEquals(
        Run.misused(
            "wscope decode",
            "no frames and no handshake in 1 line of text; to read all of it in one spelling, add"
                + " for instance --from hex"),
        Run.reading("a word ".repeat(50_000), "decode"));
  }

  @Test
  void aBadCharacterOnALaterLine() {
    Run run = Run.reading("81 05 48 65 6c\n6c 6f\n82 q\n", "decode", "--detail", "frames");
    assertEquals(
        new Run(
            2,
            "frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 5                       bytes 0-6   \"Hello\"\n",
            """
            wscope: 'q' is not a hex digit at line 3, character 4
              82 q
                 ^
            hint: hex digits are 0-9 and a-f, two per byte; wscope read the input as hex, see --from
            """),
        run,
        "what came before it is shown");
  }

  @Test
  void aBadCharacterIsSafeToShow() {
    Run run = Run.reading("81 05 \u001b[2J", "decode");
    assertEquals(
        """
        wscope: byte 0x1b is not a hex digit at character 7
          81 05 .[2J
                ^
        hint: hex digits are 0-9 and a-f, two per byte; wscope read the input as hex, see --from
        """,
        run.err());
  }

  @Test
  void negativeNumbersAreBytes() {
    String mdn = "-127 -125 61 84 35 6 112 16 109";
    assertEquals(new Run(0, MDN_SCREEN, ""), Run.of(decode(mdn)));
    assertEquals(new Run(0, MDN_SCREEN, ""), Run.of(decode(mdn.replace(" ", ", "))));
    assertEquals(new Run(0, MDN_SCREEN, ""), Run.of("decode", "[" + mdn.replace(" ", ", ") + "]"));
    assertEquals(0, Run.of(decode("-127 0 --detail none")).exitCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\n", " , "})
  void reportsMissingBytes(String text) {
    assertEquals(NO_BYTES, Run.reading(text, "decode"));
    assertEquals(NO_BYTES, Run.of("decode", text));
  }

  @Test
  void aGuessIsTold() {
    String note = "note: read as hex; it could be decimal as well: --from decimal\n";
    String[] bytes = {"-d", "none", "82", "02", "10", "20"};
    assertEquals("", Run.of(decode(bytes)).err(), "02 is no decimal");
    assertEquals(note, Run.of(decode("-d none 82 10 20")).err());
    assertEquals("", Run.of(decode("-d none --from hex 82 10 20")).err());
    assertEquals("", Run.of(decode("-d none --from decimal 82 10 20")).err());
  }

  @Test
  void from() {
    assertEquals(0, Run.of(decode("--from decimal 130 1 20")).exitCode());
    assertEquals(
        "frame 1    FIN 1  RSV 000  opcode 0x2 binary        MASK 1  length 1         key 01020304  bytes 0-6   10   |.|\n",
        Run.of(decode("-d frames --from decimal 130 129 1 2 3 4 17")).out());
    assertEquals(
        "frame 1    FIN 1  RSV 000  opcode 0x2 binary        MASK 0  length 1                       bytes 0-2   20   | |\n",
        Run.of(decode("-d frames --from hex 82 01 20")).out());
    assertEquals(
        """
        wscope: 'd' is not a decimal digit at character 2
          3d
           ^
        hint: a byte is 0 to 255, or -128 to 127; wscope read the input as decimal, see --from
        """,
        Run.of(decode("--from decimal 3d")).err());
  }

  /** A server that writes text to its socket seems to be silent: the client sees no frame. */
  @Test
  void notesTextWithoutAFrame() {
    String head =
        """
        HTTP/1.1 101 Switching Protocols
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

        """;
    String note =
        """
        note: read a response from lines 1 to 4; passed over 2 lines
        note: after the response follows text without a frame: 'Welcome to "chat"'. If the server \
        sent it, look at the line that writes it to the socket: a frame header must come first
        """;
    String text = head + "Welcome to \"chat\"\nbye\n";
    Run run = Run.reading(text, "decode", "--detail", "frames");
    assertEquals(0, run.exitCode());
    assertEquals(note, run.err());
    assertEquals(
        note, Run.reading(text.replace("\n", "\r\n"), "decode", "--detail", "frames").err());
    Run followed = Run.reading(text + "then 81 02 68 69\n", "decode", "--detail", "frames");
    assertFalse(followed.err().contains("without a frame"), followed.err());
    Run rejected = Run.reading("HTTP/1.1 400 Bad Request\nDate: x\n\nNo key\n", "decode");
    assertFalse(rejected.err().contains("without a frame"), rejected.err());
  }

  @Test
  void skipsBytesAndTakesSomeLines() {
    String hi =
        "frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"hi\"\n";
    String misaligned =
        "wscope decode: no frame begins at byte 0, but whole frames begin at byte 3; to decode from"
            + " there: --skip 3\nsee: wscope decode --help\n";
    String bytes = "6c 6f 21 81 02 68 69";
    assertEquals(new Run(2, "", misaligned), Run.of("decode", bytes, "-d", "frames"));
    assertEquals(new Run(0, hi, ""), Run.of("decode", "--skip", "3", bytes, "-d", "frames"));
    String onLines = "\n6c 6f 21 81\n02 68 69\n";
    assertEquals(new Run(2, "", misaligned), Run.reading(onLines, "decode", "-d", "frames"));
    assertEquals(new Run(0, hi, ""), Run.reading(onLines, "decode", "--skip", "3", "-d", "frames"));
    String text = "88 02 03 e8\n81 02 68 69\n89 00\n";
    assertEquals(
        new Run(0, hi, ""), Run.reading(text, "decode", "--only-lines", "2", "-d", "frames"));
    Run invalid = Run.of("decode", "--only-lines", "3-2", "81 00");
    assertEquals(2, invalid.exitCode());
    assertTrue(invalid.err().contains("'3-2' is not a range of lines, such as 3 or 3-7"));
  }

  @Test
  void readsAPayloadWithoutItsHeader() {
    assertEquals(
        new Run(0, "close     1000 normal closure   reason \"bye\"\n", ""),
        Run.of("decode", "--payload", "close", "03 e8 62 79 65"));
    assertEquals(
        new Run(0, "message 1   text, 5 bytes in 1 frame, inflated from 7 bytes   \"Hello\"\n", ""),
        Run.of("decode", "--payload", "deflate", "f2 48 cd c9 c9 07 00"));
    for (String each :
        List.of("close|03 e8 62 79 65", "deflate|f2 48 cd c9 c9 07 00", "text|48 65 79 21")) {
      String[] parts = each.split("\\|", 2);
      String expected =
          "wscope decode: no frame begins at byte 0, but the bytes may be the payload of one; to"
              + " decode it: --payload "
              + parts[0]
              + "\nsee: wscope decode --help\n";
      assertEquals(new Run(2, "", expected), Run.of("decode", parts[1]));
    }
    Run bits = Run.of("decode", "--payload", "text", "-d", "bits", "68 69");
    assertEquals(2, bits.exitCode());
    assertTrue(bits.err().contains("a payload alone has no frames; use --detail messages or none"));
  }

  @Test
  void namesAFileThatWasGivenAsBytes(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("capture.bin");
    Files.write(file, new byte[] {(byte) 0x81, 0});
    assertEquals(
        new Run(
            2,
            "",
            "wscope decode: "
                + file
                + " is a file; to decode it: wscope decode --file "
                + file
                + "\nsee: wscope decode --help\n"),
        Run.of("decode", file.toString()));
  }

  @Test
  void listsTheEvidence() {
    Run run = Run.of("decode", "--verbose", "-d", "none", "x RX: 81 05 48 65 6c 6c 6f");
    assertEquals(
        """
        note: read 7 bytes from line 1, columns 7 to 26, as hex
        found 7 bytes from line 1, columns 7 to 26, as hex: 11 points
          +5  whole frames that keep the rules of RFC 6455
          +2  their text is UTF-8, or their close code is valid
          +2  a word before them says that bytes follow
          +1  a colon, an equals sign or an arrow stands before them
          +1  nothing follows them on their line
        """,
        run.err());
  }

  @Test
  void saysWhatATextWithoutFramesLooksLike() {
    String json =
        "wscope decode: no frames; this looks like JSON text: perhaps a message payload without its"
            + " frame header\nsee: wscope decode --help\n";
    assertEquals(new Run(2, "", json), Run.reading("{\"type\":\"hello\"}\n", "decode"));
    String prose =
        "wscope decode: no frames and no handshake in 1 line of text; to read all of it in one"
            + " spelling, add for instance --from hex\nsee: wscope decode --help\n";
    assertEquals(new Run(2, "", prose), Run.reading("hello world\n", "decode"));
  }
}
