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

/** Clients that send too much, too little or too many of it, over real sockets. */
@Timeout(20)
class HostileRequestsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MEBIBYTE = 1 << 20;
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofMillis(300), Duration.ofMillis(300));

  /** Of the processor; half of what a loop without end takes within the deadlines. */
  private static final long MOST_IDLE_NANOS = 150_000_000;

  private static final List<byte[]> WRONG_FRAMES =
      Stream.of(
              "c185000000004865",
              "82ffffffffffffffffff00000000",
              "8881000000000303",
              "0080000000008100")
          .map(HexFormat.of()::parseHex)
          .toList();

  /** S1: a hundred connections declare the longest message that is allowed. */
  @Test
  void aHundredLongMessagesThatDoNotCome() throws Exception {
    byte[] begun = HexFormat.of().parseHex("82ff0000000001000000" + "00000000" + "61626364");
    List<RawClient> clients = new ArrayList<>();
    try (RunningServer server = new RunningServer()) {
      for (int i = 0; i < 100; i++) {
        clients.add(server.open());
      }
      long before = allocated(server);
      for (RawClient client : clients) {
        client.send(begun);
        client.finish();
        client.expectEnd();
      }
      long taken = allocated(server) - before;
      assertTrue(taken < MEBIBYTE, () -> taken + " bytes");
    } finally {
      leave(clients);
    }
  }

  /** How a client leaves its frames. */
  private enum Leaving {
    FIN {
      @Override
      void leave(RawClient client) throws Exception {
        client.finish();
        client.rest();
      }
    },
    RST {
      @Override
      void leave(RawClient client) throws Exception {
        client.reset();
      }
    },
    SILENCE {
      @Override
      void leave(RawClient client) {}
    };

    abstract void leave(RawClient client) throws Exception;
  }

  /** S3: frames that are wrong and stop at any byte take no time, however they are left. */
  @ParameterizedTest
  @EnumSource(Leaving.class)
  void everyPrefixOfWrongFrames(Leaving leaving) throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try (RunningServer server = new RunningServer(SHORT, 1024, false)) {
      for (byte[] frames : WRONG_FRAMES) {
        for (int length = 0; length <= frames.length; length++) {
          RawClient client = server.open();
          clients.add(client);
          client.send(Arrays.copyOf(frames, length));
          leaving.leave(client);
          if (leaving != Leaving.SILENCE) {
            assertNull(server.gone().cause());
          }
        }
      }
      long before = THREADS.getThreadCpuTime(server.thread().getId());
      try (RawClient later = server.connect()) {
        later.expectEnd();
      }
      long used = THREADS.getThreadCpuTime(server.thread().getId()) - before;
      assertTrue(used < MOST_IDLE_NANOS, () -> used / 1_000_000 + " ms");
    } finally {
      leave(clients);
    }
  }

  /** S3, S10: requests that stop at any byte take no time, and end with their deadline. */
  @Test
  void everyPrefixThenSilence() throws Exception {
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
        assertEquals(Disconnected.Timeout.HANDSHAKE, server.gone().timeout());
      }
      long used = THREADS.getThreadCpuTime(server.thread().getId()) - before;
      assertTrue(used < MOST_IDLE_NANOS, () -> used / 1_000_000 + " ms");
    } finally {
      leave(clients);
    }
  }

  /** S9: the first answer is the only one, and what follows is thrown away as it comes. */
  @ParameterizedTest
  @ValueSource(strings = {"one field", "many fields", "many requests"})
  void withoutEnd(String what) throws Exception {
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
      client.finish();
      String answer = client.rest();
      long taken = allocated(server) - before;
      String status = what.equals("many requests") ? "200 OK" : "431 ";
      assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
      assertEquals(0, answer.indexOf("HTTP/1.1 ", 9) + 1, "a second answer");
      assertNull(server.gone().cause());
      assertTrue(taken < MEBIBYTE, () -> taken + " bytes");
    }
  }

  /** S12: what stands where a body may be is no request, whatever it looks like. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 300", "Transfer-Encoding: chunked", "X: y"})
  void aRequestInTheBodyOfAnother(String field) throws Exception {
    for (String method : List.of("GET", "POST")) {
      try (RunningServer server = new RunningServer();
          RawClient client = server.connect()) {
        String first = method + " / HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\n\r\n";
        client.send(first.getBytes(ISO_8859_1), RawClient.REQUEST, RawClient.text("in"));
        client.finish();
        String answer = client.rest();
        assertEquals(0, answer.indexOf("HTTP/1.1 ", 9) + 1, answer);
        assertFalse(answer.startsWith("HTTP/1.1 101 "), answer);
      }
    }
  }

  /** S22: as many as may connect by default, and one more; none of them has a thread. */
  @Test
  void maxConnections() throws Exception {
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
          String answer = beyond.rest();
          assertTrue(answer.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), answer);
        }
      }
      assertEquals(100, server.turnedAway());
      assertEquals(1024, server.connected());
      assertEquals(threads, THREADS.getThreadCount());
      clients.get(1023).send(RawClient.text("still in"));
      clients.get(1023).expect(RawClient.echo("still in"));
    } finally {
      leave(clients);
    }
  }

  private static long allocated(RunningServer server) {
    return THREADS.getThreadAllocatedBytes(server.thread().getId());
  }

  private static void leave(List<RawClient> clients) throws Exception {
    for (RawClient client : clients) {
      client.leave();
    }
  }
}
