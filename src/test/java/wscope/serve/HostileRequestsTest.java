package wscope.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.connection.Disconnected;
import wscope.connection.Timeouts;
import wscope.support.RawClient;

/** Clients that send too much or too little, or are too many, over real sockets. */
@Timeout(20)
class HostileRequestsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MEBIBYTE = 1 << 20;
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofMillis(300), Duration.ofMillis(300));

  /** CPU time; a busy loop would take twice as much within the deadlines. */
  private static final long MAX_IDLE_NANOS = 150_000_000;

  private static final List<byte[]> INVALID_FRAMES =
      Stream.of(
              "c185000000004865",
              "82ffffffffffffffffff00000000",
              "8881000000000303",
              "0080000000008100")
          .map(HexFormat.of()::parseHex)
          .toList();

  /** S1: a hundred connections declare the longest permitted message, but do not send it. */
  @Test
  void declaredLengthsAllocateNothing() throws Exception {
    byte[] start = HexFormat.of().parseHex("82ff0000000001000000" + "00000000" + "61626364");
    List<RawClient> clients = new ArrayList<>();
    try (RunningServer server = new RunningServer()) {
      for (int i = 0; i < 100; i++) {
        clients.add(server.open());
      }
      long before = allocated(server);
      for (RawClient client : clients) {
        client.send(start);
        client.shutdownOutput();
        client.expectEnd();
      }
      long used = allocated(server) - before;
      assertTrue(used < MEBIBYTE, () -> used + " bytes");
    } finally {
      disconnectAll(clients);
    }
  }

  /** What a client does after its frames. */
  private enum Ending {
    FIN {
      @Override
      void end(RawClient client) throws Exception {
        client.shutdownOutput();
        client.rest();
      }
    },
    RST {
      @Override
      void end(RawClient client) throws Exception {
        client.reset();
      }
    },
    SILENCE {
      @Override
      void end(RawClient client) {}
    };

    abstract void end(RawClient client) throws Exception;
  }

  /** S3: invalid frames cut at any byte use no CPU time, whatever the client does next. */
  @ParameterizedTest
  @EnumSource(Ending.class)
  void prefixesOfInvalidFramesUseNoCpuTime(Ending ending) throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try (RunningServer server = new RunningServer(SHORT, 1024, false)) {
      for (byte[] frames : INVALID_FRAMES) {
        for (int length = 0; length <= frames.length; length++) {
          RawClient client = server.open();
          clients.add(client);
          client.send(Arrays.copyOf(frames, length));
          ending.end(client);
          if (ending != Ending.SILENCE) {
            assertNull(server.nextDisconnected().cause());
          }
        }
      }
      long before = THREADS.getThreadCpuTime(server.thread().getId());
      try (RawClient later = server.connect()) {
        later.expectEnd();
      }
      long used = THREADS.getThreadCpuTime(server.thread().getId()) - before;
      assertTrue(used < MAX_IDLE_NANOS, () -> used / 1_000_000 + " ms");
    } finally {
      disconnectAll(clients);
    }
  }

  /** S3, S10: requests cut at any byte use no CPU time, and time out. */
  @Test
  void prefixesOfARequestTimeOut() throws Exception {
    byte[] request = RawClient.REQUEST;
    List<RawClient> clients = new ArrayList<>();
    try (RunningServer server = new RunningServer(SHORT, 1024, false)) {
      for (int length = 0; length < request.length; length++) {
        RawClient client = server.connect();
        clients.add(client);
        client.send(Arrays.copyOf(request, length));
      }
      long before = THREADS.getThreadCpuTime(server.thread().getId());
      for (int i = 0; i < request.length; i++) {
        assertEquals(Disconnected.Timeout.HANDSHAKE, server.nextDisconnected().timeout());
      }
      long used = THREADS.getThreadCpuTime(server.thread().getId()) - before;
      assertTrue(used < MAX_IDLE_NANOS, () -> used / 1_000_000 + " ms");
    } finally {
      disconnectAll(clients);
    }
  }

  /** S9: the server responds once, and discards the rest as it arrives. */
  @ParameterizedTest
  @ValueSource(strings = {"one field", "many fields", "many requests"})
  void respondsOnceToEndlessInput(String what) throws Exception {
    String line = "GET / HTTP/1.1\r\n";
    byte[] piece =
        switch (what) {
          case "one field" -> "a".repeat(64 << 10).getBytes(ISO_8859_1);
          case "many fields" -> "X: a\r\n".repeat(10_000).getBytes(ISO_8859_1);
          default -> (line + "Host: localhost\r\n\r\n").repeat(2_000).getBytes(ISO_8859_1);
        };
    byte[] start = (what.equals("many requests") ? "" : line + "X: ").getBytes(ISO_8859_1);
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      long before = allocated(server);
      client.send(start);
      for (int sent = 0; sent < 10 * MEBIBYTE; sent += piece.length) {
        client.send(piece);
      }
      client.shutdownOutput();
      String response = client.rest();
      long used = allocated(server) - before;
      String status = what.equals("many requests") ? "200 OK" : "431 ";
      assertTrue(response.startsWith("HTTP/1.1 " + status), response);
      assertEquals(0, response.indexOf("HTTP/1.1 ", 9) + 1, "a second response");
      assertNull(server.nextDisconnected().cause());
      assertTrue(used < MEBIBYTE, () -> used + " bytes");
    }
  }

  /** S12: bytes after the head of a request may be its body; they are not read as a request. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 300", "Transfer-Encoding: chunked", "X: y"})
  void readsNoRequestInABody(String field) throws Exception {
    for (String method : List.of("GET", "POST")) {
      try (RunningServer server = new RunningServer();
          RawClient client = server.connect()) {
        String first = method + " / HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\n\r\n";
        client.send(first.getBytes(ISO_8859_1), RawClient.REQUEST, RawClient.text("in"));
        client.shutdownOutput();
        String response = client.rest();
        assertEquals(0, response.indexOf("HTTP/1.1 ", 9) + 1, response);
        assertFalse(response.startsWith("HTTP/1.1 101 "), response);
      }
    }
  }

  /** S22: the default number of connections, and further ones; no connection starts a thread. */
  @Test
  void acceptsTheDefaultNumberOfConnections() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try (RunningServer server = new RunningServer()) {
      int threads = THREADS.getThreadCount();
      for (int i = 0; i < Settings.DEFAULT.maxConnections() - 2; i++) {
        clients.add(server.connect());
      }
      for (int i = 0; i < 2; i++) {
        RawClient client = server.open();
        clients.add(client);
        client.send(RawClient.text("in"));
        client.expect(RawClient.echo("in"));
      }
      assertEquals(1024, server.connected());
      for (int i = 0; i < 100; i++) {
        try (RawClient beyond = server.connect()) {
          beyond.send(RawClient.REQUEST);
          String response = beyond.rest();
          assertTrue(response.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), response);
        }
      }
      assertEquals(100, server.turnedAway());
      assertEquals(1024, server.connected());
      assertEquals(threads, THREADS.getThreadCount());
      clients.get(1023).send(RawClient.text("still in"));
      clients.get(1023).expect(RawClient.echo("still in"));
    } finally {
      disconnectAll(clients);
    }
  }

  private static long allocated(RunningServer server) {
    return THREADS.getThreadAllocatedBytes(server.thread().getId());
  }

  private static void disconnectAll(List<RawClient> clients) throws Exception {
    for (RawClient client : clients) {
      client.disconnect();
    }
  }
}
