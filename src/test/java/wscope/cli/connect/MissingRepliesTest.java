package wscope.cli.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.Run;
import wscope.support.CannedServer;

/**
 * If an expected message does not arrive, the client says what is conspicuous about the last ones.
 */
@Timeout(30)
class MissingRepliesTest {
  private static final String LENGTH =
      "nothing came after the client's frame 1, the first with a 16-bit length; look at the line"
          + " that reads the length";
  private static final String FRAGMENTS =
      "nothing came after the client's frame 1, the first of a message in fragments; look at the"
          + " line that reads FIN";
  private static final String ONE_OF_TWO =
      "the client sent 2 messages at once, and 1 came back; does the server look for another frame"
          + " in what one read returns?";
  private static final String BEGINNING =
      "the last message has only the first 2 of the 5 bytes of the client's; does the server take"
          + " what one read returns for the whole frame?";
  private static final String INCOMPLETE =
      "the server's frame 1 is incomplete: 2 of 51200 bytes have arrived";
  private static final String BINARY = "message 1: it is binary, and would fit as text";

  /** The columns: the options before the expectation, the frames of the server, the hint. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-x Hello | | ",
        "-x Hello | 81 01 78 | ",
        "-x {126} | | " + LENGTH,
        "-x {125} | | ",
        "-x {126} | 81 01 78 | ",
        "--fragment 2 -x Hello | | " + FRAGMENTS,
        "--fragment 2 -x He | | ",
        "-x a -x b | 81 01 61 | " + ONE_OF_TWO,
        "-x a -x b | 81 01 61 81 01 62 | ",
        "-x Hello | 81 02 48 65 | " + BEGINNING,
        "-x Hello | 81 02 48 66 | ",
        "-x {126} | 81 7e c8 00 61 61 | " + INCOMPLETE,
        "-x Hello | 82 04 77 61 6e 74 | " + BINARY,
        "-x Hello | 81 04 57 61 6e 74 | ",
      })
  void saysWhatIsConspicuous(String options, @Nullable String frames, @Nullable String hint)
      throws Exception {
    Run run =
        against(
            frames,
            (options.replace("{126}", "a".repeat(126)).replace("{125}", "a".repeat(125))
                    + " --no-deflate --expect want")
                .split(" "));
    String missed = run.out().lines().filter(line -> line.startsWith("= missed")).findFirst().get();
    assertEquals(
        "= missed    want: no message matched within TIME" + (hint == null ? "" : "; " + hint),
        missed.replaceAll("within  ?TIME", "within TIME"));
    assertEquals(1, run.exitCode());
  }

  /** What a server has answered once is not conspicuous. */
  @Test
  void forgetsWhatTheServerHasAnswered() throws Exception {
    String message = "a".repeat(126);
    Run run =
        against(
            "81 01 78",
            "-x",
            message,
            "--expect",
            "x",
            "-x",
            message,
            "--expect",
            "want",
            "--no-deflate");
    assertEquals(
        "= missed    want: no message matched within TIME",
        run.out()
            .lines()
            .filter(line -> line.startsWith("= missed"))
            .findFirst()
            .get()
            .replaceAll("within  ?TIME", "within TIME"));
  }

  private static Run against(@Nullable String frames, String... options) throws IOException {
    StringBuilder bytes = new StringBuilder();
    for (String hex : frames == null ? new String[0] : frames.split(" ")) {
      bytes.append((char) Integer.parseInt(hex, 16));
    }
    try (CannedServer server =
        new CannedServer(
            peer -> {
              peer.open();
              peer.socket().getInputStream().read();
              peer.send(bytes.toString());
              peer.socket().shutdownOutput();
              peer.rest();
            })) {
      return ConnectRun.of(server.port(), "/", options);
    }
  }
}
