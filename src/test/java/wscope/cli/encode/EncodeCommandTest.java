package wscope.cli.encode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import wscope.cli.Run;
import wscope.cli.process.Stdio;

/** {@code wscope encode}: whole outputs and exit codes for arguments and standard input. */
class EncodeCommandTest {
  /** The first frames come from MDN's "Writing WebSocket servers" and from RFC 6455 §5.7. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "text MDN --mask-key 3d542306 | 81 83 3d 54 23 06 70 10 6d",
        "text Hello | 81 05 48 65 6c 6c 6f",
        "text Hello --mask-key 37fa213d | 81 85 37 fa 21 3d 7f 9f 4d 51 58",
        "text Hel --no-fin | 01 03 48 65 6c",
        "ping Hello | 89 05 48 65 6c 6c 6f",
        "pong Hello --mask-key 37fa213d | 8a 85 37 fa 21 3d 7f 9f 4d 51 58",
        "TEXT a | 81 01 61",
        "1 a | 81 01 61",
        "0x1 a | 81 01 61",
        "2 --hex 00ff | 82 02 00 ff",
        "binary --hex 0x00,0xff | 82 02 00 ff",
        "0xA a | 8a 01 61",
        "text é€😀 | 81 09 c3 a9 e2 82 ac f0 9f 98 80",
        "text @file | 81 05 40 66 69 6c 65",
        "text -- --mask | 81 06 2d 2d 6d 61 73 6b",
        "close 1000 | 88 02 03 e8",
        "close 1000 bye | 88 05 03 e8 62 79 65",
        "8 4999 | 88 02 13 87",
        "--close 1000 bye | 88 05 03 e8 62 79 65",
        "--close 1001 --mask-key 00000000 | 88 82 00 00 00 00 03 e9",
        "close --hex 03e8 | 88 02 03 e8",
      })
  void encodesFrames(String args, String bytes) {
    assertEquals(new Run(0, bytes + "\n", ""), encode(args));
  }

  @Test
  void fragmentsMessages() {
    assertEquals(
        new Run(0, "01 02 48 65\n00 02 6c 6c\n80 01 6f\n", ""), encode("text Hello --fragment 2"));
    assertEquals(new Run(0, "81 05 48 65 6c 6c 6f\n", ""), encode("text Hello --fragment 5"));
    assertEquals(
        new Run(0, "01 03 48 65 6c\n00 02 6c 6f\n", ""),
        encode("text Hello --fragment 3 --no-fin"));
    // Only the first frame has the RSV bits.
    assertEquals(
        "71 03 48 65 6c\n80 02 6c 6f\n", encode("text Hello --fragment 3 --rsv 111 --force").out());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "hex | 81 04 48 c3 a9 0d",
        "0x | 0x81, 0x04, 0x48, 0xc3, 0xa9, 0x0d",
        "c | {0x81, 0x04, 0x48, 0xc3, 0xa9, 0x0d}",
        "java | new byte[] {(byte) 0x81, 0x04, 0x48, (byte) 0xc3, (byte) 0xa9, 0x0d}",
        "python | b'\\x81\\x04\\x48\\xc3\\xa9\\x0d'",
        "base64 | gQRIw6kN",
        "HEX | 81 04 48 c3 a9 0d",
      })
  void writesEachFormat(String format, String text) {
    assertEquals(new Run(0, text + "\n", ""), encode("text --hex 48c3a90d --format " + format));
  }

  /** The separators between frames are valid in each format, so all lines can be pasted. */
  @Test
  void writesSeveralFramesInEachFormat() {
    String args = "text Hi --fragment 1 --format ";
    assertEquals("0x01, 0x01, 0x48,\n0x80, 0x01, 0x69\n", encode(args + "0x").out());
    assertEquals("{0x01, 0x01, 0x48,\n 0x80, 0x01, 0x69}\n", encode(args + "c").out());
    assertEquals(
        "new byte[] {0x01, 0x01, 0x48,\n    (byte) 0x80, 0x01, 0x69}\n",
        encode(args + "java").out());
    assertEquals("b'\\x01\\x01\\x48' \\\n    b'\\x80\\x01\\x69'\n", encode(args + "python").out());
    assertEquals("AQFIgAFp\n", encode(args + "base64").out());
  }

  @Test
  void rawWritesOnlyTheBytes() {
    Bytes run =
        Bytes.of(false, false, "", "encode", "binary", "--hex", "000d0aff", "--format", "raw");
    assertArrayEquals(new byte[] {(byte) 0x82, 4, 0, 13, 10, -1}, run.out);
    assertEquals("", run.err);
    assertEquals(0, run.exitCode);
  }

  @Test
  void writesNoRawBytesToATerminal() {
    Bytes rejected = Bytes.of(false, true, "", "encode", "text", "a", "--format", "raw");
    assertEquals(2, rejected.exitCode);
    assertEquals(0, rejected.out.length);
    assertEquals(
        Run.misused(
                "wscope encode",
                "raw bytes can garble a terminal; write them to a file with > FILE, or add --force")
            .err(),
        rejected.err);
    Bytes forced = Bytes.of(false, true, "", "encode", "text", "a", "--format", "raw", "--force");
    assertArrayEquals(new byte[] {(byte) 0x81, 1, 'a'}, forced.out);
  }

  @Test
  void usesAFreshKeyForEachFrame() {
    List<String> keys = new ArrayList<>();
    Run run = encode("text " + "a".repeat(64) + " --mask --fragment 1");
    run.out().lines().forEach(line -> keys.add(line.substring(6, 17)));
    assertEquals(64, keys.size());
    assertEquals(64, keys.stream().distinct().count(), "a key is repeated");
    assertNotEquals(encode("text a --mask").out(), encode("text a --mask").out());
  }

  // Sources of the payload.

  @Test
  void readsStandardInput() {
    assertEquals(new Run(0, "82 03 68 69 0a\n", ""), Run.reading("hi\n", "encode", "binary"));
    assertEquals(new Run(0, "81 02 68 69\n", ""), Run.reading("hi", "encode", "text", "-"));
    assertEquals(
        new Run(0, "81 02 68 69\n", ""), Run.reading("hi", "encode", "text", "--file", "-"));
    assertEquals(new Run(0, "81 00\n", ""), Run.reading("", "encode", "text"));
    assertEquals(new Run(0, "81 01 61\n", ""), Run.reading("hi", "encode", "text", "a"));
    assertEquals(
        new Run(0, "88 02 03 e8\n", ""),
        Run.reading(new ByteArrayInputStream(new byte[] {3, (byte) 0xe8}), "encode", "close"));
  }

  @Test
  void readsATerminalOnlyOnRequest() {
    Bytes empty = Bytes.of(true, false, "typed", "encode", "ping");
    assertEquals("89 00\n", new String(empty.out, UTF_8));
    assertEquals("", empty.err);
    Bytes typed = Bytes.of(true, false, "typed", "encode", "ping", "-");
    assertEquals("89 05 74 79 70 65 64\n", new String(typed.out, UTF_8));
    assertEquals("Type the payload, then press Enter and Ctrl+D.\n", typed.err);
  }

  @Test
  void readsAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("payload");
    Files.writeString(file, "hi\n");
    assertEquals("82 03 68 69 0a\n", Run.of("encode", "binary", "--file", file.toString()).out());
    Files.write(file, new byte[0]);
    assertEquals("82 00\n", Run.of("encode", "binary", "--file", file.toString()).out());
    String none = folder.resolve("none").toString();
    assertEquals(
        new Run(3, "", "wscope: the file " + none + " does not exist\n"),
        Run.of("encode", "binary", "--file", none));
    assertEquals(
        new Run(3, "", "wscope: cannot read the file " + folder + ": Is a directory\n"),
        Run.of("encode", "binary", "--file", folder.toString()));
  }

  @Test
  void encodesALargeFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("payload");
    byte[] payload = new byte[3_000_001];
    Files.write(file, payload);
    Bytes run =
        Bytes.of(
            false,
            false,
            "",
            "encode",
            "binary",
            "--file",
            file.toString(),
            "--mask-key",
            "01020304",
            "--fragment",
            "1000000",
            "--format",
            "raw");
    assertEquals(3 * (14 + 1_000_000) + 7, run.out.length);
    assertEquals(0x02, run.out[0]);
    assertEquals(1, run.out[14]);
    assertEquals(4, run.out[14 + 999_999]);
    assertEquals((byte) 0x80, run.out[run.out.length - 7]);
  }

  // Broken rules.

  @Test
  void rejectsAViolation() {
    assertEquals(
        new Run(
            1,
            "",
            """
              ✗ close-code-never-sent   RFC 6455 §7.4.1 → close 1002
                  The close code is for local use only and must never be sent
                  found: code 1006
                  hint: 1005 means a Close without a code; 1006 means no Close; 1015 means that TLS failed
                  at: frame 1, byte 2
            wscope: nothing was written; to break the rules, add --break close-code-never-sent or --force
            """),
        encode("close 1006"));
  }

  @Test
  void reportsSeveralViolations() {
    String report =
        """
          ✗ control-frame-fragmented   RFC 6455 §5.5 → close 1002
              A control frame has FIN 0, but control frames must not be fragmented
              found: ping with FIN 0
              hint: set FIN on every close, ping and pong
              at: frame 1, byte 0
          ✗ continuation-without-message   RFC 6455 §5.4 → close 1002
              A continuation frame arrives while no message is open
              found: continuation
              hint: a message starts with a text or binary frame with FIN 0
              at: frame 2, byte 3; 1 more time
        """;
    assertEquals(
        new Run(1, "", report + "wscope: nothing was written; to break the rules, add --force\n"),
        encode("ping abc --fragment 1"));
    assertEquals(
        new Run(0, "09 01 61\n00 01 62\n80 01 63\n", report),
        encode("ping abc --fragment 1 --force"));
  }

  @Test
  void breaksARuleOnRequest() {
    String report =
        """
          ✗ rsv1-without-extension   RFC 6455 §5.2 → close 1002
              RSV1 is set, but no extension that uses it was negotiated
              found: RSV1 1
              hint: with permessage-deflate, RSV1 marks a compressed message; try decode --deflate
              at: frame 1, byte 0
        """;
    Run broken = new Run(0, "c1 02 48 69\n", report);
    assertEquals(broken, encode("text Hi --break rsv1-without-extension"));
    assertEquals(broken, encode("text Hi --break RSV1-WITHOUT-EXTENSION"));
    // Frames that already break the rule are not changed.
    assertEquals(broken, encode("text Hi --rsv rsv1 --break rsv1-without-extension"));
    assertEquals(broken, encode("text Hi --rsv rsv1 --force"));
    assertEquals("88 02 03 ed\n", encode("close 1005 --break close-code-never-sent").out());
  }

  /** A request to break one rule does not permit another violation. */
  @Test
  void rejectsASecondViolation() {
    Run run = encode("text Hi --rsv rsv2 --break rsv1-without-extension");
    assertEquals(new Run(1, "", run.err()), run);
    assertTrue(run.err().contains("✗ rsv1-without-extension"), run.err());
    assertTrue(run.err().contains("✗ rsv2-without-extension"), run.err());
    assertTrue(
        run.err().endsWith("wscope: nothing was written; to break the rules, add --force\n"),
        run.err());
  }

  @Test
  void notesThatOtherOptionsPreventTheViolation() {
    // With RSV bits, the payload is not plain text, so it need not be UTF-8.
    Run run = encode("text Hi --rsv rsv2 --break text-not-utf8 --force");
    assertEquals(new Run(0, "a1 03 48 69 ff\n", run.err()), run);
    assertTrue(run.err().endsWith("note: these options do not break text-not-utf8\n"), run.err());
  }

  @Test
  void masksOrUnmasksForRulesOfOneEnd() {
    assertTrue(encode("text Hi --break client-frame-unmasked").out().startsWith("81 02 48 69"));
    assertTrue(
        encode("text Hi --mask --break client-frame-unmasked").out().startsWith("81 02 48 69"));
    assertEquals(
        "81 82 00 00 00 00 48 69\n",
        encode("text Hi --mask-key 00000000 --break server-frame-masked").out());
    assertEquals(0, encode("text Hi --break server-frame-masked").out().indexOf("81 82 "));
  }

  /** A receiver that negotiated permessage-deflate would see this violation. */
  @Test
  void breaksARuleOfPermessageDeflate() {
    assertEquals(
        new Run(
            0,
            "c1 03 07 48 69\n",
            """
              ✗ compressed-data-corrupt   RFC 7692 §7.2.2 → close 1007
                  The payload of a compressed message is not valid DEFLATE data
                  found: invalid block type
                  hint: send raw DEFLATE (RFC 1951), without a zlib or gzip header
                  at: frame 1, byte 2
            """),
        encode("text Hi --break compressed-data-corrupt"));
    // Frames that already break the rule are not changed.
    assertEquals(
        "c1 05 48 65 6c 6c 6f\n",
        encode("text Hello --rsv rsv1 --break compressed-data-corrupt").out());
  }

  @Test
  void commitsEveryFaultOnAnyFrame() {
    for (String id : FaultConverter.ids()) {
      for (String args : List.of("text Hi", "ping Hi --mask", "close 1000 bye", "binary --mask")) {
        Run run = encode(args + " --break " + id);
        assertEquals(0, run.exitCode(), () -> id + " with " + args + "\n" + run.err());
        assertTrue(run.err().matches("(?s)(.*\n)?  [✗!] " + id + " .*"), () -> id + run.err());
      }
    }
  }

  @Test
  void completesTheIdsOfFaults() {
    List<String> ids = new ArrayList<>();
    CommandSpec encode = new EncodeCommand(Run.stdio(System.in, System.out, System.err)).spec();
    encode.findOption("--break").completionCandidates().forEach(ids::add);
    assertEquals(FaultConverter.ids(), ids);
  }

  @Test
  void notesThatAContinuationNeedsAnOpenMessage() {
    assertEquals(
        new Run(
            0,
            "80 02 48 69\n",
            "note: a continuation is valid only after a text or binary frame with FIN 0\n"),
        encode("continuation Hi"));
    Run broken = encode("continuation Hi --break continuation-without-message");
    assertEquals("80 02 48 69\n", broken.out());
    assertTrue(broken.err().startsWith("  ✗ continuation-without-message "), broken.err());
  }

  @Test
  void rejectsALongReason() {
    assertEquals(0, encode("close 1000 " + "x".repeat(123)).exitCode());
    Run run = encode("close 1000 " + "x".repeat(124));
    assertEquals(new Run(1, "", run.err()), run);
    assertTrue(run.err().contains("found: 126 bytes in the 16-bit form\n"), run.err());
    assertTrue(run.err().contains("hint: a close reason may have 123 bytes"), run.err());
  }

  /** RFC 7692 §7.2.3.1, unfragmented and fragmented, and §7.2.3.6. */
  @Test
  void compressesMessages() {
    assertEquals(new Run(0, "c1 07 f2 48 cd c9 c9 07 00\n", ""), encode("text Hello --deflate"));
    assertEquals(new Run(0, "c1 01 00\n", ""), Run.of("encode", "text", "", "--deflate"));
    assertEquals(
        "41 03 f2 48 cd\n00 03 c9 c9 07\n80 01 00\n",
        encode("text Hello --deflate --fragment 3").out());
    assertEquals(
        "c1 87 00 00 00 00 f2 48 cd c9 c9 07 00\n",
        encode("text Hello --deflate --mask-key 00000000").out());
  }

  @Test
  void rejectsDeflateWhereItCannotApply() {
    assertEquals(
        Run.misused(
            "wscope encode", "--deflate compresses text and binary messages only (RFC 7692 §6)"),
        encode("ping Hello --deflate"));
    assertEquals(
        Run.misused(
            "wscope encode",
            "--break cannot be combined with --deflate; omit --deflate, even for a rule of RFC"
                + " 7692"),
        encode("text Hello --deflate --break reserved-opcode"));
    // The text must be UTF-8 before it is compressed.
    Run invalid = encode("text --hex ff --deflate");
    assertEquals(new Run(1, "", invalid.err()), invalid);
    assertTrue(invalid.err().startsWith("  ✗ text-not-utf8 "), invalid.err());
  }

  // Wrong usage.

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "close 65536 | the close code '65536' is not a number from 0 to 65535; try: close 1000"
            + " \"bye\"",
        "close bye | the close code 'bye' is not a number from 0 to 65535; try: close 1000 \"bye\"",
        "close 1000 good bye | a close has a code and a reason; put a reason of several words in quotes",
        "text Hello World | the payload must be one argument, not 2; put the payload in quotes",
        "text a --hex 61 | give only one of PAYLOAD, --hex and --file",
        "text --hex 61 --file x | give only one of PAYLOAD, --hex and --file",
        "text --close 1000 | --close sets the opcode; omit OPCODE",
        "--mask | no opcode given; try: wscope encode text \"Hello\" --mask",
        "text --hex 810g | --hex: 'g' is not a hex digit at character 4",
        "text --hex 810 | --hex: an odd number of hex digits ends at character 3",
        "text a --mask-key 3d5423 | --mask-key takes 4 bytes (8 hex digits, such as 3d542306),"
            + " not 3",
        "text a --mask-key 3d54230x | --mask-key: 'x' is not a hex digit at character 8",
        "txt a | OPCODE: unknown opcode 'txt'; write text, binary, continuation, close, ping, pong, or a number from 0 to 15 or 0x0 to 0xf; did you mean text?",
        "16 a | OPCODE: unknown opcode '16'; write text, binary, continuation, close, ping, pong, or a number from 0 to 15 or 0x0 to 0xf",
        "reserved a | OPCODE: unknown opcode 'reserved'; write text, binary, continuation, close, ping, pong, or a number from 0 to 15 or 0x0 to 0xf",
        "text a --rsv 1 | --rsv: '1' is not valid; write names such as rsv1 or rsv1,rsv3, or the"
            + " three bits as on the wire, such as 100 for RSV1",
        "text a --length-form 8 | --length-form: a length has 7, 16 or 64 bits, not '8'",
        "text a --fragment x | --fragment: 'x' is not a number of bytes from 1 to 2147483647",
        "text a --fragment 0 | --fragment: '0' is not a number of bytes from 1 to 2147483647",
        "text a --fragment=-1 | --fragment: '-1' is not a number of bytes from 1 to 2147483647",
        "text a --format rust | --format: 'rust' is not one of hex, 0x, c, java, python, base64, raw",
        "text a --break rsv | --break: unknown rule 'rsv'; did you mean rsv1-on-continuation?",
        "text a --break lenght-not-minimal | --break: unknown rule 'lenght-not-minimal'; did"
            + " you mean length-not-minimal?",
        "text a --break message-too-big | --break: no frame breaks message-too-big, because it"
            + " depends on"
            + " the receiver's limits",
        "text a --break key-missing | --break: no frame breaks key-missing, because it is a rule"
            + " of the"
            + " opening handshake",
      })
  void reportsWrongUsage(String args, String message) {
    assertEquals(Run.misused("wscope encode", message), encode(args));
  }

  @Test
  void rejectsALengthFormThatIsTooShort() {
    assertEquals(
        Run.misused(
            "wscope encode",
            "200 bytes do not fit in the 7-bit length, which holds up to 125; omit --length-form,"
                + " or add --fragment 125"),
        encode("text " + "x".repeat(200) + " --length-form 7"));
    assertEquals(
        0, encode("text " + "x".repeat(250) + " --length-form 7 --fragment 125").exitCode());
    // The fault adds a byte, which no longer fits.
    assertEquals(
        2, encode("text " + "x".repeat(125) + " --length-form 7 --break text-not-utf8").exitCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\ud83d", "a\ude00b", "\u0000\ud83d\ud83d\ude00"})
  void rejectsALoneSurrogate(String text) {
    Run run = Run.of("encode", "text", text);
    assertEquals(new Run(2, "", run.err()), run);
    assertTrue(run.err().startsWith("wscope encode: the lone surrogate U+D"), run.err());
    assertTrue(run.err().contains(" at character 2 is not text; use --hex for bytes\n"), run.err());
    assertEquals(run, Run.of("encode", "text", text));
  }

  @Test
  void notesAReplacementCharacter() {
    assertEquals(
        new Run(
            0,
            "81 03 ef bf bd\n",
            "note: the payload has U+FFFD, which often stands for bytes that are not text in this"
                + " locale; use --hex or --file for bytes\n"),
        encode("text \ufffd"));
  }

  /** S15: error messages escape the arguments that they quote. */
  @Test
  void escapesArgumentsInMessages() {
    Run run = Run.of("encode", "\u001b[2J");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().chars().noneMatch(c -> c == 0x1b), run.err());
    Run rule = Run.of("encode", "text", "a", "--break", "\u001b[2J".repeat(10_000));
    assertEquals(2, rule.exitCode());
    assertTrue(rule.err().chars().noneMatch(c -> c == 0x1b));
  }

  private static Run encode(String args) {
    return Run.of(("encode " + args).split(" ", -1));
  }

  /** The result of a run whose output is not text, or whose streams are terminals. */
  private static final class Bytes {
    private byte[] out;
    private String err;
    private int exitCode;

    static Bytes of(boolean inputTerminal, boolean outputTerminal, String in, String... args) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Bytes run = new Bytes();
      run.exitCode =
          Run.on(
              new Stdio(
                  new ByteArrayInputStream(in.getBytes(UTF_8)),
                  out,
                  err,
                  inputTerminal,
                  outputTerminal,
                  true,
                  true,
                  0),
              args);
      run.out = out.toByteArray();
      run.err = err.toString(UTF_8);
      return run;
    }
  }
}
