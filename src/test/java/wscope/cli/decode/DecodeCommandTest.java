package wscope.cli.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.cli.decode.DecodeArguments.MDN_SCREEN;
import static wscope.cli.decode.DecodeArguments.decode;
import static wscope.cli.decode.DecodeArguments.head;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.Run;
import wscope.cli.process.Stdio;
import wscope.report.json.EventSchema;

/** {@code wscope decode}: whole screens and exit codes for arguments and standard input. */
class DecodeCommandTest {
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

  @ParameterizedTest
  @ValueSource(strings = {"--detial none 81 00", "81 00 --detial=none", "-127 0 --detial none"})
  void rejectsAMistypedOption(String arguments) {
    Run run = Run.of(decode(arguments));
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("wscope decode: unknown option '--detial"), run.err());
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
  void saysWhatToTypeIfOnlyTheInputIsATerminal() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteArrayInputStream typed = new ByteArrayInputStream("81 00\n".getBytes(UTF_8));
    Stdio stdio = new Stdio(typed, new ByteArrayOutputStream(), err, true, false, true, true, 0);
    assertEquals(0, Run.on(stdio, "decode"));
    assertEquals("Paste the bytes of frames, then press Enter and Ctrl+D.\n", err.toString(UTF_8));
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
}
