package wscope.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wscope.cli.Run;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.QuietServer;
import wscope.support.RawClient;
import wscope.support.ServerThread;

/**
 * Conversations of real peers, captured by tcpdump: wscope shows what they sent (profile interop).
 */
@Tag("interop")
@Timeout(60)
class LoopbackCaptureIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void showsTheCompressedMessagesOfNodesWs() throws Exception {
    List<String> sent =
        IntStream.range(0, 40).mapToObj(i -> ("message " + i + " €, ").repeat(i * i)).toList();
    Path file = folder.resolve("ws.pcap");
    try (ServerScript server = new ServerScript(ClientProcess.script("ws-server.mjs"));
        LoopbackCapture capture = new LoopbackCapture(server.port())) {
      String url = server.url("/");
      assertEquals("", ClientProcess.run(null, ClientProcess.script("ws-messages.mjs", url)));
      capture.write(file);
    }
    List<JsonNode> events = events(file, "--detail=messages");
    assertEquals(sent, texts(events, "client"));
    assertEquals(sent, texts(events, "server"));
    JsonNode end = one(events, "capture-ended");
    assertEquals(1000, end.at("/clientClose/code").asInt(), end.toString());
    assertEquals(1000, end.at("/serverClose/code").asInt(), end.toString());
    assertTrue(
        events.stream().allMatch(event -> event.path("violations").isEmpty()), events.toString());
  }

  /** What connect has sent and received, and what tcpdump has captured, are the same frames. */
  @Test
  void showsTheFramesThatConnectShows() throws Exception {
    Path file = folder.resolve("connect.pcap");
    String report;
    try (ServerThread server =
            ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start();
        LoopbackCapture capture = new LoopbackCapture(server.address().getPort())) {
      List<String> args = new ArrayList<>(List.of("connect", "--format=json", "--preview=all"));
      args.add("ws://127.0.0.1:" + server.address().getPort() + "/");
      args.addAll(List.of("-x", "Hello", "-x", "€".repeat(20_000), "--send-hex", "00ff"));
      args.addAll(List.of("-x", "a".repeat(200), "-x", ""));
      Run run = Run.of(args.toArray(String[]::new));
      assertEquals(0, run.exitCode(), run.err());
      report = run.out();
      capture.write(file);
    }
    List<JsonNode> live = new ArrayList<>();
    for (String line : report.lines().toList()) {
      live.add(JSON.readTree(line));
    }
    List<JsonNode> captured = events(file);
    for (String sender : List.of("client", "server")) {
      List<String> frames = frames(live, sender);
      assertEquals(6, frames.size(), frames.toString());
      assertEquals(frames, frames(captured, sender));
    }
  }

  @Test
  void joinsThreeSegmentsAndPartsTwoFramesOfOne() throws Exception {
    byte[] frame = RawClient.masked(0x81, "a frame that spans three segments".getBytes(UTF_8));
    byte[] first = RawClient.masked(0x81, "two frames".getBytes(UTF_8));
    byte[] second = RawClient.masked(0x82, "in one segment".getBytes(UTF_8));
    Path file = folder.resolve("segments.pcap");
    int port;
    try (ServerThread server =
            ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start();
        LoopbackCapture capture = new LoopbackCapture(server.address().getPort());
        RawClient client = server.open()) {
      port = server.address().getPort();
      client.send(Arrays.copyOfRange(frame, 0, 1));
      client.send(Arrays.copyOfRange(frame, 1, 20));
      client.send(Arrays.copyOfRange(frame, 20, frame.length));
      client.next();
      client.send(RawClient.join(first, second));
      client.next();
      client.next();
      capture.write(file);
    }
    assertEquals(
        List.of("a frame that spans three segments", "two frames", "aW4gb25lIHNlZ21lbnQ="),
        events(file).stream()
            .filter(event -> is(event, "frame"))
            .filter(event -> event.get("sender").asText().equals("client"))
            .map(event -> event.path("text").asText(event.path("base64").asText()))
            .toList());
    assertEquals(
        "3", tshark(file, port, "tcp.segment.count", "websocket.mask == 1 and tcp.segments"));
    assertEquals(
        "1,1",
        tshark(file, port, "websocket.fin", "websocket.opcode == 2 and websocket.mask == 1"));
  }

  /** haproxy ends both of its connections; the list in the README shows how that looks. */
  @Test
  void showsThatAProxyCutsAnIdleConnection() throws Exception {
    Path file = folder.resolve("idle.pcap");
    int port = ConfiguredProgram.freePort();
    try (ServerScript server = new ServerScript(ClientProcess.script("ws-server.mjs"))) {
      Map<String, Integer> values = Map.of("PORT", port, "SERVER", server.port());
      String[] command = {"haproxy", "-db", "-f"};
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      ConfiguredProgram proxy =
          new ConfiguredProgram(folder, "haproxy-idle.cfg", values, port, command);
      try (proxy;
          LoopbackCapture capture = new LoopbackCapture(port, server.port())) {
        try (RawClient client = new RawClient(address)) {
          client.send(RawClient.REQUEST);
          client.head();
          client.send(RawClient.text("Hello"));
          client.next();
          client.expectEnd();
        }
        assertTrue(server.line().endsWith("1006"));
        capture.write(file);
      }
    }
    Run run = Run.of("decode", "--detail=none", "--file", file.toString());
    assertEquals(0, run.exitCode(), run.err());
    String readme = Files.readString(Path.of("README.md"));
    String recipe = readme.substring(readme.indexOf("### A proxy cuts idle connections"));
    String screen =
        Pattern.compile("```\n(#1 .*?)```", Pattern.DOTALL)
            .matcher(recipe)
            .results()
            .map(block -> block.group(1))
            .findFirst()
            .orElseThrow();
    assertEquals(withoutNumbers(screen), withoutNumbers(run.out()));
    JsonNode cut = one(events(file, "--connection=1"), "capture-ended");
    assertEquals("server-fin", cut.get("tcpEnd").asText());
    int silence = cut.get("silenceMillis").asInt();
    assertTrue(silence >= 1400 && silence < 10_000, cut.toString());
    JsonNode passedOn = one(events(file, "--connection=2"), "capture-ended");
    assertEquals("client-reset", passedOn.get("tcpEnd").asText());
  }

  /** Ports and times differ each time. */
  private static String withoutNumbers(String screen) {
    return screen.replaceAll(":\\d+", ":port").replaceAll("[\\d.]+ s of", "0 s of");
  }

  /** The values of a field in the packets that a filter selects; the port is one of HTTP. */
  private static String tshark(Path file, int port, String field, String filter) throws Exception {
    Process tshark =
        new ProcessBuilder(
                List.of(
                    "tshark",
                    "-r",
                    file.toString(),
                    "-d",
                    "tcp.port==" + port + ",http",
                    "-Y",
                    filter,
                    "-T",
                    "fields",
                    "-e",
                    field))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String values = new String(tshark.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, tshark.waitFor());
    return values;
  }

  private static JsonNode one(List<JsonNode> events, String type) {
    List<JsonNode> found = events.stream().filter(event -> is(event, type)).toList();
    assertEquals(1, found.size(), events.toString());
    return found.get(0);
  }

  private static boolean is(JsonNode event, String type) {
    return event.get("type").asText().equals(type);
  }

  private static List<String> texts(List<JsonNode> events, String sender) {
    return events.stream()
        .filter(event -> is(event, "message") && event.get("sender").asText().equals(sender))
        .map(event -> event.get("text").asText())
        .toList();
  }

  private static List<String> frames(List<JsonNode> events, String sender) {
    List<String> fields =
        List.of("fin", "rsv1", "opcode", "payloadLength", "maskingKey", "text", "base64");
    return events.stream()
        .filter(event -> is(event, "frame") && event.get("sender").asText().equals(sender))
        .map(event -> fields.stream().map(field -> event.path(field).asText("-")).toList())
        .map(String::valueOf)
        .toList();
  }

  private static List<JsonNode> events(Path file, String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("decode", "--file", file.toString()));
    args.addAll(List.of("--format=json", "--preview=all"));
    args.addAll(List.of(options));
    Run run = Run.of(args.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    List<JsonNode> events = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      events.add(JSON.readTree(line));
    }
    return events;
  }
}
