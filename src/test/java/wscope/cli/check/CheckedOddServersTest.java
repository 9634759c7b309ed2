package wscope.cli.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.Run;
import wscope.report.json.EventSchema;
import wscope.support.CannedServer;
import wscope.support.SentFrames;

/** Correct servers that echo only some messages, send more, or are not read. */
@Timeout(60)
class CheckedOddServersTest {
  private static final int MIB = 1 << 20;

  /** The bytes of 200000 pings, each with a header of 6 bytes and 125 bytes. */
  private static final int FLOOD = 200_000 * 131;

  private static JsonNode check(CannedServer.Treatment treatment, String name, String... options)
      throws IOException {
    try (CannedServer server = new CannedServer(treatment)) {
      List<String> args =
          new ArrayList<>(List.of("check", "ws://127.0.0.1:" + server.port() + "/"));
      args.addAll(List.of("--case", name, "--format", "json"));
      args.addAll(List.of(options));
      Run run = Run.of(args.toArray(String[]::new));
      return EventSchema.parse(EventSchema.check(run.out())).stream()
          .filter(line -> line.path("type").asText().equals("case"))
          .findFirst()
          .orElseThrow(() -> new AssertionError(run.out() + run.err()));
    }
  }

  private static String steady(String report) {
    return report.replaceAll("[\\d.]+ ms", "TIME");
  }

  /** A server of hixie-75: the probe names the protocol, and cases with frames are left out. */
  @Test
  void speaksAnOldProtocol() throws IOException {
    CannedServer.Treatment hixie =
        peer -> {
          peer.request();
          peer.send(
              """
              HTTP/1.1 101 Web Socket Protocol Handshake\r
              Upgrade: WebSocket\r
              Connection: Upgrade\r
              WebSocket-Origin: http://localhost\r
              WebSocket-Location: ws://localhost/\r
              \r
              """);
          peer.rest();
        };
    try (CannedServer server = new CannedServer(hixie)) {
      String url = "ws://127.0.0.1:" + server.port() + "/";
      Run run =
          Run.of(
              "check",
              url,
              "--case",
              "handshake/host-missing/fault",
              "--case",
              "framing/length/text/1",
              "--case-time",
              "200ms");
      String probe =
          """
          probe
            TCP         connected in TIME
            handshake   ✗ 101, but: The Sec-WebSocket-Accept field is missing: no
                        Sec-WebSocket-Accept field; the server uses an old protocol,
                        draft-hixie-thewebsocketprotocol-75, of Chrome 4 and Safari 5.0.0
                        (2010)
                        derive the value from Sec-WebSocket-Key; a client must not open
                        the connection without this field
          """;
      assertEquals(
          probe + "  offers      permessage-deflate was declined\n",
          steady(run.out().substring(0, run.out().indexOf("\n\n") + 1)));
      assertTrue(steady(Files.readString(Path.of("README.md"))).contains(probe));
      assertTrue(
          run.out()
              .endsWith(
                  """
                  left out: 1 case, because the handshake is broken, and no frames follow it
                  seed: 1
                  """),
          run.out());
      assertEquals(1, run.exitCode());
    }
  }

  /**
   * Whether a server returns binary messages too is tried before the cases. The columns: the
   * connections on which it returns them, the case, and the outcome. The probe has the first
   * connection, the binary one the second.
   */
  @ParameterizedTest
  @CsvSource({
    "9, framing/length/binary/1, pass",
    "1, framing/length/binary/1, pass",
    "2, framing/length/binary/1, fail",
    "0, framing/length/text/1, pass",
  })
  void binaryMessagesNeedNotComeBack(int echoed, String name, String outcome) throws IOException {
    AtomicInteger connections = new AtomicInteger();
    JsonNode found =
        check(
            peer -> {
              int number = connections.incrementAndGet();
              peer.open();
              SentFrames.serve(
                  peer,
                  (text, payload) -> {
                    if (text || number <= echoed) {
                      SentFrames.message(peer, text, payload);
                    }
                  });
            },
            name,
            "--case-time",
            "500ms");
    assertEquals(outcome, found.path("outcome").asText(), found::toString);
    assertEquals(name.contains("binary") ? 3 : 2, connections.get());
  }

  /** The columns: the bytes of a message before the echo, whether the echo differs, the outcome. */
  @ParameterizedTest
  @CsvSource({
    "0, false, pass",
    "0, true, fail",
    "1048576, false, pass",
    "1048577, false, not-judgeable",
    "1048577, true, not-judgeable",
  })
  void messagesBeyondAMebibyteAreNotKept(int before, boolean differs, String outcome)
      throws IOException {
    AtomicInteger connections = new AtomicInteger();
    JsonNode found =
        check(
            peer -> {
              boolean isCase = connections.incrementAndGet() > 1;
              peer.open();
              SentFrames.serve(
                  peer,
                  (text, payload) -> {
                    if (isCase && before > 0) {
                      SentFrames.message(peer, false, new byte[before]);
                    }
                    payload[0] = (byte) (payload[0] ^ (isCase && differs ? 1 : 0));
                    SentFrames.message(peer, text, payload);
                  });
            },
            "framing/length/text/1",
            "--case-time",
            "2s");
    assertEquals(outcome, found.path("outcome").asText(), found::toString);
    boolean unknown = outcome.equals("not-judgeable");
    assertEquals(unknown, found.path("came").asText().contains("more messages than wscope keeps"));
  }

  /** While wscope floods the server with pings, it takes none of the server's bytes. */
  @Test
  void theClientOfAFloodReadsNothing() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    AtomicLong written = new AtomicLong();
    AtomicLong writtenAtTheEnd = new AtomicLong(-1);
    AtomicInteger pings = new AtomicInteger();
    JsonNode found =
        check(
            peer -> {
              int number = connections.incrementAndGet();
              peer.open();
              if (number != 2) {
                SentFrames.serve(peer, (text, payload) -> SentFrames.message(peer, text, payload));
                return;
              }
              daemon(() -> fill(peer, written));
              // Half of the flood, so that wscope learns of the reset when it sends the rest.
              pings.set(peer.socket().getInputStream().readNBytes(FLOOD / 2).length);
              writtenAtTheEnd.set(written.get());
              peer.socket().setSoLinger(true, 0);
            },
            "patience/ping-flood");
    assertEquals("pass", found.path("outcome").asText(), found::toString);
    assertEquals(FLOOD / 2, pings.get());
    // What fits into the buffers of both sockets, which Linux limits to 4 and 6 MiB.
    assertTrue(
        writtenAtTheEnd.get() > 0 && writtenAtTheEnd.get() < 24 * MIB,
        () -> "bytes: " + writtenAtTheEnd);
    assertEquals(3, connections.get(), "the next client");
  }

  private static void fill(CannedServer.Peer peer, AtomicLong written) {
    byte[] pongs = "\u008a\0".repeat(32_768).getBytes(ISO_8859_1);
    try {
      while (written.get() < 256L * MIB) {
        peer.socket().getOutputStream().write(pongs);
        written.addAndGet(pongs.length);
      }
    } catch (IOException e) {
      // wscope has ended the connection.
    }
  }

  private static void daemon(Runnable action) {
    Thread thread = new Thread(action, "filler");
    thread.setDaemon(true);
    thread.start();
  }
}
