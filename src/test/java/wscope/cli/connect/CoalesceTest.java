package wscope.cli.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.Run;
import wscope.protocol.handshake.AcceptKey;
import wscope.report.json.EventSchema;
import wscope.support.CannedServer;

/** {@code wscope connect --coalesce}, as a server sees it that reads one segment at a time. */
@Timeout(30)
class CoalesceTest {
  private static final String CLOSE = "\u0088\u0002\u0003\u00e8";

  /** What the first read of each connection gave after the head, unmasked. */
  private final BlockingQueue<String> first = new LinkedBlockingQueue<>();

  /** Reads once; returns the head, and stores what follows it. */
  private String readOnce(CannedServer.Peer peer) throws IOException {
    byte[] segment = new byte[1 << 17];
    int count = peer.socket().getInputStream().read(segment);
    String all = new String(segment, 0, Math.max(0, count), ISO_8859_1);
    int end = all.indexOf("\r\n\r\n") + 4;
    first.add(unmasked(Arrays.copyOfRange(segment, end, count)));
    return all.substring(0, end);
  }

  /** The payloads of short frames. */
  private static String unmasked(byte[] frames) {
    StringBuilder payloads = new StringBuilder();
    int at = 0;
    while (at < frames.length) {
      int length = frames[at + 1] & 0x7f;
      payloads.append((frames[at] & 0xff) == 0x81 ? "text " : "? ");
      for (int i = 0; i < length; i++) {
        payloads.append((char) (frames[at + 6 + i] ^ frames[at + 2 + i % 4]));
      }
      payloads.append(' ');
      at += 6 + length;
    }
    return payloads.toString().strip();
  }

  private void accept(CannedServer.Peer peer, String fields) throws IOException {
    String head = readOnce(peer);
    String mark = "Sec-WebSocket-Key: ";
    int start = head.indexOf(mark) + mark.length();
    peer.send(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + AcceptKey.of(head.substring(start, head.indexOf('\r', start))).value()
            + fields
            + "\r\n\r\n");
  }

  @Test
  void sendsMessagesInTheSegmentOfTheRequest() throws Exception {
    try (CannedServer server =
        new CannedServer(
            peer -> {
              accept(peer, "");
              peer.send("\u0081\u0002ok" + CLOSE);
              peer.rest();
            })) {
      Run run =
          ConnectRun.of(
              server.port(),
              "/",
              "--coalesce",
              "--close-timeout=200ms",
              "--no-deflate",
              "-x",
              "one",
              "-x",
              "two",
              "--expect",
              "ok");
      assertEquals("text one text two", first.poll(10, SECONDS));
      assertEquals(
          """
          = connected to 127.0.0.1:PORT in TIME
          > GET / HTTP/1.1
          > Host: 127.0.0.1:PORT
          > Upgrade: websocket
          > Connection: Upgrade
          > Sec-WebSocket-Key: KEY
          > Sec-WebSocket-Version: 13
          >
          = coalesced on purpose: 2 messages in 18 bytes follow the request at once; a client must \
          wait for the response (RFC 6455 §4.1)
          < HTTP/1.1 101 Switching Protocols
          < Upgrade: websocket
          < Connection: Upgrade
          < Sec-WebSocket-Accept: ACCEPT
          <
          = accept       ACCEPT   matches the key
          = open     extensions: none   subprotocol: none
          = coalesced messages: the WebSocket is open, so the server can read them
          > frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 3         \
          key 01234567  bytes 0-8   "one"
          > frame 2    FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 3         \
          key 01234567  bytes 9-17   "two"
          < frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2         \
                        bytes 0-3   "ok"
          = matched   ok after TIME
          """,
          run.out().substring(0, run.out().indexOf("> frame 3")));
      assertEquals(0, run.exitCode());
    }
  }

  /** Only the messages before the first expectation are sent early; the others are compressed. */
  @Test
  void saysThatTheMessagesAreNotCompressed() throws Exception {
    try (CannedServer server =
        new CannedServer(
            peer -> {
              accept(peer, "\r\nSec-WebSocket-Extensions: permessage-deflate");
              peer.send("\u0081\u0002ok");
              peer.send(CLOSE);
              peer.rest();
            })) {
      Run run =
          ConnectRun.of(
              server.port(),
              "/",
              "--coalesce",
              "--close-timeout=200ms",
              "-x",
              "a",
              "--expect",
              "ok",
              "-x",
              "b");
      assertEquals("text a", first.poll(10, SECONDS));
      assertTrue(
          run.out()
              .contains(
                  """
                  = coalesced message: sent before compression was agreed on, and not compressed, \
                  as RSV1 0 says (RFC 7692 §6); the server can read it
                  > frame 1    FIN 1  RSV 000  opcode 0x1 text \
                  """),
          run.out());
      assertTrue(run.out().contains("\n> frame 2    FIN 1  RSV 100  opcode 0x1 text"), run.out());
    }
  }

  /** Each attempt sends them again. */
  @Test
  void saysThatNobodyReadsTheMessages() throws Exception {
    try (CannedServer server =
        new CannedServer(
            peer -> {
              readOnce(peer);
              peer.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
              peer.rest();
            })) {
      Run run = ConnectRun.of(server.port(), "/", "--coalesce", "-x", "a", "--retry", "1");
      assertEquals("text a", first.poll(10, SECONDS));
      assertEquals("text a", first.poll(10, SECONDS));
      String rejected =
          "= coalesced message: no WebSocket opens; the server discards these bytes, or takes them"
              + " for a body or another request";
      assertEquals(2, run.out().lines().filter(rejected::equals).count(), run.out());
      assertEquals(4, run.exitCode());
    }
  }

  @ParameterizedTest
  @CsvSource({"text", "json"})
  void recordsEverything(String format, @TempDir Path folder) throws Exception {
    String file = folder.resolve("events.json").toString();
    try (CannedServer server =
        new CannedServer(
            peer -> {
              accept(peer, "");
              peer.send(CLOSE);
              peer.rest();
            })) {
      String url = "ws://127.0.0.1:" + server.port() + "/";
      Run run =
          Run.of(
              "connect",
              url,
              "--coalesce",
              "--close-timeout=200ms",
              "-x",
              "a",
              "--record",
              file,
              "--format",
              format);
      Run again = Run.of("decode", "--file", file, "--format", format, "-d", "frames");
      EventSchema.check(Files.readString(Path.of(file)));
      assertEquals(timeless(run.out()), timeless(again.out()));
      assertTrue(again.out().contains("coalesced"), again.out());
    }
  }

  private static String timeless(String events) {
    return events
        .replaceAll("in \\d+\\.\\d+ ms", "in TIME")
        .replaceAll("\"(time|micros)\":\"?[^,\"]+\"?", "TIME");
  }

  /** The columns: the options, and the error. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--expect a | : has no message to send with the request; give --send TEXT",
        "--expect a -x b | : has no message to send with the request; give --send TEXT",
        "-x a --split 1 | cannot be combined with --split",
        "-x a --fault reserved-opcode | cannot be combined with --fault",
        "-x a --fragment 1 | cannot be combined with --fragment",
        "-x a --delay 1s | cannot be combined with --delay",
      })
  void needsMessagesThatNothingElseShapes(String options, String error) {
    List<String> args = new ArrayList<>(List.of("connect", "ws://a/", "--coalesce"));
    args.addAll(List.of(options.split(" ")));
    assertEquals(
        new Run(
            2,
            "",
            "wscope connect: --coalesce "
                + error.replaceFirst("^: ", "")
                + "\nsee: wscope connect --help\n"),
        Run.of(args.toArray(String[]::new)));
  }

  @Test
  void sendsAtMost64KiB() throws Exception {
    try (CannedServer server =
        new CannedServer(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
              peer.rest();
            })) {
      String most = "x".repeat(65_536);
      Run run = ConnectRun.of(server.port(), "/", "--coalesce", "-d", "messages", "-x", most);
      assertTrue(run.out().contains(" 1 message in 65550 bytes follows"), run.out());
      assertEquals(
          "wscope connect: --coalesce: the messages before the first --expect have 65537 bytes; at"
              + " most 65536 are sent with the request\nsee: wscope connect --help\n",
          ConnectRun.of(server.port(), "/", "--coalesce", "-x", most, "-x", "y").err());
    }
  }
}
