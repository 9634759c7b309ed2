package wscope.cli.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import wscope.cli.option.ReportOptions;
import wscope.cli.process.Stdio;
import wscope.support.SampleHandshake;

/** Whole sessions at the prompt of {@code wscope decode}, on terminals that are streams. */
@Timeout(20)
class DecodePromptTest {
  private static final String WELCOME =
      "Paste bytes of a stream and press Enter. /help shows the commands.\n";

  @Test
  void decodesAFrameInTwoPastes() throws IOException {
    assertEquals(
        WELCOME
            + """
            decode> frame 1   text, FIN, masked, 3 bytes                        bytes 0-8
                0  81           1... ....  FIN             1    the message ends here
                                .0.. ....  RSV1            0
                                ..0. ....  RSV2            0
                                ...0 ....  RSV3            0
                                .... 0001  opcode          0x1  text
                1  83           1... ....  MASK            1    masked: sent by a client
                                .000 0011  payload length  3
                2  3d 54 23 06             masking key
            = awaiting 2 bytes of the payload data of frame 1; message 1 open (1 byte)
            decode>     6  70 10 6d                masked payload
                   4d 44 4e                payload         "MDN"
            message 1   text, 3 bytes in 1 frame   "MDN"
            = awaiting the next frame
            decode>\s""",
        session("-d bits", "81 83 3d 54 23 06 70\n10 6d\n"));
  }

  @Test
  void aBackslashIsNamedAsItIs() throws IOException {
    String shown = session("-d bits", "81 \\ 00\n");
    assertEquals(WELCOME + "decode> '\\' is not a hex digit at character 4\ndecode> ", shown);
  }

  @Test
  void saysWhatFollowsAfterEachPaste() throws IOException {
    assertEquals(
        WELCOME
            + """
            decode> = awaiting 1 byte of the payload length of frame 1
            decode> frame 1    FIN 0  RSV 000  opcode 0x1 text          MASK 0  length 1                       bytes 0-2   "a"
            = awaiting the next frame; message 1 open (1 byte)
            decode> frame 2    FIN 1  RSV 000  opcode 0x9 ping          MASK 0  length 0                       bytes 3-4
            = awaiting 5 bytes of the extended payload length of frame 3; message 1 open (1 byte)
            decode> = a new stream, sender auto
            decode> frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 1                       bytes 0-2   "b"
            = awaiting the next frame
            decode>\s""",
        session("-d frames", "01\n01 61\n89 00 80 7f 00 00 00\n/reset\n81 01 62\n"));
  }

  @Test
  void aBadPasteChangesNothing() throws IOException {
    assertEquals(
        WELCOME
            + """
            decode> = awaiting 1 byte of the payload data of frame 1; message 1 open (0 bytes)
            decode> 'g' is not a hex digit at character 5
            decode> note: read as hex; it could be decimal as well: wscope decode --from decimal
            frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 1                       bytes 0-2   "a"
            = awaiting the next frame
            decode>\s""",
        session("-d frames", "81 01\n61 8g\n61\n"));
  }

  @Test
  void aPasteWithoutBytes() throws IOException {
    assertEquals(
        WELCOME
            + """
            decode> no bytes found; try: 81 05 48 65 6c 6c 6f
            decode> decode>\s""",
        session("-d frames", "zz\n \n"));
  }

  @Test
  void inflatesAfterTheCommandDeflate() throws IOException {
    // RFC 7692 §7.2.3.2: the second message refers to the first.
    assertEquals(
        WELCOME
            + """
            decode> = a new stream, sender auto, with
              permessage-deflate; server_max_window_bits=10
            decode> message 1   text, 5 bytes in 1 frame, inflated from 7 bytes   "Hello"
            = awaiting the next frame
            decode> message 2   text, 5 bytes in 1 frame, inflated from 5 bytes   "Hello"
            = awaiting the next frame
            decode> = a new stream, sender auto
            decode> unknown parameter 'window'; the valid parameters are server_no_context_takeover,\
             client_no_context_takeover, server_max_window_bits=8..15 and\
             client_max_window_bits=8..15, at character 1
            decode>\s""",
        session(
            "-d messages",
            """
            /deflate server_max_window_bits=10
            c1 07 f2 48 cd c9 c9 07 00
            c1 05 f2 00 11 00 00
            /deflate off
            /deflate window
            """));
  }

  @Test
  void changesSenderAndDetail() throws IOException {
    assertEquals(
        WELCOME
            + """
            decode> = a new stream, sender client
            decode> broken   1 frame, 1 message, 1 violation
            = awaiting the next frame
            decode> decode> message 2   text, 1 byte in 1 frame   "a"
            = awaiting the next frame
            decode> usage: /detail bits|frames|messages|none
            decode> 'me' is not one of auto, client, server
            decode>\s""",
        session(
            "-d none",
            "/sender client\n81 00\n/detail messages\n81 81 00 00 00 00 61\n/detail\n/sender me\n"));
  }

  @Test
  void showsAFrameThatBeganWithLessDetail() throws IOException {
    assertEquals(
        WELCOME
            + """
            decode> = awaiting 1 byte of the payload data of frame 1; message 1 open (1 byte)
            decode> decode> frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   "jk"
            = awaiting the next frame
            decode>\s""",
        session("-d messages", "81 02 6a\n/detail frames\n6b\n"));
  }

  @Test
  void saysWhatFollowsInAHandshake() throws IOException {
    String head = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
    String key =
        "Sec-WebSocket-Key: " + SampleHandshake.KEY + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
    String shown =
        session("-d frames", hex("G") + "\n" + hex(head.substring(1)) + "\n" + hex(key) + "\n");
    List<String> awaited = shown.lines().filter(line -> line.contains("= awaiting")).toList();
    assertEquals(
        List.of(
            "= awaiting more bytes: a handshake or a frame may start here",
            "decode> = awaiting the empty line that ends the head of the request",
            "= awaiting the response to the request"),
        awaited,
        shown);
  }

  @Test
  void saysThatNoFrameCanFollow() throws IOException {
    String shown = session("-d frames", "82 ff ff ff ff ff ff ff ff ff 00 00 00 00\n");
    assertTrue(
        shown.contains(
            "= no frame can be found after the last header; /reset starts a new stream\n"),
        shown);
  }

  @Test
  void runsCommands() throws IOException {
    assertEquals(
        WELCOME
            + """
            decode> unknown command /dfelate; did you mean /deflate?
            decode> unknown command /frobnicate; /help lists all commands
            decode> Bytes that you type continue the stream; write them as for wscope decode.
              /help                             show this help
              /reset                            begin a new stream
              /deflate [PARAMETERS|off]         begin a new stream with this compression
              /sender auto|client|server        begin a new stream from this sender
              /detail bits|frames|messages|none show more or less of each frame
              /quit                             leave the prompt, as Ctrl+D does
            decode> decode>\s""",
        session("-d frames", "/dfelate\n/frobnicate\n/help\n\n/quit\n81 00\n"));
  }

  @Test
  void readsABracketedPaste() throws IOException {
    String shown = session(null, "xterm", "-d frames", "\u001b[200~81 02\r61\r62\r\u001b[201~\r");
    assertTrue(
        shown.contains(
            "frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"ab\"\n= awaiting the next"),
        shown);
  }

  @Test
  void completesCommands() throws IOException {
    String shown = session(null, "xterm", "-d frames", "/sen\tcl\t\r/res\t\r");
    assertTrue(shown.contains("= a new stream, sender client\n"), shown);
  }

  @Test
  void keepsTheHistoryAcrossSessions(@TempDir Path directory) throws IOException {
    Path history = Files.createFile(directory.resolve("history"));
    session(history, "dumb", "-d frames", "81 00\n81 01\n");
    assertEquals("81 00\n81 01\n", Files.readString(history));
    // Goes two lines back in the history.
    String shown = session(history, "xterm", "-d frames", "\u0010\u0010\r");
    assertTrue(
        shown.contains("frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 0"),
        shown);
  }

  @Test
  void limitsTheHistory(@TempDir Path directory) throws IOException {
    Path history = Files.createFile(directory.resolve("history"));
    StringBuilder typed = new StringBuilder();
    for (int i = 0; i < 1500; i++) {
      typed.append("/reset ").append(i).append('\n');
    }
    session(history, "dumb", "-d frames", typed.toString());
    List<String> kept = Files.readAllLines(history);
    assertTrue(kept.size() <= 1000, () -> kept.size() + " lines");
    assertEquals("/reset 1499", kept.get(kept.size() - 1));
  }

  @Test
  void breaksLinesBetweenWords() throws IOException {
    String shown =
        session(null, "dumb", "-d frames", "/help\n/none-of-these-is-a-known-command\n", 60);
    for (String line : shown.replace("decode> ", "").lines().toList()) {
      assertTrue(line.length() <= 60, line);
    }
    assertTrue(shown.contains("shows the\ncommands."), shown);
  }

  /** The screen of a dumb terminal after a session. */
  private static String session(String options, String typed) throws IOException {
    return session(null, "dumb", options, typed);
  }

  private static String session(@Nullable Path history, String type, String options, String typed)
      throws IOException {
    return session(history, type, options, typed, 0);
  }

  private static String session(
      @Nullable Path history, String type, String options, String typed, int columns)
      throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(typed.getBytes(UTF_8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CommandSpec spec = CommandSpec.create();
    ReportOptions report = new ReportOptions(spec);
    new CommandLine(spec).parseArgs(options.split(" ", -1));
    PromptStream stream =
        new PromptStream(
            new Stdio(in, out, out, true, true, true, false, columns),
            report,
            null,
            SenderChoice.AUTO,
            null);
    try (Terminal terminal = new DumbTerminal("test", type, in, out, UTF_8)) {
      assertEquals(0, new DecodePrompt(stream, history).run(terminal));
    }
    return out.toString(UTF_8);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }
}
