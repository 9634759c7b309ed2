package wscope.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.Run;
import wscope.report.json.EventSchema;
import wscope.support.CannedServer;

/** Servers that send too much, or without end, to {@code wscope check}. */
@Timeout(60)
class CheckedHostileServersTest {
  private static Run check(CannedServer.Treatment treatment, String... options) throws IOException {
    try (CannedServer server = new CannedServer(treatment)) {
      List<String> args =
          new ArrayList<>(List.of("check", "ws://127.0.0.1:" + server.port() + "/"));
      args.addAll(List.of("--case-time", "300ms"));
      args.addAll(List.of(options));
      return Run.of(args.toArray(String[]::new));
    }
  }

  /** The probe ends in time, and nothing of the server reaches the terminal unescaped. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: \u001b]0;title\u0007\r\n",
        "X: \u001b[2J\r\n",
        "\u001b[2J\u009b2J\u202e",
        "\0",
      })
  void sendsHeadsWithoutEnd(String part) throws IOException {
    Run run =
        check(
            peer -> {
              peer.request();
              while (true) {
                peer.send(part);
              }
            },
            "--probe");
    assertEquals(4, run.exitCode(), run.out());
    assertTrue(run.out().chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)), run.out());
    assertTrue(run.out().indexOf('\u202e') < 0, run.out());
  }

  /** Frames without end count, but neither their number nor their bytes are kept. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\u0081\0", "\u0089\0", "\u0001\0", "\u0081\u0001x", "\u0000\u0000", "\u0083\0"})
  void sendsFramesWithoutEnd(String frame) throws IOException {
    String many = frame.repeat(20_000);
    Run run =
        check(
            peer -> {
              peer.open();
              while (true) {
                peer.send(many);
              }
            },
            "--case",
            "framing/length/text/1",
            "--total-time",
            "5s");
    assertEquals(1, run.exitCode(), run.out());
  }

  /** A CI system that reads no file, or an empty one, sees no failure. */
  @Test
  void writesAFileForCiAlthoughTheProbeFailed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("results.xml");
    Run run =
        check(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
            },
            "--case",
            "close/code/1000",
            "--junit",
            file.toString());
    assertEquals(4, run.exitCode(), run.out());
    String xml = Files.readString(file);
    assertTrue(
        xml.contains(
            """
              <testsuite name="probe" tests="1" failures="1" errors="0" skipped="0">
                <testcase classname="probe" name="probe" time="0.000">
                  <failure type="fail" message="expected a WebSocket that opens, serves and closes;\
             came: handshake: the response is 404 Not Found instead of 101">\
            """),
        xml);
    assertTrue(
        xml.contains(
            """
              <testsuite name="close" tests="1" failures="0" errors="0" skipped="1">
                <testcase classname="close" name="close/code/1000" time="0.000">
                  <skipped message="not run: the probe failed"/>
                </testcase>
              </testsuite>
            """),
        xml);
  }

  /**
   * The report says why there is no response. RFC 9110 §15.2 allows any number of interim ones, so
   * no rule is named. The columns: what the server sends, how often, and what the probe says.
   */
  @ParameterizedTest
  @CsvSource({
    "100 Continue, 11, 'more than 10 interim responses, and no final one'",
    "103 Early Hints, 10, '10 interim responses, and no final one'",
    "100 Continue, 1, '1 interim response, and no final one'",
  })
  void saysWhyThereIsNoResponse(String status, int count, String found) throws IOException {
    Run run =
        check(
            peer -> {
              peer.request();
              peer.send(("HTTP/1.1 " + status + "\r\n\r\n").repeat(count));
              peer.rest();
            },
            "--probe");
    assertEquals(4, run.exitCode(), run.out());
    assertTrue(run.out().contains("\n  handshake   ✗ " + found + "\n"), run.out());
  }

  @Test
  void saysThatAResponseHasOnlyBegun() throws IOException {
    Run run =
        check(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: web");
            },
            "--probe");
    assertEquals(4, run.exitCode(), run.out());
    assertTrue(
        run.out()
            .replaceAll("\\n +", " ")
            .contains("✗ only the beginning of a response: HTTP/1.1 101 Switching Protocols "),
        run.out());
  }

  /** Only the probe gets a WebSocket: the cases see too many interim responses. */
  @Test
  void aFloodOfInterimResponsesBreaksNoRule() throws IOException {
    AtomicInteger count = new AtomicInteger();
    Run run =
        check(
            peer -> {
              if (count.getAndIncrement() == 0) {
                peer.open();
                return;
              }
              peer.request();
              peer.send("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(11));
              peer.rest();
            },
            "--case",
            "handshake/names/lower",
            "--format",
            "json");
    List<JsonNode> lines = EventSchema.parse(EventSchema.check(run.out()));
    JsonNode found =
        lines.stream().filter(line -> line.path("type").asText().equals("case")).findFirst().get();
    assertEquals("fail", found.path("outcome").asText());
    assertTrue(found.path("brokenRule").isMissingNode(), run.out());
    assertEquals("more than 10 interim responses, and no final one", found.path("came").asText());
  }

  /** RFC 6455 §7.1.5: the close code is that of the first Close. */
  @Test
  void theFirstOfTwoClosesCounts() throws IOException {
    String closes = "\u0088\u0002\u0003\u00ea" + "\u0088\u0002\u0003\u00e8";
    Run run =
        check(
            peer -> {
              peer.open();
              peer.socket().getInputStream().read();
              peer.send(closes);
            },
            "--case",
            "framing/reserved-opcode/3");
    assertEquals(0, run.exitCode(), run.out());
    assertTrue(run.out().contains("\nframing    1      1     0 "), run.out());
  }

  /** Each case would take its whole time: what is similar to the first eight is left out. */
  @Test
  void doesNotWaitAgainAndAgainForAServerThatHangs() throws IOException {
    AtomicInteger count = new AtomicInteger();
    Run run =
        check(
            peer -> {
              if (count.getAndIncrement() == 0) {
                peer.open();
              }
              peer.rest();
            });
    assertEquals(1, run.exitCode(), run.out());
    String list = Run.of("check", "--list").out();
    int cases = Integer.parseInt(list.replaceAll("(?s).*\\n(\\d+) cases\\n", "$1"));
    assertTrue(
        run.out()
            .contains(
                "\nleft out: "
                    + (cases - 16)
                    + " cases, because the server ignored 8 similar requests in a row\n"),
        run.out());
    // No part of the bar stands for a case that passed.
    assertTrue(
        run.out().contains("\nhandshake  16     0     3        0     13    0              ~~~xxxx"),
        run.out());
  }

  /** Eleven requests are for versions that no server has; those after them are valid. */
  @Test
  void aServerThatIgnoresInvalidRequestsGetsTheValidOnes() throws IOException {
    AtomicInteger count = new AtomicInteger();
    Run run =
        check(
            peer -> {
              int number = count.getAndIncrement();
              if (number == 0 || number > 8) {
                peer.open();
              }
              peer.rest();
            },
            "--case",
            "handshake/version-unsupported/*",
            "--case",
            "handshake/upgrade/*");
    assertEquals(1, run.exitCode(), run.out());
    assertTrue(
        run.out()
            .contains(
                "\nleft out: 3 cases, because the server ignored 8 similar requests in a row\n"),
        run.out());
    assertTrue(run.out().contains("\nhandshake  11     0 "), run.out());
  }

  @Test
  void escapesWhatAServerNames() throws IOException {
    Run run =
        check(
            peer -> {
              peer.open("Sec-WebSocket-Protocol: \u001b[31mred");
              peer.rest();
            },
            "--case",
            "handshake/subprotocol-not-offered/response");
    assertEquals(1, run.exitCode(), run.out());
    assertTrue(run.out().indexOf('\u001b') < 0, run.out());
  }
}
