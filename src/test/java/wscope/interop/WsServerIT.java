package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.Run;

/** What Node's ws says about what {@code wscope connect} sends. */
@Tag("interop")
@Timeout(60)
class WsServerIT {
  private static ServerScript server;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    server = new ServerScript(ClientProcess.script("ws-server.mjs"));
    url = server.url("/");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "--no-deflate",
    "--deflate=client_max_window_bits",
    "--deflate=server_no_context_takeover;client_no_context_takeover",
    "--deflate=server_max_window_bits=9;client_max_window_bits=9",
    "--fragment=3",
    "--split=2",
  })
  void echoes(String option) throws IOException {
    List<String> args = new ArrayList<>(List.of("connect", url, option, "-s", "chat,log"));
    for (String text : List.of("Hello", "Hello", "\u20ac", "")) {
      args.addAll(List.of("-x", text, "--expect", "^" + text + "$"));
    }
    Run run = Run.of(args.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.out());
    assertTrue(run.out().contains("   subprotocol: chat\n"), run.out());
    assertEquals("no error 1000", server.line());
  }

  /** The columns: the fault, what ws says about it. */
  @ParameterizedTest
  @CsvSource({
    "client-frame-unmasked, WS_ERR_EXPECTED_MASK 1006",
    "reserved-opcode, WS_ERR_INVALID_OPCODE 1006",
    "rsv2-without-extension, WS_ERR_UNEXPECTED_RSV_2_3 1006",
    "control-frame-fragmented, WS_ERR_EXPECTED_FIN 1006",
    "text-not-utf8, WS_ERR_INVALID_UTF8 1006",
    "close-code-never-sent, WS_ERR_INVALID_CLOSE_CODE 1006",
  })
  void provokesErrors(String fault, String reported) throws IOException {
    Run run = Run.of("connect", url, "-x", "a", "--fault", fault, "--linger", "2s");
    assertEquals(5, run.exitCode(), run.out());
    assertEquals(reported, server.line());
  }

  @Test
  void isRejectedForAnInvalidKey() {
    Run run = Run.of("connect", url, "--fault", "key-malformed");
    assertEquals(4, run.exitCode());
    assertTrue(
        run.out().contains("\n< body     \"Missing or invalid Sec-WebSocket-Key header\"\n"),
        run.out());
  }
}
