package wscope.cli.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.Run;
import wscope.report.json.EventSchema;
import wscope.support.SampleHandshake;

/** Whole runs of {@code wscope proxy}, with a client in the shell and a server on a socket. */
@Timeout(30)
@DisabledOnOs(OS.WINDOWS)
class ProxyCommandTest {
  /** Sends the request, then frames after the response, and reads until the server ends TCP. */
  private static final String CLIENT =
      "port=${WSCOPE_URL##*:}; exec 3<>/dev/tcp/127.0.0.1/${port%%/*}; printf \"$0\" >&3;"
          + " while IFS= read -r line && test ${#line} -gt 1; do :; done <&3; printf \"$1\" >&3;"
          + " cat <&3 > /dev/null; exit $2";

  private static final String REQUEST = escaped(SampleHandshake.request());
  private static final String HELLO = "\\x81\\x85\\x37\\xfa\\x21\\x3d\\x7f\\x9f\\x4d\\x51\\x58";

  /** A text message and the end of TCP, without a Close. */
  private static final byte[] BYE = {(byte) 0x81, 3, 'b', 'y', 'e'};

  @TempDir private Path folder;

  private static String escaped(String head) {
    return head.replace("\r\n", "\\r\\n");
  }

  /**
   * Runs the proxy before a server that accepts the request, reads the client's frames, sends its
   * own and ends TCP.
   *
   * @param frames the client's, as for printf
   * @param length the number of their bytes
   * @param code the exit code of the client
   */
  private static Run proxy(String frames, int length, byte[] response, int code, String... options)
      throws Exception {
    return proxy(List.of(), frames, length, response, code, options);
  }

  /**
   * The same with more header fields.
   *
   * @param fields of the request and of the response
   */
  private static Run proxy(
      List<String> fields, String frames, int length, byte[] response, int code, String... options)
      throws Exception {
    String[] all = fields.toArray(String[]::new);
    String request = SampleHandshake.request("localhost", "/chat", all);
    String upgrade = SampleHandshake.with(SampleHandshake.RESPONSE, all);
    try (ServerSocket accepting = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(
              () -> serve(accepting, request.length(), upgrade, length, response));
      List<String> args =
          new ArrayList<>(
              List.of(
                  "proxy",
                  "--to=ws://127.0.0.1:" + accepting.getLocalPort(),
                  "--port=0",
                  "--host=127.0.0.1"));
      args.addAll(List.of(options));
      args.addAll(
          List.of("--", "bash", "-c", CLIENT, escaped(request), frames, String.valueOf(code)));
      Run run = Run.of(args.toArray(String[]::new));
      served.get();
      return steady(run, accepting.getLocalPort());
    }
  }

  private static void serve(
      ServerSocket accepting, int request, String response, int reads, byte[] frames) {
    try (Socket socket = accepting.accept()) {
      OutputStream out = socket.getOutputStream();
      socket.getInputStream().readNBytes(request);
      out.write(response.getBytes(ISO_8859_1));
      socket.getInputStream().readNBytes(reads);
      out.write(frames);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // The test sees what is missing.
    }
  }

  /** Replaces ports and times. */
  private static Run steady(Run run, int server) {
    return new Run(run.exitCode(), steady(run.out(), server), run.err());
  }

  private static String steady(String text, int server) {
    return text.replace(":" + server, ":9000")
        .replaceAll("127\\.0\\.0\\.1:(?!9000)\\d+(?=/)", "127.0.0.1:8080")
        .replaceAll("from 127\\.0\\.0\\.1:\\d+", "from 127.0.0.1:50522")
        .replaceAll("\\d+\\.\\d\\d( to \\d+\\.\\d\\d)? ms", "0.05$1 ms")
        .replaceAll("to \\d+\\.\\d\\d ms", "to 0.05 ms")
        .replaceAll(" after \\d+\\.\\d s of silence|.* silence at most .*\n", "")
        .replaceAll("lasted  \\d+(\\.\\d)? m?s", "lasted  12 ms");
  }

  /** The README answers with this screen who ended a connection whose client says 1006. */
  @Test
  void theReadmeShowsWhoEndedTheConnection() throws Exception {
    Run run = proxy(HELLO, 11, BYE, 0);
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("#1 = connected from 127.0.0.1:50522");
    String shown = readme.substring(start, readme.indexOf("```", start));
    String before =
        """
        wscope proxy   ws://127.0.0.1:8080/   passes on to ws://127.0.0.1:9000
        waiting for connections (Ctrl+C to stop)
        """;
    String after = "wscope proxy   stopped after 1 connection\n";
    assertEquals(new Run(0, before + shown + after, ""), run);
  }

  @Test
  void exitsWith1IfTheServerBrokeARule() throws Exception {
    byte[] masked = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 1, 1};
    Run run = proxy("", 0, masked, 7, "--detail=none");
    assertEquals(1, run.exitCode());
    assertTrue(run.out().contains("#1 S>   ✗ server-frame-masked"), run.out());
    assertEquals("note: #1: the server broke server-frame-masked\n", run.err());
  }

  @Test
  void exitsWithTheCodeOfTheCommand() throws Exception {
    Run run = proxy("", 0, BYE, 7, "--detail=none");
    assertEquals(new Run(7, "", ""), run);
  }

  @Test
  void jsonIsValidAndARecordingShowsTheSameScreen() throws Exception {
    Path file = folder.resolve("session.jsonl");
    Run run = proxy(HELLO, 11, BYE, 0, "--record=" + file);
    assertEquals(0, run.exitCode(), run.err());
    EventSchema.check(Files.readString(file, UTF_8));
    Run again = Run.of("decode", "--detail=frames", "--file=" + file);
    int port = again.out().isEmpty() ? 0 : serverPort(again.out());
    assertEquals(run.out(), steady(again.out(), port));
    Run json = proxy(HELLO, 11, BYE, 0, "--format=json");
    EventSchema.check(json.out());
  }

  /** The server's message has ended first, although the client's began first. */
  @Test
  void writesOnlyTheMessagesOfBothEnds() throws Exception {
    String halves = "\\x01\\x82\\x00\\x00\\x00\\x00He" + "\\x80\\x83\\x00\\x00\\x00\\x00llo";
    Run plain = proxy(halves, 17, BYE, 0);
    Run run = proxy(halves, 17, BYE, 0, "--payload-only");
    assertEquals(new Run(0, "Hello\nbye\n", ""), new Run(run.exitCode(), run.out(), ""));
    assertEquals(plain.out(), screen(run.err()));
  }

  /** RFC 7692 §7.2.3: "Hello" twice in each direction, with the context of the first. */
  @Test
  void inflatesBothDirectionsAndDecodeReadsTheScreen() throws Exception {
    String masked =
        "\\xc1\\x87\\x37\\xfa\\x21\\x3d\\xc5\\xb2\\xec\\xf4\\xfe\\xfd\\x21"
            + "\\xc1\\x85\\x01\\x02\\x03\\x04\\xf3\\x02\\x12\\x04\\x01";
    byte[] plain = HexFormat.of().parseHex("c107f248cdc9c90700" + "c105f200110000");
    List<String> fields = List.of("Sec-WebSocket-Extensions: permessage-deflate");
    String shown =
        """
        #1 = open     extensions: permessage-deflate   subprotocol: none
        #1 C> frame 1    FIN 1  RSV 100  opcode 0x1 text          MASK 1  length 7         \
        key 37fa213d  bytes 0-12  +0.05 ms   f2 48 cd c9 c9 07 00   |.H.....|
        #1 C> message 1   text, 5 bytes in 1 frame, inflated from 7 bytes   "Hello"
        #1 C> frame 2    FIN 1  RSV 100  opcode 0x1 text          MASK 1  length 5         \
        key 01020304  bytes 13-23  +0.05 ms   f2 00 11 00 00   |.....|
        #1 C> message 2   text, 5 bytes in 1 frame, inflated from 5 bytes   "Hello"
        #1 S> frame 1    FIN 1  RSV 100  opcode 0x1 text          MASK 0  length 7         \
                      bytes 0-8  +0.05 ms   f2 48 cd c9 c9 07 00   |.H.....|
        #1 S> message 1   text, 5 bytes in 1 frame, inflated from 7 bytes   "Hello"
        #1 S> frame 2    FIN 1  RSV 100  opcode 0x1 text          MASK 0  length 5         \
                      bytes 9-15  +0.05 ms   f2 00 11 00 00   |.....|
        #1 S> message 2   text, 5 bytes in 1 frame, inflated from 5 bytes   "Hello"
        #1 = closed   without a Close frame: the server ended TCP first (FIN), passed on to the \
        client; an API reports 1006
        #1 =          client  2 frames, 2 messages of 10 bytes inflated from 12 (120 %); 222 \
        bytes in all
        #1 =          server  2 frames, 2 messages of 10 bytes inflated from 12 (120 %); 191 \
        bytes in all
        """;
    Run run = proxy(fields, masked, 24, plain, 0);
    assertEquals(0, run.exitCode(), run.err());
    int start = run.out().indexOf("#1 = open ");
    assertEquals(shown, run.out().substring(start, run.out().indexOf("#1 =          across")));
    for (String detail : List.of("frames", "bits")) {
      Run screen = proxy(fields, masked, 24, plain, 0, "--detail=" + detail);
      Path file = Files.writeString(folder.resolve(detail), screen.out());
      Run decoded = Run.of("decode", "--file=" + file, "--format=json");
      List<String> frames =
          decoded.out().lines().filter(line -> line.contains("\"type\":\"frame\"")).toList();
      assertEquals(4, frames.size(), decoded::toString);
      assertEquals(4, frames.stream().filter(line -> line.contains("\"rsv1\":true")).count());
      for (int i = 0; i < 4; i++) {
        String sender = "\"sender\":\"" + (i < 2 ? "client" : "server") + "\"";
        assertTrue(frames.get(i).contains(sender), decoded::toString);
      }
      Run payloads = Run.of("decode", "--file=" + file, "--payload-only");
      assertEquals("HelloHelloHelloHello", payloads.out());
    }
  }

  /** The screen on standard error, with the ports of this run replaced. */
  private static String screen(String errors) {
    return steady(errors, serverPort(errors));
  }

  @Test
  void showsTheTotalsOfAllConnections() throws Exception {
    String totals =
        """
        summary                 count           bytes
          text                  2               8
          messages              2               8
        """;
    Run run = proxy(HELLO, 11, BYE, 0, "--detail=none", "--summary");
    assertEquals(new Run(0, totals, ""), run);
    Run payloads = proxy(HELLO, 11, BYE, 0, "--detail=none", "--summary", "--payload-only");
    assertEquals(new Run(0, "Hello\nbye\n", totals), payloads);
  }

  @Test
  void countsTheBrokenRulesOfBothEnds() throws Exception {
    byte[] masked = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 1, 1};
    String unmasked = "\\x82\\x00";
    Run run = proxy(unmasked, 2, masked, 0, "--detail=none", "--summary", "--format=json");
    assertEquals(1, run.exitCode());
    String totals =
        """
        summary                 count           bytes
          text                  1               1
          binary                1               0
          messages              2               1
          ✗ 1 × client-frame-unmasked
          ✗ 1 × server-frame-masked
        note: #1: the client broke client-frame-unmasked
        """;
    assertEquals(totals, run.err());
  }

  @ParameterizedTest
  @CsvSource({"--stop-reading, client server", "--stop-reading=server, server"})
  void stopsReadingForBothWithoutAValue(String option, String ends) throws Exception {
    StringBuilder notes = new StringBuilder();
    for (String end : ends.split(" ", 0)) {
      notes.append("on purpose     the ").append(end).append(" seems to stop reading\n");
    }
    Run run = Run.of("proxy", "--to=:9", "--port=0", option, "--", "true");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains(notes + "waiting for connections"), run.out());
    assertEquals(
        ends.split(" ", 0).length, run.out().split("on purpose", -1).length - 1, run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1ms", "60000ms"})
  void collectsForAsLongAsTheHelpSays(String time) {
    Run run = Run.of("proxy", "--to=:9", "--port=0", "--coalesce=" + time, "--", "true");
    assertEquals(0, run.exitCode(), run.err());
  }

  /** What was changed is in the schema, and a recording of it shows the same screen. */
  @Test
  void recordsWhatItChanges() throws Exception {
    Path file = folder.resolve("changed.jsonl");
    String[] changes = {
      "--fault=server:reserved-opcode,accept-wrong", "--replace=client:H=h", "--record=" + file
    };
    Run run = proxy(HELLO, 11, BYE, 0, changes);
    String notes =
        """
        on purpose     text of the client is replaced: H=h
        on purpose     faults in the name of the server: reserved-opcode,accept-wrong
        waiting for connections (Ctrl+C to stop)
        """;
    assertTrue(run.out().contains(notes), run.out());
    String replaced =
        """
        #1 = changed  from now on, what the client sends no longer passes byte for byte
        #1 = replaced in place of frame 1 of the client: "hello"
        #1 =            FIN 1  RSV 000  opcode 0x1 text  MASK 1  length 5  "hello"
        """;
    assertTrue(run.out().contains(replaced), run.out());
    String fault =
        """
        #1 = fault    reserved-opcode on purpose in place of frame 1 of the server:
        #1 =            FIN 1  RSV 000  opcode 0x3 reserved  MASK 0  length 3  62 79 65   |bye|
        """;
    assertTrue(run.out().contains(fault), run.out());
    assertTrue(
        run.out().contains("= fault    accept-wrong on purpose in the response, sent as:\n"),
        run.out());
    EventSchema.check(Files.readString(file, UTF_8));
    Run again = Run.of("decode", "--detail=frames", "--file=" + file);
    int port = again.out().isEmpty() ? 0 : serverPort(again.out());
    assertEquals(run.out(), steady(again.out(), port));
    Path redacted = folder.resolve("redacted.jsonl");
    proxy(HELLO, 11, BYE, 0, "--replace=client:H=h", "--redact=hell", "--record=" + redacted);
    String lines = EventSchema.check(Files.readString(redacted, UTF_8));
    String hidden =
        "\"act\":\"replaced\",\"frame\":1,\"detail\":\"****o\",\"length\":11,\"omitted\":0,"
            + "\"withheldPayload\":true}";
    assertTrue(lines.contains(hidden), lines);
    Run shown = Run.of("decode", "--file=" + redacted);
    assertEquals(0, shown.exitCode(), shown.err());
    assertTrue(
        shown.out().contains("= replaced in place of frame 1 of the client: \"****o\"\n"),
        shown.out());
    Run json = proxy(HELLO, 11, BYE, 0, changes[0], changes[1], "--format=json");
    EventSchema.check(json.out());
    String event = "\"type\":\"interfered\",\"time\":";
    assertTrue(json.out().contains(event), json.out());
    assertTrue(
        json.out()
            .contains(
                "\"sender\":\"server\",\"act\":\"fault\",\"frame\":1,"
                    + "\"detail\":\"reserved-opcode\",\"length\":5,\"base64\":\"gwNieWU=\","
                    + "\"omitted\":0}"),
        json.out());
  }

  @Test
  void saysWhatIsDoneOnPurpose() throws Exception {
    Run run = proxy(HELLO, 11, BYE, 0, "--delay=server:2ms", "--split=client:3");
    String notes =
        """
        on purpose     what the client sends is passed on in pieces of 3
        on purpose     what the server sends is passed on after 2ms
        """;
    assertTrue(run.out().contains(notes), run.out());
    assertTrue(run.out().contains("bytes 0-4  queued   \"bye\"\n"), run.out());
    assertEquals(0, run.exitCode());
  }

  /** The bytes of the proxy's own response, as the client has received them. */
  @Test
  void aCaptureHoldsTheResponsesOfTheProxyItself() throws Exception {
    int away;
    try (ServerSocket none = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      away = none.getLocalPort();
    }
    Path capture = folder.resolve("away.pcapng");
    Path har = folder.resolve("away.har");
    String client =
        "port=${WSCOPE_URL##*:}; exec 3<>/dev/tcp/127.0.0.1/${port%%/*}; printf \"$0\" >&3;"
            + " cat <&3 > \"$1\"";
    for (Path record : List.of(capture, har)) {
      Path received = folder.resolve("received");
      String to = "--to=ws://127.0.0.1:" + away;
      List<String> command = List.of("bash", "-c", client, REQUEST, received.toString());
      List<String> all = new ArrayList<>(List.of("proxy", to, "--port=0", "--host=127.0.0.1"));
      all.addAll(List.of("--record=" + record, "--detail=none", "--"));
      all.addAll(command);
      Run run = Run.of(all.toArray(String[]::new));
      assertEquals(new Run(0, run.out(), ""), run);
      String response = Files.readString(received, UTF_8);
      assertTrue(response.startsWith("HTTP/1.1 502 Bad Gateway\r\n"), response);
      String file = Files.readString(record, ISO_8859_1);
      String body = response.substring(response.indexOf("\r\n\r\n") + 4);
      String escaped = body.replace("\n", "\\n");
      assertTrue(file.contains(record == har ? "\"text\":\"" + escaped : response), file);
      assertTrue(!file.contains("\"status\":0"), file);
    }
    String recorded = Files.readString(capture, ISO_8859_1);
    assertTrue(recorded.contains("each connection is the one between the client and wscope"));
    Run decoded = Run.of("decode", "--file=" + capture);
    assertTrue(decoded.out().contains("S> HTTP/1.1 502 Bad Gateway"), decoded.out());
  }

  private static int serverPort(String screen) {
    String before = "passes on to ws://127.0.0.1:";
    int start = screen.indexOf(before) + before.length();
    return Integer.parseInt(screen.substring(start, screen.indexOf('\n', start)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--to=/api | --to: '/api': write a path, = and a" + " URL, as in /api=ws://localhost:9000",
        "--to=ws://a/?x=1 | --to: 'ws://a/?x=1': a query"
            + " has no effect here, because clients send their own",
        "--to=ws://a,--to=ws://b | --to has the path / twice; give each one once",
        "--to=/a=ws://b/c | --to /a=ws://b/c: the path of the URL takes effect only with"
            + " --rewrite path",
        "--to=ws://a,--keep-host,--rewrite=host | --keep-host cannot be combined with"
            + " --rewrite host",
        "--to=ws://a,--coalesce=0ms | --coalesce: '0ms' is not between 1ms and 1m",
        "--to=ws://a,--coalesce=60001ms | --coalesce: '60001ms' is not between 1ms and 1m",
        "--to=ws://a,--delay=sever:1s | sever",
        "--to=ws://a,--fault=reserved-opcode | --fault: 'reserved-opcode': write the sender, a"
            + " colon and the id of a rule, as in server:reserved-opcode@3",
        "--to=ws://a,--fault=server:reserved-opcod | --fault: unknown fault 'reserved-opcod'; did you"
            + " mean reserved-opcode?",
        "--to=ws://a,--fault=server:host-missing | no server can break host-missing, because it"
            + " applies to clients",
        "--to=ws://a,--fault=client:host-missing@2 | 'host-missing@2': this rule is for the"
            + " handshake, which has no message number; write host-missing",
        "--to=ws://a,--replace=hello | --replace: 'hello' has no =; write REGEX=TEXT, as in"
            + " hello=bye",
        "--to=ws://a,--replace==bye | --replace: there is no regular expression before the =",
        "--to=ws://a,--replace=a[b=c | --replace: 'a[b' is not a regular expression, at character 3",
        "--to=ws://a,--replace=a=$1 | --replace: '$1': No group 1; write $1 for the first group",
        "--to=ws://a,--drop=server:3s | 3s",
        "--to=ws://a,--silent=client:text | --silent: 'text' is not one of ping, pong, close",
        "--to=ws://a,--stop-reading=all | 'all' is not one of client, server, both",
        "--to=ws://a,--to=ws://b/b,--split=client:0 | 0",
        "--to=ws://a,--insecure | --insecure needs TLS; write wss://a/",
      })
  void reportsWrongUsage(String options, String message) {
    List<String> all = new ArrayList<>(List.of("proxy"));
    all.addAll(List.of(options.split(",")));
    Run run = Run.of(all.toArray(String[]::new));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(message), run.err());
  }
}
