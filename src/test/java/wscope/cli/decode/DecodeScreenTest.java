package wscope.cli.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
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

/** {@code wscope decode}: previews, colours, character sets and the width of a screen. */
class DecodeScreenTest {
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
  void showsThePayloadOfAReservedControlFrameAsBytes() {
    Run run = Run.of(decode("-d messages 8b 02 00 01 8b 00"));
    assertEquals(
        List.of("reserved, 2 bytes   00 01   |..|", "reserved, 0 bytes"),
        run.out().lines().filter(line -> line.startsWith("reserved")).toList());
    assertEquals(new Run(1, run.out(), ""), run);
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
}
