package wscope.cli.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.Run;
import wscope.cli.process.Stdio;
import wscope.report.json.EventSchema;

/** {@code wscope decode}: whole screens and exit codes for arguments and standard input. */
class DecodeCommandTest {
  /** The frame of MDN's "Writing WebSocket servers". */
  private static final String MDN_SCREEN =
      """
      frame 1   text, FIN, masked, 3 bytes                        bytes 0-8
          0  81           1... ....  FIN             1    the message ends here
                          .0.. ....  RSV1            0
                          ..0. ....  RSV2            0
                          ...0 ....  RSV3            0
                          .... 0001  opcode          0x1  text
          1  83           1... ....  MASK            1    masked: sent by a client
                          .000 0011  payload length  3
          2  3d 54 23 06             masking key
          6  70 10 6d                masked payload
             4d 44 4e                payload         "MDN"
      message 1   text, 3 bytes in 1 frame   "MDN"
      """;

  private static final Run NO_BYTES =
      Run.misused("wscope decode", "no bytes to decode; try: wscope decode 81 05 48 65 6c 6c 6f");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "81 83 3d 54 23 06 70 10 6d",
        "129 131 61 84 35 6 112 16 109",
        "81833d54230670106d",
        "0x81,0x83,0x3d,0x54,0x23,0x06,0x70,0x10,0x6d",
      })
  void decodesTheFrameOfMdn(String text) {
    Run expected = new Run(0, MDN_SCREEN, "");
    assertAll(
        () -> assertEquals(expected, Run.of(decode(text.split(" ", -1))), "as arguments"),
        () -> assertEquals(expected, Run.of("decode", text), "as one argument"),
        () -> assertEquals(expected, Run.reading(text + "\n", "decode"), "as input"),
        () -> assertEquals(expected, Run.reading(text, "decode", "-"), "as -"));
  }

  /** Web pages, chats and word processors put other spaces between bytes, and none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00a0",
        "\u2000",
        "\u2007",
        "\u2009",
        "\u200a",
        "\u202f",
        "\u205f",
        "\u3000",
        " \u200b",
        "\u2060 ",
        " \ufeff",
        "\u00a0\u00a0 \u3000",
        "\u200b"
      })
  void anySpaceSeparatesBytes(String space) {
    for (String text :
        List.of(
            "81 83 3d 54 23 06 70 10 6d",
            "129 131 61 84 35 6 112 16 109",
            "0x81, 0x83, 0x3d, 0x54, 0x23, 0x06, 0x70, 0x10, 0x6d",
            "[129, 131, 61, 84, 35, 6, 112, 16, 109]",
            "{ 0x81, 0x83, 0x3d, 0x54,\n  0x23, 0x06, 0x70, 0x10, 0x6d }",
            "8183 3d54 2306\n7010 6d",
            "10000001 10000011 00111101 01010100 00100011 00000110 01110000 00010000 01101101")) {
      Run plain = Run.reading(text, "decode");
      assertEquals(MDN_SCREEN, plain.out(), text);
      String spaced = text.replace(" ", space);
      assertEquals(plain, Run.reading(spaced, "decode"), spaced);
      assertEquals(plain, Run.reading(space + spaced + space, "decode"), spaced);
    }
    String spaced = "81 83 3d 54 23 06 70 10 6d".replace(" ", space);
    assertEquals(
        new Run(0, MDN_SCREEN, ""), Run.reading(spaced, "decode", "--from", "hex"), spaced);
  }

  /** In a literal, a space is a byte like any other. */
  @Test
  void aSpaceInALiteralIsText() {
    Run run = Run.of("decode", "\"\\x81\\x03\u3000\"", "--format", "json");
    assertTrue(run.out().contains("\"text\":\"\\u3000\""), run.out());
    assertEquals(0, run.exitCode());
  }

  @Test
  void decodesAFragmentedMessageWithAPing() {
    // RFC 6455 §5.7: a fragmented text, with a ping in between; then a Close.
    assertEquals(
        new Run(
            0,
            """
            frame 1   text, FIN 0, 3 bytes                              bytes 0-4
                0  01           0... ....  FIN             0    more frames follow
                                .0.. ....  RSV1            0
                                ..0. ....  RSV2            0
                                ...0 ....  RSV3            0
                                .... 0001  opcode          0x1  text
                1  03           0... ....  MASK            0    not masked: sent by a server
                                .000 0011  payload length  3
                2  48 65 6c                payload         "Hel"
            frame 2   ping, FIN, 5 bytes                                bytes 5-11
                5  89           1... ....  FIN             1
                                .0.. ....  RSV1            0
                                ..0. ....  RSV2            0
                                ...0 ....  RSV3            0
                                .... 1001  opcode          0x9  ping
                6  05           0... ....  MASK            0    not masked: sent by a server
                                .000 0101  payload length  5
                7  48 65 6c 6c 6f          payload         "Hello"
            frame 3   continuation, FIN, 2 bytes                        bytes 12-15
               12  80           1... ....  FIN             1    the message ends here
                                .0.. ....  RSV1            0
                                ..0. ....  RSV2            0
                                ...0 ....  RSV3            0
                                .... 0000  opcode          0x0  continuation
               13  02           0... ....  MASK            0    not masked: sent by a server
                                .000 0010  payload length  2
               14  6c 6f                   payload         "lo"
            message 1   text, 5 bytes in 2 frames   "Hello"
            frame 4   close, FIN, 5 bytes                               bytes 16-22
               16  88           1... ....  FIN             1
                                .0.. ....  RSV1            0
                                ..0. ....  RSV2            0
                                ...0 ....  RSV3            0
                                .... 1000  opcode          0x8  close
               17  05           0... ....  MASK            0    not masked: sent by a server
                                .000 0101  payload length  5
               18  03 e8 62 79 65          payload         |..bye|
            close     1000 normal closure   reason "bye"
            """,
            ""),
        Run.of(decode("01 03 48 65 6c 89 05 48 65 6c 6c 6f 80 02 6c 6f 88 05 03 e8 62 79 65")));
  }

  @Test
  void detailFramesShowsALinePerFrame() {
    assertEquals(
        new Run(
            0,
            """
            frame 1    FIN 0  RSV 000  opcode 0x1 text          MASK 0  length 3                       bytes 0-4   "Hel"
            frame 2    FIN 1  RSV 000  opcode 0x9 ping          MASK 0  length 2                       bytes 5-8   "hi"
            frame 3    FIN 1  RSV 000  opcode 0x0 continuation  MASK 0  length 2                       bytes 9-12   "lo"
            message 1   text, 5 bytes in 2 frames   "Hello"
            """,
            ""),
        Run.of(decode("--detail frames 01 03 48 65 6c 89 02 68 69 80 02 6c 6f")));
  }

  @Test
  void detailMessagesShowsALinePerMessage() {
    assertEquals(
        new Run(
            0,
            """
            ping, 2 bytes   "hi"
            message 1   text, 5 bytes in 2 frames   "Hello"
            message 2   binary, 3 bytes in 1 frame   00 01 ff   |...|
            close     1000 normal closure   reason "bye"
            """,
            ""),
        Run.of(
            decode(
                "--detail messages 01 03 48 65 6c 89 02 68 69 80 02 6c 6f 82 03 00 01 ff"
                    + " 88 05 03 e8 62 79 65")));
  }

  @ParameterizedTest
  @CsvSource({
    "81 05 48 65 6c 6c 6f, 0, 'fine   1 frame, 1 message, 0 violations'",
    "81 00 81 01 41 89 00, 0, 'fine   3 frames, 2 messages, 0 violations'",
    "83 00, 1, 'broken   1 frame, 0 messages, 1 violation'",
    "f1 00 81 00, 1, 'broken   2 frames, 2 messages, 3 violations'",
    "81 05 48, 1, 'broken   1 frame, 0 messages, 0 violations, the last frame is incomplete'",
  })
  void detailNoneShowsTheVerdict(String bytes, int exitCode, String line) {
    assertEquals(new Run(exitCode, line + "\n", ""), Run.of(decode("-d none --from hex " + bytes)));
  }

  @Test
  void showsAViolationAfterItsRow() {
    assertEquals(
        new Run(
            1,
            """
            frame 1   text, FIN, RSV1, 0 bytes                          bytes 0-1
                0  c1           1... ....  FIN             1    the message ends here
                              ✗ .1.. ....  RSV1            1
                                ..0. ....  RSV2            0
                                ...0 ....  RSV3            0
                                .... 0001  opcode          0x1  text
              ✗ rsv1-without-extension   RFC 6455 §5.2 → close 1002
                  RSV1 is set, but no extension that uses it was negotiated
                  found: RSV1 1
                  hint: with permessage-deflate, RSV1 marks a compressed message; try decode --deflate
                1  00           0... ....  MASK            0    not masked: sent by a server
                                .000 0000  payload length  0
            """,
            ""),
        head(Run.of(decode("--no-deflate c1 00")), 12));
  }

  @Test
  void showsEveryViolationAndReadsOn() {
    Run run = Run.of(decode("f3 7e 00 00 09 00 80 00 88 01 03 81 00"));
    assertEquals(1, run.exitCode());
    String[] rules = {
      "rsv1-without-extension",
      "rsv2-without-extension",
      "rsv3-without-extension",
      "reserved-opcode",
      "length-not-minimal",
      "control-frame-fragmented",
      "continuation-without-message",
      "close-body-of-one-byte",
      "data-after-close",
    };
    int at = 0;
    for (String rule : rules) {
      at = run.out().indexOf("✗ " + rule + "   RFC 6455 §5.", at);
      assertTrue(at > 0, () -> rule + " is missing, or in the wrong place:\n" + run.out());
    }
    assertTrue(run.out().contains("frame 5   text"), run.out());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "81 | frame 1, at byte 1: 1 byte of its payload length is missing",
        "81 7e | frame 1, at byte 2: 2 bytes of its extended payload length are missing",
        "81 7e 01 | frame 1, at byte 3: 1 byte of its extended payload length is missing",
        "81 ff 00 | frame 1, at byte 3: 7 bytes of its extended payload length are missing",
        "81 83 | frame 1, at byte 2: 4 bytes of its masking key are missing",
        "81 83 3d 54 23 | frame 1, at byte 5: 1 byte of its masking key is missing",
        "81 83 3d 54 23 06 | frame 1, at byte 6: 3 bytes of its payload data are missing",
        "89 00 81 05 48 65 | frame 2, at byte 6: 3 bytes of its payload data are missing",
        "82 7f 7f ff ff ff ff ff ff ff 00"
            + " | frame 1, at byte 11: 9223372036854775806 bytes of its payload data are missing",
      })
  void reportsAnIncompleteFrame(String bytes, String message) {
    Run run = Run.of(decode("--from hex " + bytes));
    String[] lines = run.out().split("\n", -1);
    assertEquals("✗ incomplete   " + message, lines[lines.length - 2]);
    assertEquals(new Run(1, run.out(), ""), run);
  }

  @Test
  void marksAMessageWithAnIncompleteFrameAsUnfinished() {
    Run run = Run.of(decode("81 05 48 65 6c 6c"));
    assertEquals(1, run.exitCode());
    assertTrue(run.out().contains("message 1   text, 4 bytes in 1 frame   unfinished"), run.out());
    assertFalse(
        run.out().contains("no frame with FIN has come"), "the frame has FIN:\n" + run.out());
  }

  @Test
  void marksAMessageWithoutItsLastFrameAsUnfinished() {
    assertEquals(
        """
        frame 1    FIN 0  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   "He"
        message 1   text, 2 bytes in 1 frame   unfinished
        """,
        Run.of(decode("--detail frames 01 02 48 65")).out());
  }

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
  @ValueSource(strings = {"--detial none 81 00", "81 00 --detial=none", "-127 0 --detial none"})
  void rejectsAMistypedOption(String arguments) {
    Run run = Run.of(decode(arguments));
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("wscope decode: unknown option '--detial"), run.err());
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

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "auto, 81 00, 0, ''",
    "auto, 81 80 01 02 03 04, 0, ''",
    "server, 81 00, 0, ''",
    "client, 81 80 01 02 03 04, 0, ''",
    "client, 81 00, 1, client-frame-unmasked",
    "server, 81 80 01 02 03 04, 1, server-frame-masked",
    "server, 81 00 81 80 01 02 03 04, 1, server-frame-masked",
    "client, 81 80 01 02 03 04 81 00, 1, client-frame-unmasked",
  })
  void checksTheFramesOfTheSender(String sender, String bytes, int exitCode, String rule) {
    Run run = Run.of(decode("--sender " + sender + " --from hex " + bytes));
    assertEquals(new Run(exitCode, run.out(), ""), run);
    assertEquals(!rule.isEmpty(), run.out().contains("✗"), run.out());
    assertTrue(run.out().contains(rule), run.out());
  }

  @Test
  void decodesFramesOfBothEnds() {
    assertEquals(
        new Run(
            0,
            """
            message 1   text, 2 bytes in 1 frame   "hi"
            message 2   text, 2 bytes in 1 frame, from the server   "yo"
            close     from the client, 1000 normal closure
            """,
            """
            note: some frames are masked, some are not; wscope assumes that the client sent
                  the masked ones. If one endpoint sent all, add --sender client or server
            """),
        Run.of(
            decode(
                "-d messages --from hex 81 82 00 00 00 00 68 69 81 02 79 6f"
                    + " 88 82 00 00 00 00 03 e8")));
  }

  @Test
  void limitsThePreview() {
    String bytes = " 81 0c 48 65 6c 6c 6f 20 57 6f 72 6c 64 21";
    assertAll(
        () ->
            assertEquals(
                """
                frame 1   text, FIN, 12 bytes                               bytes 0-13
                    0  81           1... ....  FIN             1    the message ends here
                                    .0.. ....  RSV1            0
                                    ..0. ....  RSV2            0
                                    ...0 ....  RSV3            0
                                    .... 0001  opcode          0x1  text
                    1  0c           0... ....  MASK            0    not masked: sent by a server
                                    .000 1100  payload length  12
                                               payload
                    2  48 65 6c 6c                                      Hell
                       … 8 bytes more
                message 1   text, 12 bytes in 1 frame   "Hell" … 8 bytes more
                """,
                Run.of(decode("--preview 4" + bytes)).out()),
        () ->
            assertEquals(
                "message 1   text, 12 bytes in 1 frame   \"\" … 12 bytes more\n",
                Run.of(decode("--detail messages --preview 0" + bytes)).out()),
        () ->
            assertEquals(
                "message 1   text, 12 bytes in 1 frame   \"Hello World!\"\n",
                Run.of(decode("--detail messages --preview 12" + bytes)).out()));
  }

  @ParameterizedTest
  @CsvSource({"4095, ''", "4096, ''", "4097, ' … 1 byte more'", "5000, ' … 904 bytes more'"})
  void previews4096BytesByDefault(int length, String more) {
    String text = "81 7e " + HexFormat.of().toHexDigits((short) length) + " 41".repeat(length);
    String shown = "message 1   text, " + length + " bytes in 1 frame   \"";
    assertEquals(
        shown + "A".repeat(Math.min(length, 4096)) + "\"" + more + "\n",
        Run.reading(text, "decode", "-d", "messages").out());
    assertEquals(
        shown + "A".repeat(length) + "\"\n",
        Run.reading(text, "decode", "-d", "messages", "--preview", "all").out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "", "4k", "99999999999999999999"})
  void rejectsAnInvalidPreview(String value) {
    assertEquals(
        Run.misused(
            "wscope decode", "--preview: '" + value + "' is neither a number of bytes nor all"),
        Run.of("decode", "--preview=" + value, "81", "00"));
  }

  @Test
  void colours() {
    assertEquals(
        new Run(
            1,
            """
            ~[1mframe 1~[0m    FIN 1  RSV 100  opcode 0x1 text          MASK 0  length 0                       bytes 0-1
              ~[1;97;41m✗ rsv1-without-extension~[0m   RFC 6455 §5.2 → close 1002
                  RSV1 is set, but no extension that uses it was negotiated
                  found: RSV1 1
            """
                .replace("~", "\u001b"),
            ""),
        head(Run.of(decode("--color always --detail frames --no-deflate c1 00")), 4));
  }

  @Test
  void usesNoColourInAPipeOrIfTheEnvironmentForbidsIt() {
    assertFalse(outputOn(true, false, "auto").contains("\u001b"), "NO_COLOR or TERM=dumb");
    assertFalse(outputOn(false, true, "auto").contains("\u001b"), "a pipe");
    assertFalse(outputOn(true, true, "never").contains("\u001b"), "never");
    assertTrue(outputOn(true, true, "auto").contains("\u001b[0m"), "a terminal");
    assertTrue(outputOn(false, false, "always").contains("\u001b[0m"), "always");
  }

  @Test
  void writesAsciiIfTheOutputHasNoUnicode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] text = "c1 00 81 06 e2 82 ac c3 bc 0a 81 05 41".getBytes(US_ASCII);
    Stdio stdio = new Stdio(new ByteArrayInputStream(text), out, out, false, false, false, true, 0);
    assertEquals(1, Run.on(stdio, "decode"));
    String shown = out.toString(UTF_8);
    assertTrue(shown.chars().allMatch(c -> c < 0x7f), shown);
    assertTrue(shown.contains("x rsv1-without-extension   RFC 6455 section 5.2 -> close 1002"));
    assertTrue(shown.contains("\"\\u{20ac}\\u{fc}\\n"), shown);
  }

  @Test
  void writesTheSummaryToStderrWithJson() {
    assertEquals(
        new Run(
            0,
            """
            {"type":"end","frames":1,"messages":1,"violations":0,"errors":0,\
            "unfinishedMessages":[]}
            """,
            """
            summary                 count           bytes
              text                  1               0
              messages              1               0
            """),
        Run.of(decode("--format json -d none --summary 81 00")));
  }

  @Test
  void reportsAnIncompleteChallengeAsJson() {
    String head =
        """
        GET / HTTP/1.1\r
        Upgrade: WebSocket\r
        Sec-WebSocket-Key1: 1 2\r
        Sec-WebSocket-Key2: 3 4\r
        \r
        """;
    String end =
        "{\"type\":\"end\",\"frames\":0,\"messages\":0,\"violations\":4,\"errors\":4,"
            + "\"unfinishedMessages\":[],"
            + "\"incomplete\":{\"field\":\"challenge\",\"offset\":%d,\"missing\":%d}}\n";
    String[] options = {"decode", "--format", "json", "-d", "none"};
    assertEquals(new Run(1, end.formatted(head.length(), 8), ""), Run.reading(head, options));
    assertEquals(
        new Run(1, end.formatted(head.length() + 7, 1), ""),
        Run.reading(head + "Tm[K T2", options));
    Run messages = Run.reading(head + "Tm[K T2", "decode", "--format", "json");
    List<String> lines = EventSchema.check(messages.out()).lines().toList();
    assertEquals(
        "{\"type\":\"challenge\",\"sender\":\"client\",\"bytes\":\"546d5b4b205432\"}",
        lines.get(lines.size() - 2));
    assertEquals(
        1, lines.stream().filter(line -> line.startsWith("{\"type\":\"handshake\"")).count());
  }

  @ParameterizedTest
  @CsvSource({"--format json", "--summary"})
  void rejectsOptionsThatThePromptDoesNotSupport(String option) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Stdio terminal = new Stdio(InputStream.nullInputStream(), out, err, true, true, true, true, 0);
    int exitCode = Run.on(terminal, decode(option));
    assertEquals(
        Run.misused(
            "wscope decode",
            option
                + " does not work at the prompt; give the bytes as arguments, or run: wscope"
                + " decode "
                + option
                + " -"),
        new Run(exitCode, out.toString(UTF_8), err.toString(UTF_8)));
  }

  /** A recording of a connection that received one byte of a head. */
  @Test
  void showsARecording() {
    String recording =
        """
        {"type":"recording","time":"2026-11-28T12:00:00.000001Z","format":"wscope","version":1,\
        "program":"wscope","self":"server","maxMessage":9,"maxFragments":9,"maxHead":9,"maxFields":9}
        {"type":"handshake","time":"2026-11-28T12:00:01.000002Z","connection":1,"sender":"client",\
        "offset":0,"length":1,"complete":false,"raw":"G","received":"G","violations":[]}
        """;
    assertEquals(
        new Run(
            1,
            """
            #1 < G
            #1 < ✗ incomplete   the head does not end with an empty line
            """,
            ""),
        Run.reading(recording, "decode"));
    assertEquals(
        Run.misused("wscope decode", "a recording does not need --sender; omit --sender"),
        Run.reading(recording, decode("--sender client")));
    assertEquals(
        Run.misused("wscope decode", "a recording does not need --deflate; omit --deflate"),
        Run.reading(recording, decode("--deflate")));
    assertEquals(
        Run.misused(
            "wscope decode",
            "line 1 of the recording: the format version is 2, but only"
                + " version 1 can be read"),
        Run.reading(recording.replace("\"version\":1", "\"version\":2"), "decode"));
  }

  @Test
  void writesOnlyThePayloads() {
    assertEquals(new Run(0, "Hi", ""), Run.of(decode("--payload-only 81 02 48 69")));
    assertEquals(
        new Run(
            1,
            "Hi",
            """
            summary                 count           bytes
              text                  1               2
              messages              1               2
              ✗ 1 × rsv2-without-extension
            """),
        Run.of(decode("--payload-only a1 02 48 69")));
  }

  @Test
  void writesNoPayloadsToATerminal() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Stdio terminal = new Stdio(InputStream.nullInputStream(), err, err, true, true, true, true, 0);
    assertEquals(2, Run.on(terminal, "decode", "--payload-only"));
    assertEquals(
        Run.misused(
                "wscope decode",
                "raw payloads can garble a terminal; write them to a file or a pipe")
            .err(),
        err.toString(UTF_8));
  }

  @Test
  void readsStandardInputAsTheFileDash() {
    Run expected = new Run(0, "fine   1 frame, 1 message, 0 violations\n", "");
    assertEquals(expected, Run.reading("81 00", decode("-d none --file -")));
    assertEquals(expected, Run.reading("81 00", decode("-d none --file - -")));
    assertEquals(
        Run.misused("wscope decode", "give the bytes or --file, not both"),
        Run.reading("81 00", decode("-d none --file - 81 00")));
  }

  @Test
  void showsThePayloadOfAReservedControlFrameAsBytes() {
    Run run = Run.of(decode("-d messages 8b 02 00 01 8b 00"));
    assertEquals(
        List.of("reserved, 2 bytes   00 01   |..|", "reserved, 0 bytes"),
        run.out().lines().filter(line -> line.startsWith("reserved")).toList());
    assertEquals(new Run(1, run.out(), ""), run);
  }

  @Test
  void showsNoRatioForAnEmptyCompressedMessage() {
    Run run = Run.of(decode("--deflate c1 01 00"));
    assertEquals(
        """
        message 1   text, 0 bytes in 1 frame, inflated from 1 byte   ""
                    window 32768 bytes, kept for the next message
        """,
        run.out().substring(run.out().indexOf("message 1")));
    assertEquals(new Run(0, run.out(), ""), run);
  }

  @Test
  void saysWhatToTypeIfOnlyTheInputIsATerminal() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteArrayInputStream typed = new ByteArrayInputStream("81 00\n".getBytes(UTF_8));
    Stdio stdio = new Stdio(typed, new ByteArrayOutputStream(), err, true, false, true, true, 0);
    assertEquals(0, Run.on(stdio, "decode"));
    assertEquals("Paste the bytes of frames, then press Enter and Ctrl+D.\n", err.toString(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 90, 9_990, 99_980, 99_990, 999_990})
  void separatesOffsetsFromBytesByASpace(int payload) {
    String binary = "82 7f " + String.format("%016x ", payload) + "00".repeat(payload);
    String shown = Run.reading(binary + " 8a 01 41", "decode", "--preview", "1").out();
    int pong = payload + 10;
    assertTrue(shown.contains("bytes " + pong + "-" + (pong + 2) + "\n"), shown);
    String[] bytes = {"8a ", "01 ", "41 "};
    for (int i = 0; i < bytes.length; i++) {
      String row = (pong + i) + " +" + bytes[i];
      String start = " *" + row + ".*";
      assertTrue(shown.lines().anyMatch(line -> line.matches(start)), () -> row + "\n" + shown);
    }
  }

  /** S15: text, pings and close reasons are escaped. */
  @Test
  void escapesTextFromTheWire() {
    // ESC, BEL, C1 CSI as a code point and as a byte, RLO, LF, NUL in text, ping and close reason.
    String text = "1b 5b 32 4a 07 c2 9b e2 80 ae 0a 00";
    Run run =
        Run.of(decode("81 0c " + text + " 89 0c " + text + " 88 0e 03 e8 " + text + " 82 01 9b"));
    assertTrue(run.out().chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f) || c > 0xa0));
    assertFalse(run.out().contains("\u202e"), "no character that reorders text");
    assertTrue(run.out().contains("\"\\x1b[2J\\x07\\u{9b}\\u{202e}\\n\\x00\""), run.out());
  }

  /** S1: a long payload is decoded in bounded memory. */
  @Test
  void decodesAHundredMegabytesInBoundedMemory() {
    // A header that declares 2^62 bytes, then 100 MB of hex text.
    String header = "82 7f 40 00 00 00 00 00 00 00\n";
    long[] used = new long[1];
    Run[] run = new Run[1];
    assertTimeout(
        Duration.ofSeconds(8),
        () -> {
          InputStream text = new Repeating(header, "00 11 22 33\n", 100_000_002);
          long before = allocated();
          run[0] = Run.reading(text, "decode", "--preview", "16");
          used[0] = allocated() - before;
        });
    assertEquals(1, run[0].exitCode());
    assertTrue(run[0].out().contains("extended length 4611686018427387904"), run[0].out());
    assertTrue(run[0].out().contains("bytes of its payload data are missing"), run[0].out());
    assertTrue(used[0] < 8 << 20, () -> used[0] + " bytes were allocated");
  }

  /** S1: a declared length allocates nothing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void allocatesNothingForAHugeDeclaredLength(int opcode) {
    for (String length :
        List.of(
            "00 00 00 00 7f ff ff ff",
            "00 00 00 01 00 00 00 00",
            "7f ff ff ff ff ff ff ff",
            "80 00 00 00 00 00 00 00")) {
      String bytes = Integer.toHexString(0x80 | opcode) + " 7f " + length + " 41 42";
      long before = allocated();
      Run run = Run.of(decode("--from hex " + bytes));
      long used = allocated() - before;
      assertEquals(1, run.exitCode(), run.out());
      assertTrue(used < 16 << 20, () -> used + " bytes were allocated");
    }
  }

  /** S6: the message inflates to 80 MiB of zeros, of which only a preview is kept. */
  @Test
  void inflatesACompressionBombInBoundedMemory() {
    Deflater zlib = new Deflater(9, true);
    zlib.setInput(new byte[80 << 20]);
    byte[] out = new byte[90_000];
    int length = zlib.deflate(out, 0, out.length, Deflater.SYNC_FLUSH) - 4;
    zlib.end();
    byte[] frame = new byte[10 + length];
    ByteBuffer.wrap(frame).put((byte) 0xc2).put((byte) 127).putLong(length).put(out, 0, length);
    long before = allocated();
    Run run =
        Run.reading(
            new ByteArrayInputStream(frame),
            decode("--from raw --deflate --detail messages --preview 2"));
    long used = allocated() - before;
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("83886080 bytes"), run.out());
    assertTrue(used < 16 << 20, () -> used + " bytes were allocated");
  }

  /** Bytes that this thread has allocated so far. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static String outputOn(boolean terminal, boolean colourWanted, String choice) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Stdio stdio =
        new Stdio(InputStream.nullInputStream(), out, out, false, terminal, true, colourWanted, 0);
    Run.on(stdio, "decode", "--color", choice, "81", "00");
    return out.toString(UTF_8);
  }

  @Test
  void wrapsTextForANarrowTerminal() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream in = InputStream.nullInputStream();
    Run.on(new Stdio(in, out, out, false, true, true, false, 60), "decode", "88", "02", "03", "ee");
    assertEquals(
        """
        frame 1   close, FIN, 2 bytes
                  bytes 0-3
            0  88           1... ....  FIN             1
                            .0.. ....  RSV1            0
                            ..0. ....  RSV2            0
                            ...0 ....  RSV3            0
                            .... 1000  opcode          0x8  close
            1  02           0... ....  MASK            0
                            not masked: sent by a server
                            .000 0010  payload length  2
            2  03 ee                   payload         |..|
          ✗ close-code-never-sent   RFC 6455 §7.4.1 → close 1002
              The close code is for local use only and must never be
              sent
              found: code 1006
              hint: 1005 means a Close without a code; 1006 means no
                    Close; 1015 means that TLS failed
        close     1006 abnormal closure
        """,
        out.toString(UTF_8));
  }

  @Test
  void fitsHeadsAndErrorsIntoANarrowTerminal() {
    String head = "HTTP/1.1 400 No\r\nDate: a\r\n\r\n";
    assertEquals(
        """
        response
                     bytes 0-27
            HTTP/1.1 400 No
            Date: a

        rejected with HTTP 400; no WebSocket opens
        """,
        narrow("decode", head));
    assertEquals(
        """
        wscope: an odd number of hex digits ends at character 7
          81 05 4
                ^
        hint: write 04 for 4; wscope read the input as hex, see
              --from
        """,
        narrow("decode", "81 05 4"));
  }

  /** Both outputs on a terminal of 60 columns. */
  private static String narrow(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream in = InputStream.nullInputStream();
    Run.on(new Stdio(in, out, out, false, true, true, false, 60), args);
    return out.toString(UTF_8);
  }

  @Test
  void fitsPayloadsAndNotesIntoANarrowTerminal() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream in = InputStream.nullInputStream();
    String message = "8a 0a 00 01 02 03 04 05 06 07 41 42 c1 07 f2 48 cd c9 c9 07 00";
    String[] args = {"decode", message};
    Run.on(new Stdio(in, out, out, false, true, true, false, 60), args);
    String screen = out.toString(UTF_8);
    assertTrue(
        screen.contains(
            """
                2  00 01 02 03 04 05 06 07  ........
               10  41 42                    AB
            """),
        screen);
    assertTrue(
        screen.endsWith(
            """
            note: message 1 inflates (permessage-deflate assumed,
                  because no response was seen;
                  --no-deflate forbids it)
            """),
        screen);
    assertTrue(screen.lines().allMatch(line -> line.length() <= 60), screen);
  }

  private static Run head(Run run, int lines) {
    String shown = run.out().lines().limit(lines).reduce("", (all, line) -> all + line + "\n");
    return new Run(run.exitCode(), shown, run.err());
  }

  private static String[] decode(String args) {
    return decode(args.split(" ", -1));
  }

  private static String[] decode(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "decode";
    System.arraycopy(args, 0, all, 1, args.length);
    return all;
  }

  /** A header, then a repeated line. */
  private static final class Repeating extends InputStream {
    private final byte[] header;
    private final byte[] line;
    private final long length;
    private long at;

    Repeating(String header, String line, long length) {
      this.header = header.getBytes(US_ASCII);
      byte[] one = line.getBytes(US_ASCII);
      this.line = new byte[one.length * 4096];
      for (int i = 0; i < this.line.length; i += one.length) {
        System.arraycopy(one, 0, this.line, i, one.length);
      }
      this.length = length;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) {
      if (at >= length) {
        return -1;
      }
      byte[] from = at < header.length ? header : line;
      int start = at < header.length ? (int) at : (int) ((at - header.length) % line.length);
      int count = (int) Math.min(Math.min(wanted, from.length - start), length - at);
      System.arraycopy(from, start, into, offset, count);
      at += count;
      return count;
    }
  }

  /** The steps of a tutorial: one number after the other, in decimal. */
  @Test
  void showsTheBitsOfAnIncompleteHeader() {
    String first =
        """
            0  81           1... ....  FIN             1    the message ends here
                            .0.. ....  RSV1            0
                            ..0. ....  RSV2            0
                            ...0 ....  RSV3            0
                            .... 0001  opcode          0x1  text
        """;
    assertEquals(
        new Run(
            1,
            "frame 1   text, FIN, header incomplete                      bytes 0-0\n"
                + first
                + "✗ incomplete   frame 1, at byte 1: 1 byte of its payload length is missing\n",
            ""),
        Run.of(decode("129")));
    assertEquals(
        new Run(
            1,
            "frame 1   text, FIN, masked, 3 bytes, header incomplete     bytes 0-1\n"
                + first
                + """
                    1  83           1... ....  MASK            1    masked: sent by a client
                                    .000 0011  payload length  3
                ✗ incomplete   frame 1, at byte 2: 4 bytes of its masking key are missing
                """,
            ""),
        Run.of(decode("129 131")));
  }

  /** A control frame with a 16-bit length of 126 is too long before its key arrives. */
  @Test
  void checksEachByteOfAnIncompleteHeader() {
    Run run = Run.of(decode("-d frames --from hex 89 fe 00 7e"));
    assertEquals(1, run.exitCode());
    assertTrue(run.out().contains("✗ control-frame-too-long   RFC 6455 §5.5"), run.out());
    Run topBit = Run.of(decode("-d frames --from hex 81 ff 80 00 00 00 00 00 00 00"));
    assertTrue(topBit.out().contains("✗ length-top-bit-set   RFC 6455 §5.2"), topBit.out());
  }

  @Test
  void assumesCompressionWithoutAHandshake() {
    assertEquals(
        new Run(
            0,
            "message 1   text, 5 bytes in 1 frame, inflated from 7 bytes (permessage-deflate"
                + " assumed)   \"Hello\"\n",
            """
            note: message 1 inflates (permessage-deflate assumed, because no response was seen;
                  --no-deflate forbids it)
            """),
        Run.of(decode("-d messages c1 07 f2 48 cd c9 c9 07 00")));
    assertEquals(2, Run.of(decode("--deflate --no-deflate c1 07 f2 48 cd c9 c9 07 00")).exitCode());
  }

  @Test
  void inflatesMessages() {
    // RFC 7692 §7.2.3.2: the second message refers to the first.
    String bytes = "c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00";
    String inflated =
        """
        message 1   text, 5 bytes in 1 frame, inflated from 7 bytes   "Hello"
        message 2   text, 5 bytes in 1 frame, inflated from 5 bytes   "Hello"
        """;
    assertEquals(new Run(0, inflated, ""), Run.of(decode("-d messages --deflate " + bytes)));
    assertEquals(new Run(0, inflated, ""), Run.of(decode(bytes + " -d messages --deflate")));
    Run alone = Run.of(decode("-d messages --deflate=server_no_context_takeover " + bytes));
    assertEquals(1, alone.exitCode());
    assertTrue(alone.out().contains("context-taken-over"), alone.out());
    Run without = Run.of(decode("-d messages --no-deflate " + bytes));
    assertEquals(1, without.exitCode());
    assertTrue(without.out().contains("rsv1-without-extension"), without.out());
    assertTrue(without.out().contains("--deflate"), without.out());
  }

  @Test
  void showsTheWindowOfTheCompression() {
    String shown =
        Run.of(
                "decode",
                "--deflate",
                "server_no_context_takeover; server_max_window_bits=10",
                "c1 07 f2 48 cd c9 c9 07 00")
            .out();
    assertEquals(
        """
            2  f2 48 cd c9 c9 07 00    payload         |.H.....|
        message 1   text, 5 bytes in 1 frame, inflated from 7 bytes   "Hello"
                    140 % of its size, window 1024 bytes, reset for each message
        """,
        shown.substring(shown.indexOf("    2  f2")));
  }

  @Test
  void takesTheCompressionFromTheHandshake() {
    String request =
        """
        GET / HTTP/1.1
        Host: a
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits

        HTTP/1.1 101 Switching Protocols
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
        Sec-WebSocket-Extensions: permessage-deflate

        """;
    String head = HexFormat.of().formatHex(request.replace("\n", "\r\n").getBytes(UTF_8));
    Run run = Run.of("decode", "-d", "messages", head, "c1 07 f2 48 cd c9 c9 07 00");
    assertEquals(0, run.exitCode(), run.out());
    assertTrue(
        run.out()
            .endsWith(
                """
                open     extensions: permessage-deflate   subprotocol: none
                message 1   text, 5 bytes in 1 frame, inflated from 7 bytes   "Hello"
                """),
        run.out());
  }

  @Test
  void rejectsInvalidParametersOfTheCompression() {
    assertEquals(
        new Run(
            2,
            "",
            """
            wscope decode: --deflate: \
            'client_max_window_bits=7': the value is not a number from 8 to 15 without leading \
            zeros, at character 1
            see: wscope decode --help
            """),
        Run.of("decode", "--deflate=client_max_window_bits=7", "c1 00"));
  }

  @Test
  void skipsASecondEmptyLineAfterTheResponse() {
    String head = "HTTP/1.1 101 Switching Protocols\r\nA: b\r\n\r\n";
    String hex = HexFormat.of().formatHex((head + "\r\n").getBytes(UTF_8));
    Run run = Run.of("decode", hex + "81026869", "--detail", "frames");
    int offset = head.length();
    assertTrue(
        run.out()
            .endsWith(
                """
                ✗ surplus line end   bytes %d-%d: 0d 0a after the empty line of the head; skipped
                      hint: end the head with one empty line; a client reads the second one as\
                 reserved opcode 0xd
                frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes %d-%d   "hi"
                """
                    .formatted(offset, offset + 1, offset + 2, offset + 5)),
        run.out());
    assertEquals(1, run.exitCode());
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
