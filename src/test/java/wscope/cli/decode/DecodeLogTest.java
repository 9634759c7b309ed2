package wscope.cli.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.capture.packets.CapturedTalks;
import wscope.cli.Run;
import wscope.report.json.EventSchema;

/** {@code decode} of logs: HAR files, network logs of Chromium and traces of curl. */
class DecodeLogTest {
  private static final String MESSAGES_ONLY =
      "not judgeable, because the capture has only messages: the rules of head, frame header,"
          + " frame order, compression, message, close body\n";

  @TempDir private Path folder;

  private static Path log(String name) {
    try {
      return Path.of(DecodeLogTest.class.getResource("/logs/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Run decode(Path file, String... options) {
    List<String> args = new ArrayList<>(List.of("decode", "--file", file.toString()));
    args.addAll(List.of(options));
    return Run.of(args.toArray(String[]::new));
  }

  private Run decode(String content, String... options) throws IOException {
    return decode(Files.writeString(folder.resolve("log"), content), options);
  }

  /** The same conversation, as each program writes it. */
  @ParameterizedTest
  @CsvSource({
    "chrome.har, ''",
    "firefox.har, ''",
    "charles.har, ''",
    "httptoolkit.har, '; the log says: closed with code 4001 and reason \"enough\"'",
  })
  void readsTheHarOfEachProgram(String name, String end) {
    assertEquals(
        new Run(
            0,
            """
            #1 → localhost:8087 /chat?greet=hi 101 5 messages, its end is unknown
               0.000 #1 = captured  to localhost:8087
               0.000 #1 = accept       s3pPLMBiTxaQ9kYGzzhZRbK+xOo=   matches the key
                     #1 = open     extensions: none   subprotocol: none
               0.010 #1 S> message 1   text, 2 bytes   "hi"
               0.011 #1 C> message 2   text, 7 bytes   "Grüße"
               0.012 #1 C> message 3   binary, 2 bytes   00 ff   |..|
               0.013 #1 S> message 4   text, 7 bytes   "Grüße"
               0.014 #1 S> message 5   binary, 2 bytes   00 ff   |..|
            """
                + "   0.014 #1 = closed   the capture does not show who closed it and how"
                + end
                + "\n         #1 =          lasted  14 ms\n   0.014 #1 = fidelity  "
                + MESSAGES_ONLY,
            "note: HAR file: 1 entry (1 with WebSocket)\n"),
        decode(log(name), "--detail", "messages"));
  }

  /** The browser received the first message after it had sent its own. */
  @Test
  void readsTheHarOfPlaywright() {
    Run run = decode(log("playwright.har"), "--detail", "messages");
    assertEquals(0, run.exitCode());
    assertEquals(
        """
        #1 → localhost:8087 /chat?greet=hi 101 deflate 5 messages, its end is unknown
        #2 → localhost:8087 /?status=503 0 messages, its end is unknown
           0.000 #1 = captured  to localhost:8087
           0.000 #1 = accept       kjd6IELVcavf3wYOtv+3Dedb5lk=   matches the key
                 #1 = open     extensions: permessage-deflate   subprotocol: none
           0.588 #1 C> message 1   text, 7 bytes   "Grüße"
           0.588 #1 C> message 2   binary, 2 bytes   00 ff   |..|
           0.588 #1 S> message 3   text, 2 bytes   "hi"
           0.690 #1 S> message 4   text, 7 bytes   "Grüße"
           0.690 #1 S> message 5   binary, 2 bytes   00 ff   |..|
           0.690 #1 = closed   the capture does not show who closed it and how
                 #1 =          lasted  690 ms
           0.690 #1 = fidelity  not judgeable, because the capture has only messages: the rules of head, frame header, frame order, compression, message, close body
           0.740 #2 = captured  to localhost:8087
           0.740 #2 = closed   the capture does not show who closed it and how; the log says: Error during WebSocket handshake: Unexpected response code: 503
                 #2 =          lasted  0 ms
           0.740 #2 = fidelity  not judgeable, because the capture has only messages: the rules of head, response, frame header, frame order, compression, message, close body
        """,
        run.out());
    assertEquals(
        """
        note: HAR file: 2 entries (2 with WebSocket)
        note: Playwright leaves empty messages out of a HAR; they cannot be shown
        """,
        run.err());
  }

  @Test
  void readsTheHarOfWscope() {
    Run run = decode(log("wscope.har"), "--detail", "messages", "--connection", "2");
    assertEquals(0, run.exitCode());
    assertEquals(
        """
        #2 → localhost:8087 /?status=503 503 0 messages, its end is unknown
           0.585 #2 = captured  to localhost:8087
           0.585 #2 = rejected with HTTP 503; no WebSocket opens
                 #2 =          a proxy could not reach the server, or the server is overloaded
           0.585 #2 S> body     "503 Service Unavailable\\n\\nThe status parameter requests this response.\\n"
           0.585 #2 = closed   the capture does not show who closed it and how
                 #2 =          lasted  0 ms
        """
            + "   0.585 #2 = fidelity  "
            + MESSAGES_ONLY,
        run.out());
  }

  @Test
  void readsTheBytesOfANetlog() {
    Run run = decode(log("netlog-everything.json"), "--path", "/chat", "--detail", "messages");
    assertEquals(0, run.exitCode());
    assertEquals(
        """
        #1 [::1]:55384 → [::1]:8087 /chat?greet=hi 101 deflate 7 frames, closed by the client 4001
           0.003 #1 = captured  [::1]:55384 to [::1]:8087
           0.017 #1 = accept       tKYS+sAZmr3ubuUTAWNitaLfdLc=   matches the key
                 #1 = open     extensions: permessage-deflate   subprotocol: none
           0.017 #1 S> message 1   text, 2 bytes in 1 frame, inflated from 4 bytes   "hi"
           0.019 #1 C> message 1   text, 7 bytes in 1 frame, inflated from 10 bytes   "Grüße"
           0.019 #1 C> message 2   binary, 2 bytes in 1 frame, inflated from 4 bytes   00 ff   |..|
           0.031 #1 S> message 2   text, 7 bytes in 1 frame, inflated from 10 bytes   "Grüße"
           0.031 #1 S> message 3   binary, 2 bytes in 1 frame, inflated from 4 bytes   00 ff   |..|
           0.032 #1 C> close     4001 for private use   reason "enough"
           0.034 #1 S> close     4001 for private use   reason "enough"
           0.034 #1 = closed   by the client: 4001 for private use, answered by the server: 4001 for private use; the server ended TCP first (FIN)
                 #1 =          lasted  31 ms
           0.034 #1 = fidelity  all bytes of both directions: every rule is judged
        """,
        run.out());
  }

  @Test
  void readsTheHeadersOfANetlog() {
    Run run = decode(log("netlog-default.json"), "--connection", "1", "--detail", "bits");
    assertEquals(0, run.exitCode());
    List<String> frames = run.out().lines().filter(line -> line.contains("> frame")).toList();
    assertEquals(
        List.of(
            "   0.231 #1 S> frame 1   text, FIN, RSV1, 4 bytes",
            "   0.231 #1 C> frame 1   text, FIN, RSV1, masked, 10 bytes",
            "   0.232 #1 C> frame 2   binary, FIN, RSV1, masked, 4 bytes",
            "   0.236 #1 S> frame 2   text, FIN, RSV1, 10 bytes",
            "   0.236 #1 S> frame 3   binary, FIN, RSV1, 4 bytes",
            "   0.241 #1 C> frame 3   close, FIN, masked, 8 bytes",
            "   0.243 #1 S> frame 4   close, FIN, 8 bytes"),
        frames);
    assertTrue(
        run.out()
            .contains(
                "#1 = closed   by the client: a code that is not in the capture, answered by the"
                    + " server: a code that is not in the capture; the client ended TCP first"
                    + " (FIN)\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chrome.har",
        "playwright.har",
        "wscope.har",
        "netlog-default.json",
        "netlog-everything.json",
        "curl-hex.txt",
        "curl-ascii.txt"
      })
  void writesJson(String name) throws Exception {
    Run run = decode(log(name), "--format", "json");
    EventSchema.check(run.out());
    assertTrue(run.out().startsWith("{\"type\":\"capture-row\",\"connection\":1,"), run.out());
  }

  @Test
  void namesInJsonWhatCannotBeJudged() throws IOException {
    Run run = decode(log("chrome.har"), "--format", "json", "--detail", "none");
    assertEquals(
        """
        {"type":"capture-row","connection":1,"server":{"address":"localhost","port":8087},\
        "target":"/chat?greet=hi","status":101,"messages":5,"errors":0,"fidelity":"messages",\
        "notJudgeable":["head","frame-header","frame-order","compression","message","close-body"]}
        """,
        run.out().lines().findFirst().orElse("") + "\n");
  }

  @ParameterizedTest
  @CsvSource({"curl-hex.txt, '   0.009 '", "curl-hex-without-times, ''"})
  void readsATraceOfCurl(String name, String time) throws IOException {
    String trace = Files.readString(log("curl-hex.txt"));
    boolean timed = !name.endsWith("without-times");
    Run run = decode(timed ? trace : trace.replaceAll("(?m)^\\d\\d:\\d\\d:\\d\\d\\.\\d{6} ", ""));
    assertEquals(0, run.exitCode());
    assertTrue(
        run.out()
            .contains(
                "\n"
                    + time
                    + "#1 S> frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 5 "
                    + "                      bytes 0-6   \"hello\"\n"),
        run.out());
    assertTrue(
        run.out().contains("= end      not in the capture, which may not show it\n"), run.out());
    assertEquals("note: curl trace file: 7 blocks of 1 connection (1 with WebSocket)\n", run.err());
  }

  /** Dots stand for all bytes that are not printable, so frames cannot be read. */
  @Test
  void readsOnlyTheHeadsOfAnAsciiTrace() {
    assertEquals(
        new Run(
            0,
            """
            #1 → 127.0.0.1:8087 /chat?greet=hello 101 0 frames, its end is unknown, bytes are missing
            #1 = captured  to 127.0.0.1:8087
            #1 = accept       s3pPLMBiTxaQ9kYGzzhZRbK+xOo=   matches the key
            #1 = open     extensions: none   subprotocol: none
            #1 = gap       7 bytes of the server are not in the capture; wscope looks for the next frame
            #1 = end      not in the capture, in which bytes are missing
            #1 = fidelity  not judgeable, because bytes are missing: the rules of frame header, frame order, message, compression, close body
            """,
            """
            note: curl trace file: 7 blocks of 1 connection (1 with WebSocket)
            note: missing from the streams: 7 bytes
            """),
        decode(log("curl-ascii.txt"), "--detail", "messages"));
  }

  /** curl 8.17 writes other remarks, and with --trace-ids the numbers of connections. */
  @Test
  void separatesConnectionsByTheirNumbers() throws IOException {
    String trace =
        """
        12:00:00.000001 [0-x] *   Trying 192.0.2.1:80...
        12:00:00.000002 [0-7] * Established connection to a.test (192.0.2.1 port 80) from 192.0.2.9 port 4711
        12:00:00.000003 [0-7] => Send header, 45 bytes (0x2d)
        0000: GET /a HTTP/1.1
        0011: Upgrade: websocket
        0025: X: y
        002b:\s
        12:00:00.000004 [1-8] * Established connection to b.test (2001:db8::1 port 80) from 2001:db8::9 port 4712
        12:00:00.000005 [1-8] => Send header, 39 bytes (0x27)
        0000: GET /b HTTP/1.1
        0011: Upgrade: websocket
        0025:
        """;
    Run run = decode(trace, "--detail", "none");
    assertEquals(
        """
        #1 192.0.2.9:4711 → 192.0.2.1:80 /a 0 frames, 4 violations, its end is unknown, bytes are missing
        #2 [2001:db8:0:0:0:0:0:9]:4712 → [2001:db8:0:0:0:0:0:1]:80 /b 0 frames, 4 violations, its end is unknown, bytes are missing
        """,
        run.out().lines().limit(2).reduce("", (all, line) -> all + line + "\n"));
  }

  /** A block alone, as people paste it, is bytes in a text. */
  @Test
  void readsAPastedBlockAsBytes() {
    String block =
        """
        <= Recv data, 7 bytes (0x7)
        0000: 81 05 68 65 6c 6c 6f                            ..hello
        """;
    Run run =
        Run.reading(
            new ByteArrayInputStream(block.getBytes(UTF_8)), "decode", "--detail", "messages");
    assertEquals("message 1   text, 5 bytes in 1 frame   \"hello\"\n", run.out());
  }

  /** What a program leaves out is not missing on the wire. */
  @Test
  void judgesNoHeadWithoutItsFields() throws IOException {
    Run run =
        decode(
            """
            {"log":{"version":"1.2","entries":[{"_resourceType":"websocket",
            "request":{"method":"GET","url":"wss://[2001:db8::1]/a#b","headers":[]},
            "response":{"status":101,"headers":[]},
            "_webSocketMessages":[{"type":"receive","opcode":8,"data":"A+g=","time":-1}]}]}}
            """);
    assertEquals(
        new Run(
            0,
            """
            #1 → [2001:db8::1]:443 /a 101 0 messages, its end is unknown
            #1 = captured  to [2001:db8::1]:443
            #1 C> GET /a HTTP/1.1
            #1 C>
            #1 S> HTTP/1.1 101\s
            #1 S>
            #1 = open     extensions: none   subprotocol: none
            #1 S> close     1000 normal closure
            #1 = closed   the capture does not show who closed it and how
            #1 = fidelity  not judgeable, because the capture has only messages: the rules of head, request, response, frame header, frame order, compression, message, close body
            """,
            "note: HAR file: 1 entry (1 with WebSocket)\n"),
        run);
  }

  /** What a HAR has no bytes of is not shown as if it were empty. */
  @Test
  void saysWhichMessagesOfAHarItCannotShow() throws IOException {
    Run run =
        decode(
            """
            {"log":{"version":"1.2","entries":[{"_resourceType":"websocket",
            "request":{"method":"GET","url":"wss://a/","headers":[]},
            "response":{"status":101,"headers":[]},"_webSocketMessages":[
            {"type":"send","opcode":1,"data":null},{"type":"receive","opcode":8},
            {"type":"send","opcode":2,"data":"a-_b"},{"type":"send","opcode":1,"data":"\\ud800a"},
            {"type":"send","opcode":1,"data":"\\ud83d\\ude00"},{"type":"sent","data":"a"}]}]}}
            """,
            "--detail",
            "messages");
    assertEquals(
        new Run(
            0,
            """
            #1 → a:443 / 101 3 messages, its end is unknown
            #1 = captured  to a:443
            #1 = open     extensions: none   subprotocol: none
            #1 C> message 1   binary, 4 bytes   61 2d 5f 62   |a-_b|
            #1 C> message 2   text, 4 bytes   "\ufffda"
            #1 C> message 3   text, 4 bytes   "\ud83d\ude00"
            #1 = closed   the capture does not show who closed it and how
            #1 = fidelity  not judgeable, because the capture has only messages: the rules of head, request, response, frame header, frame order, compression, message, close body
            """,
            """
            note: HAR file: 1 entry (1 with WebSocket)
            note: the HAR has messages without their data; they are not shown
            note: the HAR has binary messages whose data is not Base64; their data is shown as a text
            note: the HAR has messages of no known type; they are not shown
            """),
        run);
  }

  @Test
  void saysWhereASecondLogBegins() throws IOException {
    String har = "{\"log\":{\"entries\":[{\"request\":{\"method\":\"GET\",\"url\":\"ws://a/\"}}]}}";
    Run run = decode(har + "\n" + har, "--detail", "none");
    assertEquals(1, run.exitCode());
    assertEquals(
        """
        note: HAR file: 1 entry (1 with WebSocket)
        note: the file has more than one log: another one begins at line 2, column 1; what precedes it was read
        """,
        run.err());
  }

  /** The length of an event shows how many bytes are missing if its bytes cannot be read. */
  @Test
  void saysWhatANetlogLacks() throws IOException {
    String netlog = Files.readString(log("netlog-everything.json"));
    String bytes = "\"wQpyLzq85/D8VAAAwgRi+A8A\"";
    assertTrue(netlog.contains(bytes), "the bytes of a frame of the server");
    Run run = decode(netlog.replace(bytes, "\"?\""), "--path", "/chat", "--detail", "messages");
    assertEquals(0, run.exitCode());
    assertTrue(
        run.out().contains("#1 = gap       18 bytes of the server are not in the capture"),
        run.out());
    assertTrue(run.err().contains("note: missing from the streams: 18 bytes\n"), run.err());
  }

  @Test
  void judgesTheHeadsOfAHar() throws IOException {
    String har = Files.readString(log("chrome.har"));
    Run run = decode(har.replace("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "AAAA"), "--detail", "none");
    assertEquals(1, run.exitCode());
    assertTrue(run.out().contains("✗ accept-wrong "), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"log\":{\"entries\":[{\"request\":{\"method\":\"GET\",\"url\":\"http://a/\"}},{}]}} |"
            + " no WebSocket in this HAR file: 2 entries (2 with HTTP without WebSocket)",
        "{\"log\":{\"entries\":[] |"
            + " no WebSocket in this HAR file: 0 entries; the file is cut off at line 1,"
            + " column 21",
        "{\"log\":{\"entries\":[1,tru]}} |"
            + " no WebSocket in this HAR file: 0 entries; no valid JSON at line 1, column 26",
        "{\"constants\":{\"a\":1},\"events\":[]} | no WebSocket in this Chromium netlog file: 0 events",
        "=> Send header, 18 bytes (0x12)~0000: GET / HTTP/1.1~0010:~ |"
            + " no WebSocket in this curl trace file: 1 block of 1 connection (1 with HTTP without"
            + " WebSocket)",
      })
  void saysWhatElseALogHolds(String content, String message) throws IOException {
    assertEquals(Run.misused("wscope decode", message), decode(content.replace('~', '\n')));
  }

  @Test
  void limitsTheDepthOfJson() throws IOException {
    assertEquals(
        Run.misused(
            "wscope decode",
            "no WebSocket in this HAR file: 0 entries; more than 200 levels of JSON at line 1,"
                + " column 223"),
        decode("{\"log\":{\"version\":1,\"x\":" + "[".repeat(1000)));
  }

  /** The browser may be killed at any time. */
  @Test
  void readsANetlogThatIsCutOffAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(log("netlog-everything.json"));
    Path file = folder.resolve("cut");
    int shown = 0;
    for (int length = 30; length < whole.length - 30; length += 97) {
      Run run = decode(Files.write(file, Arrays.copyOf(whole, length)), "--detail", "none");
      // The addresses follow the request in the file.
      boolean found = run.out().matches("(?s)#1 (\\[::1\\]:55384 )?→ (\\[::1\\]:8087 )?/chat.*");
      assertEquals(found ? 1 : 2, run.exitCode(), run.err());
      assertTrue(run.err().contains("the file is cut off at line "), run.err());
      shown += found ? 1 : 0;
    }
    assertTrue(shown > 40, "shown: " + shown);
  }

  // Several files.

  @Test
  void readsTheFilesOfARotationInTheOrderOfTheirTimes() throws IOException {
    byte[] whole = CapturedTalks.two();
    Path all = Files.write(folder.resolve("all.pcap"), whole);
    int header = 24;
    int cut = CapturedTalks.endOfPacket(whole, 6);
    byte[] rest = new byte[header + whole.length - cut];
    System.arraycopy(whole, 0, rest, 0, header);
    System.arraycopy(whole, cut, rest, header, whole.length - cut);
    Path first = Files.write(folder.resolve("b.pcap"), Arrays.copyOf(whole, cut));
    Path second = Files.write(folder.resolve("a.pcap"), rest);
    Run expected = decode(all);
    Run run = decode(second, "--file", first.toString());
    assertEquals(
        new Run(
            1,
            expected.out(),
            "note: 2 capture files: 17 packets of 2 TCP connections (2 with WebSocket)\n"),
        run);
  }

  @ParameterizedTest
  @CsvSource({"chrome.har", "curl-hex.txt", "netlog-default.json"})
  void joinsNoOtherFiles(String name) throws IOException {
    Path packets = Files.write(folder.resolve("a.pcap"), CapturedTalks.two());
    Run expected =
        Run.misused(
            "wscope decode",
            "only captures of packets (pcap and pcapng) can be read as one, but "
                + log(name)
                + " cannot: it is not a capture of packets; give one --file at a time");
    assertEquals(expected, decode(packets, "--file", log(name).toString()));
    assertEquals(expected, decode(log(name), "--file", packets.toString()));
    assertEquals(2, decode(packets, "--file", packets.toString(), "--skip", "3").exitCode());
  }
}
