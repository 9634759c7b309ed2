package wscope.cli.decode;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.capture.packets.CapturedTalks;
import wscope.cli.Run;
import wscope.report.json.EventSchema;

/** {@code decode} of captures of packets. */
class DecodeCaptureTest {
  private static final String ROW_1 =
      "#1 10.0.0.1:1000 → 10.0.0.2:80 /chat?a=1 101 3 frames, closed by the server 1000\n";
  private static final String ROW_2 =
      "#2 10.0.0.1:1001 → 10.0.0.2:80 /chat?a=1 101 1 frame, 1 violation, reset by the client"
          + " without Close\n";
  private static final String NOTE =
      "note: pcap file: 17 packets of 2 TCP connections (2 with WebSocket)\n";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.write(folder.resolve("a.pcap"), CapturedTalks.two());
  }

  private Run decode(String... options) {
    List<String> args = new ArrayList<>(List.of("decode", "--file", file.toString()));
    args.addAll(List.of(options));
    return Run.of(args.toArray(String[]::new));
  }

  @Test
  void listsTheConnectionsAndShowsEach() {
    assertEquals(
        new Run(
            1,
            ROW_1
                + ROW_2
                + """
                   0.003 #1 = captured  10.0.0.1:1000 to 10.0.0.2:80
                   0.004 #1 = accept       s3pPLMBiTxaQ9kYGzzhZRbK+xOo=   matches the key
                         #1 = open     extensions: none   subprotocol: none
                   0.005 #1 C> message 1   text, 5 bytes in 1 frame   "Hello"
                   0.006 #1 S> close     1000 normal closure
                   0.007 #1 C> close     1000 normal closure
                   0.009 #1 = closed   by the server: 1000 normal closure, answered by the client: 1000 normal closure; the server ended TCP first (FIN)
                         #1 =          lasted  9 ms
                   0.009 #1 = fidelity  all bytes of both directions: every rule is judged
                   0.013 #2 = captured  10.0.0.1:1001 to 10.0.0.2:80
                   0.014 #2 = accept       s3pPLMBiTxaQ9kYGzzhZRbK+xOo=   matches the key
                         #2 = open     extensions: none   subprotocol: none
                   0.015 #2 C> frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 5                       bytes 0-6
                         #2 C>   ✗ client-frame-unmasked   RFC 6455 §5.1 → close 1002
                         #2 C>       A frame from a client is not masked
                         #2 C>       found: MASK 0
                         #2 C>       hint: a client masks every frame with a fresh key; only a server sends frames without one
                   0.015 #2 C> message 1   text, 5 bytes in 1 frame   "Hello"
                   0.016 #2 = closed   without a Close frame; the client reset TCP (RST); an API reports 1006
                         #2 =          lasted  6 ms
                   0.016 #2 = fidelity  all bytes of both directions: every rule is judged
                """,
            NOTE),
        decode("--detail", "messages"));
  }

  @Test
  void writesJson() throws Exception {
    Run run = decode("--format", "json", "--detail", "none");
    EventSchema.check(run.out());
    assertEquals(1, run.exitCode());
    assertEquals(
        """
        {"type":"capture-row","connection":1,"client":{"address":"10.0.0.1","port":1000},\
        "server":{"address":"10.0.0.2","port":80},"target":"/chat?a=1","status":101,"frames":3,\
        "errors":0,"initiator":"server","tcpEnd":"server-fin","silenceMillis":1,"notJudgeable":[]}
        """,
        run.out().lines().limit(1).toList().get(0) + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--connection 1, 1, 0",
    "--connection 2, 2, 1",
    "'--connection 1,2', 12, 1",
    "--peer 10.0.0.1:1001, 2, 1",
    "--peer 10.0.0.2, 12, 1",
    "--peer :1000, 1, 0",
    "--path /chat, 12, 1",
    "--only-violations, 2, 1",
    "--only-violations --peer 10.0.0.1, 2, 1",
  })
  void choosesConnections(String options, String chosen, int exitCode) {
    List<String> args = new ArrayList<>(List.of(options.split(" ", -1)));
    args.addAll(List.of("--detail", "none"));
    Run run = decode(args.toArray(String[]::new));
    String rows = (chosen.contains("1") ? ROW_1 : "") + (chosen.contains("2") ? ROW_2 : "");
    assertTrue(run.out().startsWith(rows), run.out());
    assertEquals(rows.lines().count(), run.out().lines().filter(l -> l.contains("→ 10")).count());
    assertEquals(exitCode, run.exitCode());
    assertEquals(NOTE, run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "--connection 3",
    "--peer 10.0.0.3",
    "--path /other",
    "--only-violations --path /other",
  })
  void saysThatNothingIsChosen(String options) {
    assertEquals(
        Run.misused(
            "wscope decode",
            "none of the 2 WebSocket connections of the capture is chosen; omit --connection,"
                + " --peer, --path, --from-time and --to-time to see all"),
        decode(options.split(" ")));
  }

  /** A capture without violations is not a mistake of the user. */
  @Test
  void saysThatNoneBreaksARule() {
    assertEquals(
        new Run(
            0,
            "",
            "note: found no violation in 1 WebSocket connection; omit --only-violations to see"
                + " more\n"
                + NOTE),
        decode("--only-violations", "--connection", "1"));
  }

  @Test
  void readsAPipe() throws Exception {
    Run fromFile = decode("--detail", "messages");
    Run piped =
        Run.reading(
            new ByteArrayInputStream(Files.readAllBytes(file)), "decode", "--detail", "messages");
    String rows = ROW_1 + ROW_2;
    assertEquals(new Run(1, fromFile.out().substring(rows.length()) + rows, fromFile.err()), piped);
  }

  /** Each packet is shown when it comes. */
  @Test
  void showsALiveCapture() throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    LinkedBlockingQueue<String> shown = new LinkedBlockingQueue<>();
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] b, int off, int len) {
            shown.add(new String(b, off, len, UTF_8));
          }
        };
    PipedInputStream in = new PipedInputStream(1 << 16);
    Thread decoder =
        new Thread(() -> Run.on(Run.stdio(in, out, OutputStream.nullOutputStream()), "decode"));
    try (PipedOutputStream tcpdump = new PipedOutputStream(in)) {
      decoder.start();
      int sixth = CapturedTalks.endOfPacket(bytes, 6);
      tcpdump.write(bytes, 0, sixth);
      tcpdump.flush();
      StringBuilder all = new StringBuilder();
      while (!all.toString().contains("frame 1")) {
        all.append(shown.take());
      }
      tcpdump.write(bytes, sixth, bytes.length - sixth);
    }
    decoder.join();
    assertTrue(shown.stream().anyMatch(text -> text.contains(ROW_2)));
  }

  /** The head of the server has 129 bytes, and the frame differs from its sixth byte on. */
  @Test
  void namesARetransmissionThatDiffers() throws IOException {
    Files.write(file, CapturedTalks.differing());
    Run run = decode("--detail", "messages");
    assertEquals(
        """
        #1 10.0.0.1:1000 → 10.0.0.2:80 /chat?a=1 101 2 frames, closed by the server 1000, retransmissions differ in 2 bytes
           0.003 #1 = captured  10.0.0.1:1000 to 10.0.0.2:80
           0.004 #1 = accept       s3pPLMBiTxaQ9kYGzzhZRbK+xOo=   matches the key
                 #1 = open     extensions: none   subprotocol: none
           0.005 #1 S> message 1   text, 5 bytes in 1 frame   "Hello"
           0.006 #1 = differs   what the server retransmitted differs in 2 bytes from what was captured first, from offset 134 of its TCP stream on; wscope reads what was captured first
           0.007 #1 S> close     1000 normal closure
           0.008 #1 = closed   by the server: 1000 normal closure, not answered; the server ended TCP first (FIN)
                 #1 =          lasted  8 ms
           0.008 #1 = fidelity  all bytes of both directions: every rule is judged
        """,
        run.out());
    assertTrue(
        run.err()
            .contains(
                "note: retransmissions differ in 2 bytes from what was captured first, which is"
                    + " read\n"),
        run.err());
    String json = decode("--format", "json").out();
    EventSchema.check(json);
    assertTrue(
        json.contains(
            "\"type\":\"retransmission-differs\",\"time\":\"2026-11-28T12:00:00.006000Z\","
                + "\"connection\":1,\"sender\":\"server\",\"offset\":134,\"bytes\":2}"),
        json);
    assertTrue(json.contains("\"errors\":0,\"differing\":2,"), json);
  }

  /** What is missing may have been a Close and a FIN, so nobody is named. */
  @Test
  void namesAGap() throws IOException {
    Files.write(file, CapturedTalks.gap());
    Run run = decode("--detail", "messages");
    assertEquals(
        """
        #1 10.0.0.1:1000 → 10.0.0.2:80 /chat?a=1 101 1 frame, its end is unknown, bytes are missing
           0.003 #1 = captured  10.0.0.1:1000 to 10.0.0.2:80
           0.004 #1 = accept       s3pPLMBiTxaQ9kYGzzhZRbK+xOo=   matches the key
                 #1 = open     extensions: none   subprotocol: none
           0.006 #1 S> close     1000 normal closure
           0.007 #1 = gap       7 bytes of the client are not in the capture; wscope looks for the next frame
           0.007 #1 = unread    6 bytes of the client after the gap are not read, because nothing in them is a frame for sure
           0.007 #1 = closed   with a Close of the server: 1000 normal closure, perhaps after one that is missing; the capture does not show who ended TCP first
                 #1 =          lasted  7 ms
           0.007 #1 = fidelity  not judgeable, because bytes are missing: the rules of frame header, frame order, message, compression, close body
        """,
        run.out());
    assertTrue(run.err().contains("note: missing from the streams: 7 bytes\n"), run.err());
  }

  /** Why the end of a connection is not shown. */
  @Test
  void saysWhyAnEndIsNotShown() throws IOException {
    Files.write(file, CapturedTalks.unended());
    Run run = decode("--detail", "messages");
    String[] rows = {
      "#1 10.0.0.1:1000 → 10.0.0.2:80 /chat?a=1 101 0 frames, its end is missing",
      "#2 10.0.0.1:1001 → 10.0.0.2:80 /chat?a=1 101 0 frames, not read to its end",
      "#3 10.0.0.1:1002 → 10.0.0.2:80 /chat?a=1 101 0 frames, open at the end of the capture"
    };
    String[] ends = {
      "= end      not in the capture: the next connection of the same endpoints begins",
      "= end      not read: too many connections were open at a time",
      "= end      not in the capture: the connection is still open when the capture ends"
    };
    String frames = "the rules of frame header, frame order, message, compression, close body";
    String[] fidelities = {
      "= fidelity  not judgeable, because bytes are missing: " + frames,
      "= fidelity  not judgeable, because the rest of the connection is not read: " + frames,
      "= fidelity  all bytes of both directions: every rule is judged"
    };
    for (int i = 0; i < 3; i++) {
      assertTrue(run.out().contains(rows[i] + "\n"), run.out());
      assertTrue(run.out().contains("#" + (i + 1) + " " + ends[i] + "\n"), run.out());
      assertTrue(run.out().contains("#" + (i + 1) + " " + fidelities[i] + "\n"), run.out());
    }
    // Nobody knows how long they lasted.
    assertFalse(run.out().contains("lasted"), run.out());
    assertTrue(
        run.err()
            .contains(
                "note: 1 WebSocket connection was not read to the end, because too many were open\n"),
        run.err());
    Run json = decode("--format", "json");
    EventSchema.check(json.out());
    assertEquals(
        2, json.out().lines().filter(line -> line.contains("\"readUntil\":\"crowded\"")).count());
  }

  @Test
  void doesNotCallAFinAByte() throws IOException {
    Files.write(file, CapturedTalks.withoutFin());
    assertTrue(
        decode()
            .out()
            .contains(
                "#1 = gap       1 byte of the server, or its FIN, is not in the capture;"
                    + " wscope looks for the next frame\n"));
  }

  @Test
  void saysWhatElseACaptureHolds() throws IOException {
    Files.write(file, CapturedTalks.tls());
    assertEquals(
        new Run(
            2,
            "",
            """
            note: not decrypted: 10.0.0.1:1000 → 10.0.0.2:80: TLS that does not begin with a\
             ClientHello
            wscope decode: no WebSocket in this pcap file: 7 packets of 1 TCP connection (1 with\
             TLS)
            see: wscope decode --help
            """),
        decode());
  }

  @Test
  void readsAFileThatIsCutOff() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, CapturedTalks.endOfPacket(bytes, 10) + 3));
    Run run = decode("--detail", "none");
    assertEquals(1, run.exitCode());
    assertEquals(ROW_1, run.out().substring(0, ROW_1.length()));
    assertTrue(run.err().contains("note: the file is cut off after byte "), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sender client | a capture does not need --sender; omit --sender",
        "--connection 0 | --connection: '0' is not the number of a connection",
        "--peer a:b | --peer: 'a:b' has an invalid port; use 1 to 65535",
      })
  void rejectsOptions(String options, String message) {
    Run run = decode(options.split(" "));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().startsWith("wscope decode: " + message + "\n"), run.err());
  }

  @ParameterizedTest
  @CsvSource({"--connection 1", "--peer ::1", "--path /", "--only-violations"})
  void needsACaptureToChooseFrom(String options) {
    List<String> args = new ArrayList<>(List.of("decode", "81 00"));
    args.addAll(List.of(options.split(" ")));
    assertEquals(
        Run.misused("wscope decode", args.get(2) + " needs a capture; this input is none"),
        Run.of(args.toArray(String[]::new)));
  }

  @Test
  void readsAPipeOnlyOnce() throws IOException {
    Run run =
        Run.reading(
            new ByteArrayInputStream(Files.readAllBytes(file)), "decode", "--only-violations");
    assertEquals(
        "wscope decode: --only-violations must read the capture twice; write it to a file, and use"
            + " --file\nsee: wscope decode --help\n",
        run.err());
  }

  /** The requests and responses are longer, and may be those of a WebSocket. */
  @Test
  void saysThatPacketsAreCutWhereItFindsNoWebSocket() throws IOException {
    ByteBuffer whole = ByteBuffer.wrap(CapturedTalks.two()).order(LITTLE_ENDIAN);
    ByteBuffer cut = ByteBuffer.allocate(whole.capacity()).order(LITTLE_ENDIAN);
    cut.put(whole.slice(0, 24));
    for (int at = 24; at < whole.capacity(); at += 16 + whole.getInt(at + 8)) {
      int length = Math.min(60, whole.getInt(at + 8));
      cut.put(whole.slice(at, 8)).putInt(length).putInt(whole.getInt(at + 12));
      cut.put(whole.slice(at + 16, length));
    }
    Files.write(file, Arrays.copyOf(cut.array(), cut.position()));
    assertEquals(
        Run.misused(
            "wscope decode",
            "no WebSocket in this pcap file: 17 packets of 2 TCP connections (2 with HTTP without"
                + " WebSocket); the capture has only the beginning of 4 packets; capture whole"
                + " packets, as with tcpdump -s 0"),
        decode());
  }

  @Test
  void namesAFileWhoseFormatIsNotComplete() throws IOException {
    Files.write(file, Arrays.copyOf(CapturedTalks.two(), 10));
    assertEquals(
        Run.misused(
            "wscope decode",
            "no WebSocket in this capture file: 0 packets of 0 TCP connections; the file is cut off"
                + " after byte 4"),
        decode());
  }

  /** What the other end sent is missing: it may have closed first, or answered. */
  @Test
  void saysThatADirectionIsMissing() throws IOException {
    Files.write(file, CapturedTalks.oneDirection(true));
    Run client = decode("--detail", "messages");
    assertEquals(0, client.exitCode());
    assertTrue(client.out().contains("C> message 1   text, 5 bytes in 1 frame   \"Hello\""));
    assertTrue(
        client.out().contains("with a Close of the client: 1000 normal closure, perhaps after one"),
        client.out());
    // The head of 129 bytes, and a frame of 4; a FIN counts as a byte.
    assertTrue(client.err().contains("missing from the streams: 134 bytes"), client.err());

    Files.write(file, CapturedTalks.oneDirection(false));
    Run server = decode("--detail", "messages");
    assertEquals(0, server.exitCode());
    assertTrue(server.out().startsWith("#1 10.0.0.1:1000 → 10.0.0.2:80 (no request) 101 "));
    assertTrue(
        server.out().contains("with a Close of the server: 1000 normal closure, perhaps after one"),
        server.out());
  }

  @Test
  void readsTheHeadAfterAMalformedTarget() throws IOException {
    Files.write(file, CapturedTalks.withUnencodedPath());
    Run run = decode("--detail", "messages");
    assertEquals(1, run.exitCode());
    assertTrue(run.out().contains("✗ request-line-malformed"), run.out());
    assertTrue(run.out().contains("matches the key"), run.out());
    assertTrue(run.out().contains("C> message 1   text, 5 bytes in 1 frame   \"Hello\""));
  }
}
