package wscope.cli.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.cli.decode.DecodeArguments.decode;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import wscope.cli.Run;

/** {@code wscope decode}: compressed messages, with a handshake or without. */
class DecodeCompressionTest {
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
}
