package wscope.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.Run;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/**
 * What Chromium, Playwright and curl log of a conversation with the real jar: wscope shows what the
 * client sent and received, and names the rules that the log cannot show (profile interop).
 */
@Tag("interop")
@Timeout(90)
class LogsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL_BYTES = "all bytes of both directions: every rule is judged";
  private static final String MESSAGES_ONLY =
      "not judgeable, because the capture has only messages: the rules of head, frame header, frame"
          + " order, compression, message, close body";
  private static final String HEADERS_ONLY =
      "not judgeable, because the capture has only the headers of frames: the rules of head,"
          + " message, close body, length-not-minimal, length-top-bit-set, masking-key-repeated,"
          + " compressed-data-corrupt, compressed-data-unfinished, compressed-data-out-of-window,"
          + " context-taken-over, window-exceeded";
  private static final String TRACED_BYTES =
      "the bytes that curl traced, without the pongs and Close frames that it sends itself: every"
          + " rule is judged on these";
  private static final String BYTES_MISSING =
      "not judgeable, because bytes are missing: the rules of frame header, frame order, message,"
          + " compression, close body";

  @TempDir private Path folder;

  /** The network log with all bytes, which has those inside of TLS, too. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsTheBytesThatChromiumLogs(boolean tls) throws Exception {
    Path log = folder.resolve("netlog.json");
    List<String> seen = converse(tls, folder.resolve("unused.har"), log, "Everything");
    List<JsonNode> events = events(log);
    List<String> shown = new ArrayList<>(messages(events));
    shown.add(closed(events));
    assertEquals(seen, shown);
    assertEquals(ALL_BYTES, fidelity(log));
  }

  /** The network log without bytes has the header of each frame, so the lengths are compared. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsTheHeadersThatChromiumLogs(boolean tls) throws Exception {
    Path log = folder.resolve("netlog.json");
    List<String> seen =
        converse(tls, folder.resolve("unused.har"), log, "Default", "--compress=off");
    List<String> lengths = new ArrayList<>();
    for (String line : seen.subList(0, seen.size() - 1)) {
      String[] words = line.split(" ", -1);
      lengths.add(words[0] + " " + words[1] + " " + words[2].length() / 2);
    }
    lengths.add("sent close " + (2 + "enough".length()));
    lengths.add("received close " + (2 + "enough".length()));
    assertEquals(lengths, lengths(events(log)));
    assertEquals(HEADERS_ONLY, fidelity(log));
  }

  /** Playwright leaves empty messages out, and the Close frames. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsTheMessagesThatPlaywrightWrites(boolean tls) throws Exception {
    Path har = folder.resolve("playwright.har");
    List<String> seen = converse(tls, har, folder.resolve("unused.json"), "Default");
    assertEquals(
        seen.stream().filter(line -> !line.endsWith(" ") && !line.startsWith("closed")).toList(),
        messages(events(har)));
    assertEquals(MESSAGES_ONLY, fidelity(har));
    assertTrue(
        decode(har)
            .err()
            .contains("note: Playwright leaves empty messages out of a HAR; they cannot be shown"));
  }

  /**
   * A page in Chromium converses with the jar.
   *
   * @return what the page says that it sent and received
   */
  private List<String> converse(boolean tls, Path har, Path log, String mode, String... options)
      throws Exception {
    try (InteropServer server = InteropServer.over(tls, folder, options)) {
      List<String> command =
          ClientProcess.script("chromium-logged.mjs", server.url() + "chat", har.toString());
      command.addAll(List.of("--log-net-log=" + log, "--net-log-capture-mode=" + mode));
      command.addAll(server.chromiumFlags());
      List<String> seen = ClientProcess.run(server.pem(), command).lines().toList();
      assertEquals(2 * 9 + 1, seen.size(), seen.toString());
      assertEquals("closed 4001 enough", seen.get(seen.size() - 1));
      return seen;
    }
  }

  @ParameterizedTest
  @CsvSource({"--trace, false", "--trace, true", "--trace-ascii, false", "--trace-ascii, true"})
  void showsWhatCurlTraces(String option, boolean tls) throws Exception {
    byte[] binary = new byte[300];
    for (int i = 0; i < binary.length; i++) {
      binary[i] = (byte) i;
    }
    List<Sent> client =
        List.of(
            new Sent(1, "héllo ☃".getBytes(UTF_8)),
            new Sent(1, new byte[0]),
            new Sent(2, binary),
            new Sent(9, new byte[] {'p'}),
            new Sent(8, new byte[] {0x03, (byte) 0xe8, 'b', 'y', 'e'}));
    List<Sent> server = new ArrayList<>(List.of(new Sent(1, "hi".getBytes(UTF_8))));
    client.forEach(
        sent -> server.add(new Sent(sent.opcode() == 9 ? 10 : sent.opcode(), sent.payload())));
    byte[][] fromClient =
        client.stream()
            .map(sent -> RawClient.masked(sent.opcode(), sent.payload()))
            .toArray(byte[][]::new);
    long sentBytes = RawClient.join(fromClient).length;
    long receivedBytes =
        server.stream()
            .mapToLong(sent -> RawClient.plain(sent.opcode(), sent.payload()).length)
            .sum();
    Path trace = trace(option, tls, RawClient.join(fromClient));
    Run run = decode(trace);
    if (option.equals("--trace")) {
      List<JsonNode> events = events(trace);
      assertEquals(lines(client), frames(events, "client"));
      assertEquals(lines(server), frames(events, "server"));
      assertEquals(TRACED_BYTES, fidelity(trace));
    } else {
      // A dot stands for any byte that is not printable.
      assertEquals(List.of(), frames(events(trace), "client"));
      assertEquals(List.of(), frames(events(trace), "server"));
      assertEquals(BYTES_MISSING, fidelity(trace));
      String missing =
          "note: missing from the streams: " + (sentBytes + receivedBytes) + " bytes\n";
      assertTrue(run.err().contains(missing), run.err());
    }
  }

  /** A frame. */
  private record Sent(int opcode, byte[] payload) {}

  private static List<String> lines(List<Sent> frames) {
    return frames.stream()
        .map(frame -> frame.opcode() + " " + HexFormat.of().formatHex(frame.payload()))
        .toList();
  }

  /** curl opens a WebSocket by hand, and uploads the frames of the client. */
  private Path trace(String option, boolean tls, byte[] frames) throws Exception {
    Path trace = folder.resolve("trace.txt");
    Path upload = Files.write(folder.resolve("chat"), frames);
    try (InteropServer server = InteropServer.over(tls, folder, "--close-timeout=100ms")) {
      List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error"));
      command.addAll(List.of(option, trace.toString(), "--http1.1", "--output", "/dev/null"));
      command.addAll(List.of("--request", "GET", "--upload-file", upload.toString()));
      for (String header :
          List.of(
              "Content-Length:",
              "Expect:",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: " + SampleHandshake.KEY)) {
        command.addAll(List.of("--header", header));
      }
      if (tls) {
        command.addAll(List.of("--cacert", server.pem().toString()));
      }
      command.add(server.url().toString().replaceFirst("^ws", "http") + "chat?greet=hi");
      assertEquals("", ClientProcess.run(null, command));
    }
    return trace;
  }

  private static Run decode(Path file, String... options) {
    List<String> args = new ArrayList<>(List.of("decode", "--file", file.toString()));
    args.addAll(List.of("--path", "/chat", "--preview=all"));
    args.addAll(List.of(options));
    Run run = Run.of(args.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    return run;
  }

  private static List<JsonNode> events(Path file) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : decode(file, "--format=json", "--detail=frames").out().lines().toList()) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  /** What follows the name of the line about fidelity. */
  private static String fidelity(Path file) {
    List<String> lines =
        decode(file, "--detail=messages")
            .out()
            .lines()
            .filter(line -> line.contains(" = fidelity  "))
            .toList();
    assertEquals(1, lines.size(), lines.toString());
    return lines.get(0).replaceFirst(".* = fidelity  ", "");
  }

  private static boolean is(JsonNode event, String type) {
    return event.get("type").asText().equals(type);
  }

  private static String direction(JsonNode event) {
    return event.get("sender").asText().equals("client") ? "sent" : "received";
  }

  private static byte[] payload(JsonNode event) {
    return event.has("base64")
        ? Base64.getDecoder().decode(event.get("base64").asText())
        : event.path("text").asText().getBytes(UTF_8);
  }

  private static List<String> messages(List<JsonNode> events) {
    return events.stream()
        .filter(event -> is(event, "message"))
        .map(
            event ->
                direction(event)
                    + " "
                    + event.get("kind").asText()
                    + " "
                    + HexFormat.of().formatHex(payload(event)))
        .toList();
  }

  private static List<String> frames(List<JsonNode> events, String sender) {
    return events.stream()
        .filter(event -> is(event, "frame") && event.get("sender").asText().equals(sender))
        .map(event -> event.get("opcode") + " " + HexFormat.of().formatHex(payload(event)))
        .toList();
  }

  /** The lengths of the messages and Close frames, each in one or more frames. */
  private static List<String> lengths(List<JsonNode> events) {
    List<String> lengths = new ArrayList<>();
    Map<String, Long> open = new HashMap<>();
    Map<String, String> kinds = new HashMap<>();
    for (JsonNode event : events) {
      if (is(event, "frame")) {
        String direction = direction(event);
        if (event.get("opcode").asInt() != 0) {
          kinds.put(direction, event.get("opcodeName").asText());
        }
        long length = open.merge(direction, event.get("payloadLength").asLong(), Long::sum);
        if (event.get("fin").asBoolean()) {
          lengths.add(direction + " " + kinds.get(direction) + " " + length);
          open.remove(direction);
        }
      }
    }
    return lengths;
  }

  /** The line of the client about the close, if both endpoints sent the same code and reason. */
  private static String closed(List<JsonNode> events) {
    JsonNode end = events.get(events.size() - 1);
    assertEquals(end.get("clientClose"), end.get("serverClose"));
    return "closed "
        + end.at("/clientClose/code").asText()
        + " "
        + end.at("/clientClose/reason").asText();
  }
}
