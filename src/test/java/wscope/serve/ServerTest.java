package wscope.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.connection.Disconnected;
import wscope.connection.Timeouts;
import wscope.net.SocketFailure;
import wscope.net.TlsMismatch;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/** The server over real sockets, with hand-made bytes. */
@Timeout(20)
class ServerTest {
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofMillis(250), Duration.ofMillis(250));

  @Test
  void echoesMessages() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      byte[] binary = new byte[70_000];
      new Random(1).nextBytes(binary);
      client.send(RawClient.text("Hello, €"));
      client.expect(RawClient.echo("Hello, €"));
      client.send(RawClient.masked(2, binary));
      client.expect(RawClient.plain(2, binary));
      client.send(RawClient.text(""));
      client.expect("81 00");
    }
  }

  @Test
  void readsARequestInSingleBytes() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      for (byte b : RawClient.REQUEST) {
        client.send(new byte[] {b});
      }
      client.expectUpgrade();
      for (byte b : RawClient.text("by bytes")) {
        client.send(new byte[] {b});
      }
      client.expect(RawClient.echo("by bytes"));
    }
  }

  @Test
  void readsFramesInTheSegmentOfTheRequest() throws Exception {
    // Bytes after the empty line belong to the frames.
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.REQUEST, RawClient.text("one"), RawClient.masked(9, new byte[] {1, 2}));
      client.send(RawClient.text("two"));
      client.expectUpgrade();
      client.expect(RawClient.echo("one"), RawClient.plain(10, new byte[] {1, 2}));
      client.expect(RawClient.echo("two"));
    }
  }

  @Test
  void readsARequestCutAtAnyByte() throws Exception {
    byte[] all = RawClient.join(RawClient.REQUEST, RawClient.text("cut"));
    try (RunningServer server = new RunningServer()) {
      for (int cut = 1; cut < all.length; cut++) {
        try (RawClient client = server.connect()) {
          client.send(Arrays.copyOf(all, cut));
          client.send(Arrays.copyOfRange(all, cut, all.length));
          client.expectUpgrade();
          client.expect(RawClient.echo("cut"));
        }
      }
    }
  }

  @Test
  void repliesToAPingBetweenFragments() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      byte[] hel = "Hel".getBytes(UTF_8);
      client.send(RawClient.masked(0x01, hel, 3));
      client.send(RawClient.masked(0x00, new byte[0], 0));
      client.send(RawClient.masked(9, "ping".getBytes(UTF_8)));
      // The pong does not wait for the end of the message.
      client.expect(RawClient.plain(10, "ping".getBytes(UTF_8)));
      client.send(RawClient.masked(0x80, "lo".getBytes(UTF_8), 2));
      client.expect(RawClient.echo("Hello"));
    }
  }

  @Test
  void repliesToPingsInOrder() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      List<byte[]> pings = new ArrayList<>();
      List<byte[]> pongs = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        byte[] payload = ("ping " + i).getBytes(UTF_8);
        pings.add(RawClient.masked(9, payload));
        pongs.add(RawClient.plain(10, payload));
      }
      client.send(pings.toArray(byte[][]::new));
      client.expect(pongs.toArray(byte[][]::new));
      // A pong gets no reply.
      client.send(RawClient.masked(10, new byte[] {1}));
      client.send(RawClient.text("still there"));
      client.expect(RawClient.echo("still there"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "88 80 00 00 00 00, 88 00, -1",
    "88 82 00 00 00 00 03 e8, 88 02 03 e8, 1000",
    "88 85 00 00 00 00 03 e9 62 79 65, 88 05 03 e9 62 79 65, 1001",
    "88 82 00 00 00 00 13 87, 88 02 13 87, 4999",
  })
  void repliesToAClose(String close, String reply, int code) throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      client.send(close);
      client.expect(reply);
      client.expectEnd();
      client.disconnect();
      Disconnected disconnected = server.nextDisconnected();
      assertTrue(disconnected.opened());
      assertEquals(Endpoint.CLIENT, disconnected.closure().initiator());
      assertTrue(disconnected.closure().isClean());
      assertEquals(code, disconnected.closure().received().code());
      assertNull(disconnected.closure().failure());
      assertNull(disconnected.timeout());
      assertEquals(1, disconnected.totals().received().frames());
      assertEquals(1, disconnected.totals().sent().frames());
    }
  }

  @Test
  void repliesToNothingAfterAClose() throws Exception {
    // No echo and no pong.
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      client.send(RawClient.close(1000), RawClient.masked(9, new byte[0]), RawClient.text("x"));
      client.expect("88 02 03 e8");
      client.expectEnd();
    }
  }

  /** S2: among others, 64-bit lengths with and without the top bit. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "81 05 48 65 6c 6c 6f, 1002", // not masked
    "c1 80 00 00 00 00, 1002",
    "83 80 00 00 00 00, 1002",
    "8b 80 00 00 00 00, 1002",
    "80 80 00 00 00 00, 1002",
    "09 80 00 00 00 00, 1002",
    "89 fe 00 7e 00 00 00 00, 1002",
    "82 fe 00 05 00 00 00 00, 1002",
    "82 ff 80 00 00 00 00 00 00 00, 1002",
    "82 ff ff ff ff ff ff ff ff ff, 1002",
    "82 ff 7f ff ff ff ff ff ff ff, 1009",
    "82 ff 00 00 00 00 01 00 00 01, 1009",
    "81 82 00 00 00 00 c3 28, 1007",
    "88 81 00 00 00 00 03, 1002",
    "88 82 00 00 00 00 03 ed, 1002",
    "88 83 00 00 00 00 03 e8 ff, 1007",
  })
  void closesWithTheCodeOfTheBrokenRule(String bytes, int code) throws Exception {
    // The masking key follows even where the length alone breaks the rule.
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      client.send(bytes);
      if (bytes.startsWith("82 ff")) {
        client.send("00 00 00 00");
      }
      client.send(RawClient.text("not echoed"), RawClient.masked(9, new byte[0]));
      client.expectCloseAndEnd(code);
      client.disconnect();
      Disconnected disconnected = server.nextDisconnected();
      assertEquals(code, disconnected.closure().sent().code());
      assertEquals(code, disconnected.closure().failure().closeCode());
      assertEquals(Endpoint.SERVER, disconnected.closure().initiator());
    }
  }

  /** S1: for any opcode, the header of a huge frame is enough to close the connection. */
  @Test
  void closesAtTheHeaderOfAHugeFrame() throws Exception {
    try (RunningServer server = new RunningServer()) {
      for (int opcode = 0; opcode < 16; opcode++) {
        for (String length : new String[] {"7fffffff", "0100000000", "7fffffffffffffff"}) {
          try (RawClient client = server.open()) {
            String padded = "0".repeat(16 - length.length()) + length;
            byte[] header =
                HexFormat.of()
                    .parseHex(Integer.toHexString(0x80 | opcode) + "ff" + padded + "00000000");
            client.send(header);
            client.expectCloseAndEnd(opcode == 1 || opcode == 2 ? 1009 : 1002);
          }
        }
      }
    }
  }

  @Test
  void echoesTheLongestMessage() throws Exception {
    byte[] longest = new byte[16 << 20];
    new Random(2).nextBytes(longest);
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      client.send(RawClient.masked(2, longest));
      client.expect(RawClient.plain(2, longest));
    }
  }

  @Test
  void echoesLongAndShortMessagesOfOneRead() throws Exception {
    // Both echoes are sent in one round, and the first exceeds the socket buffer.
    byte[] large = new byte[12 << 20];
    new Random(3).nextBytes(large);
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      List<byte[]> frames = new ArrayList<>();
      List<byte[]> echoes = new ArrayList<>();
      frames.add(RawClient.masked(2, large));
      echoes.add(RawClient.plain(2, large));
      for (int i = 0; i < 100; i++) {
        frames.add(RawClient.text("short " + i));
        echoes.add(RawClient.echo("short " + i));
      }
      Thread writer = sending(client, RawClient.join(frames.toArray(byte[][]::new)));
      writer.join(10_000);
      assertFalse(writer.isAlive(), "the server stopped reading");
      client.expect(echoes.toArray(byte[][]::new));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "GET / HTTP/1.0~Host: x~~ | 505",
        "POST / HTTP/1.1~Host: x~Content-Length: 0~~ | 405",
        "GET / HTTP/1.1~~ | 400",
        "GET / HTTP/1.1~Host: x~Host: y~~ | 400",
        "GET  / HTTP/1.1~~ | 400",
        "hello~~ | 400",
        "GET / HTTP/1.1~Host: x~Upgrade: websocket~Connection: Upgrade"
            + "~Sec-WebSocket-Key: "
            + SampleHandshake.KEY
            + "~Sec-WebSocket-Version: 12~~ | 426",
        "GET / HTTP/1.1~Host: x~Upgrade: websocket~Connection: Upgrade"
            + "~Sec-WebSocket-Key: short~Sec-WebSocket-Version: 13~~ | 400",
      })
  void rejectsInvalidRequests(String request, int status) throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(request.replace("~", "\r\n").getBytes(ISO_8859_1));
      String response = client.rest();
      assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
      assertEquals(body(response).getBytes(UTF_8).length, contentLength(response), response);
      client.disconnect();
      Disconnected disconnected = server.nextDisconnected();
      assertFalse(disconnected.opened());
      assertEquals(0, disconnected.totals().received().frames());
      assertEquals(0, disconnected.totals().sent().frames());
    }
  }

  @Test
  void sendsAnAlertToATlsClient() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      // The beginning of a ClientHello.
      client.send("16 03 01 02 00 01 00 01 fc 03 03 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d");
      // A TLS alert: handshake_failure.
      client.expect("15 03 01 00 02 02 28");
      client.disconnect();
      TlsMismatch mismatch = assertInstanceOf(TlsMismatch.class, server.nextDisconnected().cause());
      assertEquals(SocketFailure.TLS_ON_PLAIN, mismatch.failure());
    }
  }

  @Test
  void rejectsHttp2AndExplainsWhy() throws Exception {
    // The RFC prescribes no status; the body must explain the rejection.
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
      String response = client.rest();
      assertTrue(response.startsWith("HTTP/1.1 4") || response.startsWith("HTTP/1.1 5"), response);
      assertTrue(body(response).contains("HTTP/2"), response);
      assertEquals(body(response).getBytes(UTF_8).length, contentLength(response), response);
    }
  }

  @Test
  void survivesRandomBytes() throws Exception {
    Random random = new Random(4);
    try (RunningServer server = new RunningServer()) {
      for (int round = 0; round < 100; round++) {
        try (RawClient client = server.connect()) {
          byte[] bytes = new byte[1 + random.nextInt(200)];
          random.nextBytes(bytes);
          client.send(bytes);
          client.shutdownOutput();
          String response = client.rest();
          assertTrue(response.isEmpty() || response.startsWith("HTTP/1.1 4"), response);
        }
        server.nextDisconnected();
      }
    }
  }

  /** S9: a head is rejected as soon as it exceeds a limit, before its end. */
  @Test
  void limitsTheHead() throws Exception {
    try (RunningServer server = new RunningServer()) {
      try (RawClient client = server.connect()) {
        client.send("GET / HTTP/1.1\r\n".getBytes(ISO_8859_1));
        client.send(("X-A: " + "a".repeat(40_000)).getBytes(ISO_8859_1));
        assertTrue(client.rest().startsWith("HTTP/1.1 431 "));
      }
      try (RawClient client = server.connect()) {
        client.send(("GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(129)).getBytes(ISO_8859_1));
        assertTrue(client.rest().startsWith("HTTP/1.1 431 "));
      }
    }
  }

  @Test
  void sendsATestPage() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(
          "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n".getBytes(ISO_8859_1));
      String response = client.rest();
      assertTrue(response.startsWith("HTTP/1.1 200 OK\r\n"), response);
      assertTrue(response.contains("\r\nContent-Type: text/html; charset=utf-8\r\n"), response);
      assertTrue(response.contains("\r\nConnection: close\r\n"), response);
      assertTrue(body(response).startsWith("<!doctype html>"), response);
      assertEquals(body(response).getBytes(UTF_8).length, contentLength(response));
      client.disconnect();
      Disconnected disconnected = server.nextDisconnected();
      assertFalse(disconnected.opened());
      assertNull(disconnected.timeout());
    }
  }

  @Test
  void repliesAfterTheClientEndsItsOutput() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.REQUEST, RawClient.text("last words"));
      client.shutdownOutput();
      client.expectUpgrade();
      client.expect(RawClient.echo("last words"));
      client.expectEnd();
      Disconnected disconnected = server.nextDisconnected();
      // APIs report this as 1006.
      assertTrue(disconnected.opened());
      assertNull(disconnected.closure().initiator());
      assertNull(disconnected.closure().received());
      assertNull(disconnected.cause());
      assertEquals(new TransportEnd(Endpoint.CLIENT, TransportEnd.Manner.FIN), disconnected.end());
    }
  }

  @Test
  void reportsAReset() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      client.reset();
      Disconnected disconnected = server.nextDisconnected();
      assertEquals(
          new TransportEnd(Endpoint.CLIENT, TransportEnd.Manner.RESET), disconnected.end());
      assertNull(disconnected.cause());
    }
  }

  @Test
  void sendsAllEchoesAfterTheClientEndsItsOutput() throws Exception {
    byte[] payload = new byte[8 << 20];
    new Random(5).nextBytes(payload);
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      client.send(RawClient.masked(2, payload));
      client.shutdownOutput();
      client.expect(RawClient.plain(2, payload));
      client.expectEnd();
      server.nextDisconnected();
    }
  }

  /** S3: the end of the input at any byte ends the connection. */
  @Test
  void survivesAFinAtAnyByte() throws Exception {
    byte[] all =
        RawClient.join(RawClient.REQUEST, RawClient.text("a"), RawClient.masked(9, new byte[3]));
    try (RunningServer server = new RunningServer()) {
      for (int length = 0; length < all.length; length++) {
        try (RawClient client = server.connect()) {
          client.send(Arrays.copyOf(all, length));
          client.shutdownOutput();
          client.rest();
          assertNull(server.nextDisconnected().timeout());
        }
      }
    }
  }

  /** S3: a reset at any byte ends the connection. */
  @Test
  void survivesAResetAtAnyByte() throws Exception {
    byte[] all =
        RawClient.join(
            RawClient.REQUEST,
            RawClient.text("a"),
            RawClient.masked(9, new byte[3]),
            RawClient.close(1000));
    try (RunningServer server = new RunningServer()) {
      for (int length = 1; length <= all.length; length++) {
        RawClient client = server.connect();
        client.send(Arrays.copyOf(all, length));
        client.reset();
        Exception cause = server.nextDisconnected().cause();
        if (cause != null) {
          assertInstanceOf(IOException.class, cause);
        }
      }
      // A client that resets before the server accepts it may go unreported.
      try (RawClient client = server.open()) {
        client.send(RawClient.text("still there"));
        client.expect(RawClient.echo("still there"));
      }
    }
  }

  @Test
  void servesManyClientsAtOnce() throws Exception {
    int clients = 200;
    int echoes = 50;
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try (RunningServer server = new RunningServer()) {
      List<RawClient> open = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        open.add(server.connect());
      }
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        RawClient client = open.get(i);
        int number = i;
        tasks.add(
            () -> {
              client.send(RawClient.REQUEST);
              client.expectUpgrade();
              Random random = new Random(number);
              for (int round = 0; round < echoes; round++) {
                String text = number + ":" + round + " " + "x".repeat(random.nextInt(300));
                client.send(RawClient.text(text));
                if (round % 2 == 1) {
                  client.send(RawClient.masked(9, text.substring(0, 4).getBytes(UTF_8)));
                }
                client.expect(RawClient.echo(text));
                if (round % 2 == 1) {
                  client.expect(RawClient.plain(10, text.substring(0, 4).getBytes(UTF_8)));
                }
              }
              client.send(RawClient.close(1000));
              client.expect("88 02 03 e8");
              client.expectEnd();
              client.disconnect();
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks, 15, SECONDS)) {
        done.get();
      }
      for (int i = 0; i < clients; i++) {
        assertTrue(server.nextDisconnected().closure().isClean());
      }
      assertEquals(clients, server.connected());
    } finally {
      threads.shutdownNow();
    }
  }

  /** S7: the server stops reading from a client that reads nothing, and serves all others. */
  @Test
  void stopsReadingFromAClientThatReadsNothing() throws Exception {
    // 48 MiB of unread echoes exceed both socket buffers and the backlog.
    byte[] payload = new byte[100_000];
    new Random(6).nextBytes(payload);
    byte[] frame = RawClient.masked(2, payload);
    byte[] echo = RawClient.plain(2, payload);
    int count = 480;
    try (RunningServer server = new RunningServer();
        RawClient slow = server.open();
        RawClient other = server.open()) {
      Progress progress = new Progress(slow, frame, count);
      progress.start();
      // The server serves the other client while the slow one blocks.
      for (int i = 0; i < 500 || progress.hasMoved(); i++) {
        other.send(RawClient.text("not delayed"));
        other.expect(RawClient.echo("not delayed"));
      }
      assertTrue(progress.isAlive(), "the server did not stop reading");
      long read = progress.sent() * (long) frame.length;
      assertTrue(read < 40 << 20, () -> "the server read " + read + " bytes");
      for (int i = 0; i < count; i++) {
        slow.expect(echo);
      }
      progress.join(5000);
      assertEquals(count, progress.sent());
      slow.send(RawClient.close(1000));
      slow.expect("88 02 03 e8");
      slow.expectEnd();
    }
  }

  @Test
  void keepsTheOrderOfEchoesAndPongsForASlowReader() throws Exception {
    // Echoes of all sizes and pongs keep their order in the backlog.
    Random random = new Random(7);
    List<byte[]> frames = new ArrayList<>();
    List<byte[]> echoes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      boolean ping = random.nextInt(3) == 0;
      int most = random.nextInt(10) == 0 ? 1 << 20 : 3000;
      byte[] payload = new byte[random.nextInt(ping ? 126 : most)];
      random.nextBytes(payload);
      frames.add(RawClient.masked(ping ? 9 : 2, payload));
      echoes.add(RawClient.plain(ping ? 10 : 2, payload));
    }
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      Thread writer = sending(client, RawClient.join(frames.toArray(byte[][]::new)));
      writer.join(300);
      for (int i = 0; i < echoes.size(); i++) {
        client.expect(echoes.get(i));
      }
      writer.join(5000);
    }
  }

  @Test
  void reportsAnIncompleteRequest() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send("GET / HTTP/1.1\r\nHo".getBytes(ISO_8859_1));
      client.shutdownOutput();
      client.expectEnd();
      assertEquals("GET / HTTP/1.1\r\nHo", server.nextIncompleteHead());
      assertEquals(
          new TransportEnd(Endpoint.CLIENT, TransportEnd.Manner.FIN),
          server.nextDisconnected().end());
    }
  }

  /** S10: a client that sends nothing is dropped. */
  @Test
  void timesOutTheHandshake() throws Exception {
    try (RunningServer server = new RunningServer(SHORT, 1024, false);
        RawClient silent = server.connect()) {
      silent.expectEnd();
      Disconnected disconnected = server.nextDisconnected();
      assertEquals(Disconnected.Timeout.HANDSHAKE, disconnected.timeout());
      assertFalse(disconnected.opened());
      assertTrue(
          disconnected.lasted().compareTo(SHORT.handshake()) >= 0,
          () -> "" + disconnected.lasted());
    }
  }

  /** S10: sending single bytes does not extend the deadline. */
  @Test
  void limitsTheTotalTimeOfTheHandshake() throws Exception {
    try (RunningServer server = new RunningServer(SHORT, 1024, false);
        RawClient drip = server.connect()) {
      drip.send("GET / HTTP/1.1\r\nX: ".getBytes(ISO_8859_1));
      int bytes = 0;
      while (!drip.endsWithin(2)) {
        drip.send(new byte[] {'a'});
        bytes++;
        assertTrue(bytes < 2000, "the handshake did not time out");
      }
      assertEquals(Disconnected.Timeout.HANDSHAKE, server.nextDisconnected().timeout());
      assertTrue(server.nextIncompleteHead().startsWith("GET / HTTP/1.1\r\nX: "));
    }
  }

  /** S10: a request that is complete in the last third of the time is in time. */
  @Test
  void acceptsARequestShortlyBeforeTheDeadline() throws Exception {
    Timeouts timeouts = new Timeouts(Duration.ofMillis(750), SHORT.close());
    int almost = RawClient.REQUEST.length - 1;
    try (RunningServer server = new RunningServer(timeouts, 1024, false);
        RawClient client = server.connect()) {
      long start = System.nanoTime();
      client.send(Arrays.copyOf(RawClient.REQUEST, almost));
      while (System.nanoTime() - start < MILLISECONDS.toNanos(500)) {
        assertFalse(client.endsWithin(10), "dropped too early");
      }
      client.send(Arrays.copyOfRange(RawClient.REQUEST, almost, almost + 1));
      client.expectUpgrade();
      assertFalse(client.endsWithin(500), "dropped although the handshake is complete");
      client.send(RawClient.text("still there"));
      client.expect(RawClient.echo("still there"));
    }
  }

  @Test
  void anOpenConnectionHasNoDeadline() throws Exception {
    try (RunningServer server = new RunningServer(SHORT, 1024, false);
        RawClient client = server.open();
        RawClient later = server.connect()) {
      // The second client connected later and has timed out, so the first has no deadline.
      later.expectEnd();
      client.send(RawClient.text("still there"));
      client.expect(RawClient.echo("still there"));
    }
  }

  /**
   * S10: after the Close of the server, a client that reads on gets six times 200 ms. More than 4
   * MiB are queued, for which this client would need more than 2.4 s.
   */
  @Test
  void theTimeToCloseRestartsFiveTimes() throws Exception {
    ClosedSlowly run = ClosedSlowly.run();
    while (run.longestPauseMillis() > 100) {
      // The machine was busy with something else, so the run says nothing.
      run = ClosedSlowly.run();
    }
    assertEquals(Disconnected.Timeout.CLOSE, run.timeout());
    assertTrue(run.millis() >= 1200 && run.millis() < 1400, run.millis() + " ms");
  }

  /**
   * A server has 200 ms to close, and its client reads 16 KiB every 10 ms.
   *
   * @param millis the time from the Close to the end
   * @param longestPauseMillis the longest time between two reads
   */
  private record ClosedSlowly(Disconnected.Timeout timeout, long millis, long longestPauseMillis) {
    static ClosedSlowly run() throws Exception {
      Timeouts timeouts = new Timeouts(Duration.ofSeconds(30), Duration.ofMillis(200));
      ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();
      try (RunningServer server = new RunningServer(timeouts, 1024, false);
          Socket socket = new Socket()) {
        // A small buffer asks for more after each read.
        socket.setReceiveBufferSize(32 << 10);
        socket.connect(server.address());
        RawClient client = new RawClient(socket).open();
        client.sendUntilBlocked(300, RawClient.masked(2, new byte[100_000]), 480);
        byte[] part = new byte[16 << 10];
        AtomicLong last = new AtomicLong(System.nanoTime());
        AtomicLong longest = new AtomicLong();
        Future<?> reads =
            reader.scheduleAtFixedRate(
                () -> {
                  long now = System.nanoTime();
                  longest.accumulateAndGet(now - last.getAndSet(now), Math::max);
                  readQuietly(client, part);
                },
                0,
                10,
                MILLISECONDS);
        long start = System.nanoTime();
        server.close(1, 1000);
        Disconnected.Timeout timeout = server.nextDisconnected().timeout();
        long end = System.nanoTime();
        reads.cancel(true);
        longest.accumulateAndGet(end - last.get(), Math::max);
        return new ClosedSlowly(
            timeout, NANOSECONDS.toMillis(end - start), NANOSECONDS.toMillis(longest.get()));
      } finally {
        reader.shutdownNow();
      }
    }

    private static void readQuietly(RawClient client, byte[] part) {
      try {
        client.read(part);
      } catch (IOException e) {
        // The server has dropped the client.
      }
    }
  }

  /** S10: a client that does not end TCP is dropped. */
  @Test
  void timesOutTheClosingHandshake() throws Exception {
    try (RunningServer server = new RunningServer(SHORT, 1024, false);
        RawClient client = server.open()) {
      client.send(RawClient.close(1000));
      client.expect("88 02 03 e8");
      client.expectEnd();
      // The client does not end TCP.
      Disconnected disconnected = server.nextDisconnected();
      assertEquals(Disconnected.Timeout.CLOSE, disconnected.timeout());
      assertEquals(
          new TransportEnd(Endpoint.SERVER, TransportEnd.Manner.DEADLINE), disconnected.end());
      assertTrue(disconnected.closure().isClean());
      Duration twice = SHORT.close().multipliedBy(2);
      assertTrue(
          disconnected.lasted().compareTo(SHORT.close()) >= 0, () -> "" + disconnected.lasted());
      assertTrue(disconnected.lasted().compareTo(twice) < 0, () -> "" + disconnected.lasted());
    }
  }

  /** S10: pings after the Close of the server do not extend the deadline. */
  @Test
  void limitsTheTotalTimeOfTheClosingHandshake() throws Exception {
    try (RunningServer server = new RunningServer(SHORT, 1024, false);
        RawClient client = server.connect()) {
      String request = new String(RawClient.REQUEST, ISO_8859_1);
      client.send(request.replace("/chat", "/chat?close=1000").getBytes(ISO_8859_1));
      client.expectUpgrade();
      client.expect("88 02 03 e8");
      long start = System.nanoTime();
      client.send(RawClient.masked(9, new byte[0]));
      while (!client.endsWithin(10_000)) {
        client.expect("00");
        client.send(RawClient.masked(9, new byte[0]));
        assertTrue(System.nanoTime() - start < SECONDS.toNanos(10), "no deadline");
      }
      assertEquals(Disconnected.Timeout.CLOSE, server.nextDisconnected().timeout());
    }
  }

  @Test
  void discardsInputAfterItsClose() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      client.send("81 00");
      // The server discards this input. Otherwise, TCP would send RST and lose the Close.
      byte[] more = RawClient.masked(2, new byte[1 << 20]);
      for (int i = 0; i < 16; i++) {
        client.send(more);
      }
      client.expectCloseAndEnd(1002);
      client.shutdownOutput();
      Disconnected disconnected = server.nextDisconnected();
      assertEquals(Rule.CLIENT_FRAME_UNMASKED, disconnected.closure().failure());
      assertEquals(1, disconnected.totals().received().frames());
      assertNull(disconnected.cause());
    }
  }

  /** S10: input after the Close of the server does not extend the deadline. */
  @Test
  void dropsAClientThatNeverStopsSending() throws Exception {
    try (RunningServer server = new RunningServer(SHORT, 1024, false);
        RawClient client = server.open()) {
      client.send("81 00");
      byte[] more = new byte[10_000];
      long start = System.nanoTime();
      assertThrows(
          IOException.class,
          () -> {
            while (System.nanoTime() - start < SECONDS.toNanos(10)) {
              client.send(more);
            }
          });
      assertEquals(Disconnected.Timeout.CLOSE, server.nextDisconnected().timeout());
    }
  }

  /** S22: a client beyond the limit gets a 503, and the others are not affected. */
  @Test
  void turnsAwayClientsBeyondTheLimit() throws Exception {
    try (RunningServer server = new RunningServer(RunningServer.LONG_TIMEOUTS, 2, false);
        RawClient first = server.open();
        RawClient second = server.open()) {
      try (RawClient third = server.connect()) {
        third.send(RawClient.REQUEST);
        String response = third.rest();
        assertTrue(response.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), response);
        assertEquals(body(response).getBytes(UTF_8).length, contentLength(response));
        assertEquals(1, server.turnedAway());
      }
      first.send(RawClient.close(1000));
      first.expect("88 02 03 e8");
      first.disconnect();
      server.nextDisconnected();
      try (RawClient fourth = server.open()) {
        fourth.send(RawClient.text("in"));
        fourth.expect(RawClient.echo("in"));
      }
      second.send(RawClient.text("not disturbed"));
      second.expect(RawClient.echo("not disturbed"));
      assertEquals(3, server.connected());
    }
  }

  @Test
  void dropsASilentClientThatIsTurnedAway() throws Exception {
    try (RunningServer server = new RunningServer(SHORT, 0, false);
        RawClient silent = server.connect()) {
      silent.expectEnd();
      assertEquals(0, server.connected());
    }
  }

  @Test
  void stopClosesAllConnections() throws Exception {
    try (RunningServer server = new RunningServer()) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(server.open());
      }
      try (RawClient connecting = server.connect()) {
        connecting.send("GET / HT".getBytes(ISO_8859_1));
        clients.get(0).send(RawClient.text("x"));
        clients.get(0).expect(RawClient.echo("x"));
        server.stop();
        for (RawClient client : clients) {
          byte[] reason = "the server stops".getBytes(UTF_8);
          client.expect("88 12 03 e9");
          client.expect(reason);
          client.send(RawClient.close(1001));
          client.expectEnd();
          client.disconnect();
        }
        connecting.expectEnd();
      }
      assertTrue(server.hasEnded());
      int clean = 0;
      for (int i = 0; i < 21; i++) {
        Disconnected disconnected = server.nextDisconnected();
        if (disconnected.opened()) {
          clean++;
          assertEquals(Endpoint.SERVER, disconnected.closure().initiator());
          assertEquals(CloseBody.of(1001, "the server stops"), disconnected.closure().sent());
          assertEquals(1001, disconnected.closure().received().code());
        }
      }
      assertEquals(20, clean);
      assertThrows(
          ConnectException.class,
          () -> new Socket(server.address().getAddress(), server.address().getPort()).close());
    }
  }

  @Test
  void stopWaitsAtMostHalfASecondForReplies() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      long start = System.nanoTime();
      server.stop();
      assertTrue(server.hasEnded());
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(millis >= 350 && millis < 3000, () -> millis + " ms");
      assertFalse(server.nextDisconnected().closure().isClean());
      client.expectCloseAndEnd(1001);
    }
  }

  @Test
  void aFailureClosesAllConnections() throws Exception {
    IllegalStateException failure = new IllegalStateException("oh");
    try (RunningServer server = new RunningServer();
        RawClient client = server.open()) {
      server.execute(
          () -> {
            throw failure;
          });
      client.expect("88 12 03 e9");
      client.expect("the server stops".getBytes(UTF_8));
      client.send(RawClient.close(1001));
      client.expectEnd();
      assertTrue(server.hasEnded());
      assertSame(failure, server.takeFailure());
    }
  }

  @Test
  void stopsWithoutClients() throws Exception {
    try (RunningServer server = new RunningServer()) {
      server.stop();
      assertTrue(server.hasEnded());
    }
  }

  /** S8: the numbers of descriptors and threads return to their initial values. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leaksNoDescriptorsOrThreads(boolean inspects) throws Exception {
    UnixOperatingSystemMXBean system =
        assertInstanceOf(
            UnixOperatingSystemMXBean.class, ManagementFactory.getOperatingSystemMXBean());
    Random random = new Random(8);
    byte[] all =
        RawClient.join(
            RawClient.REQUEST,
            RawClient.text("x"),
            RawClient.masked(2, new byte[70_000]),
            RawClient.close(1000));
    try (RunningServer server = new RunningServer(RunningServer.LONG_TIMEOUTS, 1024, inspects)) {
      long before = 0;
      for (int round = 0; round < 300; round++) {
        if (round == 20) {
          before = system.getOpenFileDescriptorCount();
        }
        RawClient client = server.connect();
        client.send(Arrays.copyOf(all, 1 + random.nextInt(all.length)));
        if (random.nextBoolean()) {
          client.reset();
        } else {
          client.disconnect();
        }
        server.nextDisconnected();
      }
      long after = system.getOpenFileDescriptorCount();
      long expected = before;
      assertTrue(after <= expected + 2, () -> expected + " descriptors, now " + after);
      server.stop();
      assertTrue(server.hasEnded());
      assertFalse(Thread.getAllStackTraces().containsKey(server.thread()));
    }
  }

  /** S3: the event loop is idle in every state of a connection. */
  @Test
  void usesNoCpuTimeWhileIdle() throws Exception {
    try (RunningServer server = new RunningServer(SHORT, 1024, false);
        RawClient silent = server.connect();
        RawClient inFrame = server.open();
        RawClient halfClosed = server.open();
        RawClient closed = server.open();
        RawClient unread = server.open()) {
      inFrame.send("81 85 00 00");
      closed.send(RawClient.close(1000));
      // The client has ended its output and does not read its echo.
      unread.send(RawClient.masked(2, new byte[4 << 20]));
      unread.shutdownOutput();
      halfClosed.shutdownOutput();
      halfClosed.expectEnd();
      long before = cpuNanos(server);
      for (int i = 0; i < 4; i++) {
        server.nextDisconnected();
      }
      long used = cpuNanos(server) - before;
      assertTrue(used < 150_000_000, () -> used / 1_000_000 + " ms");
      assertArrayEquals(new byte[0], silent.rest().getBytes(UTF_8));
    }
  }

  private static long cpuNanos(RunningServer server) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(server.thread().getId());
  }

  private static String body(String response) {
    return response.substring(response.indexOf("\r\n\r\n") + 4);
  }

  private static int contentLength(String response) {
    String name = "\r\nContent-Length: ";
    int start = response.indexOf(name) + name.length();
    return Integer.parseInt(response.substring(start, response.indexOf("\r\n", start)));
  }

  private static Thread sending(RawClient client, byte[] bytes) {
    Thread writer =
        new Thread(
            () -> {
              try {
                client.send(bytes);
              } catch (IOException e) {
                // The reading side detects this.
              }
            });
    writer.setDaemon(true);
    writer.start();
    return writer;
  }

  /** Sends a frame repeatedly, as fast as the server reads. */
  private static final class Progress extends Thread {
    private final RawClient client;
    private final byte[] frame;
    private final int count;
    private volatile int sent;
    private int seen = -1;
    private long seenNanos;

    Progress(RawClient client, byte[] frame, int count) {
      this.client = client;
      this.frame = frame;
      this.count = count;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        for (int i = 0; i < count; i++) {
          client.send(frame);
          sent = i + 1;
        }
      } catch (IOException e) {
        // The reading side detects this.
      }
    }

    int sent() {
      return sent;
    }

    /** Whether a frame was sent within the last 300 ms. */
    boolean hasMoved() {
      if (sent != seen) {
        seen = sent;
        seenNanos = System.nanoTime();
      }
      return System.nanoTime() - seenNanos < 300_000_000;
    }
  }
}
