package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.support.RawClient;

/** S7: two of fifty clients read nothing; they do not delay the others, and are dropped. */
@EnabledOnOs(OS.LINUX)
@Tag("soak")
@Timeout(60)
class StalledReadersIT {
  private static final int OTHERS = 48;
  private static final int ROUNDS = 50;
  private static final String DROPPED = "the peer read less than 256 KiB in 4 s";

  /** In ns; half of the stall timeout. */
  private static final long MAX_DELAY = 2_000_000_000;

  /** In KiB; the backlog of a single stalled reader is as large. */
  private static final long MAX_GROWTH = 4 << 10;

  private static final byte[] MESSAGE = new byte[1024];
  private static final byte[] BIG = RawClient.masked(2, new byte[1 << 20]);
  private static final byte[] PART = new byte[256 << 10];

  /** About 1 MiB of pings; it is sent repeatedly, up to 8 million pings. */
  private static final byte[] PINGS = pings(8_000);

  /** The stalled readers send large messages, or pings. */
  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void echoesAreNotDelayed(boolean tls, boolean ping) throws Exception {
    try (SoakServer server = new SoakServer(tls, "--stall-timeout", "4s");
        Clients clients = new Clients(server, "")) {
      clients.echo();
      echoBig(server);
      SoakServer.Resources before = server.resources();
      RawClient first = server.open("");
      RawClient second = server.open("");
      sendUntilDropped(first, ping ? PINGS : BIG);
      sendUntilDropped(second, ping ? PINGS : BIG);
      while (!server.hasDisconnected()) {
        assertNotDelayed(clients.echo());
      }
      assertStalledAreDropped(server);
      // Their output was bounded and has been released.
      assertLittleGrowth(server, before);
      clients.echo();
      server.assertHealthy();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void broadcastsAreNotDelayed(boolean tls) throws Exception {
    try (SoakServer server = new SoakServer(tls, "--stall-timeout", "4s");
        Clients clients = new Clients(server, "reply=none");
        RawClient sender = server.open("reply=others")) {
      // Fills the buffer pool of the server.
      clients.receive(sender, PART, 1);
      clients.receive(sender, MESSAGE, ROUNDS);
      SoakServer.Resources before = server.resources();
      RawClient first = server.open("reply=none");
      RawClient second = server.open("reply=none");
      // After this, both backlogs are full, and further messages to them are dropped.
      assertNotDelayed(clients.receive(sender, PART, 60));
      while (!server.hasDisconnected()) {
        assertNotDelayed(clients.receive(sender, MESSAGE, ROUNDS));
      }
      assertStalledAreDropped(server);
      assertLittleGrowth(server, before);
      clients.receive(sender, MESSAGE, ROUNDS);
      server.assertHealthy();
      first.close();
      second.close();
    }
  }

  /** Echoes two large messages at once, which fills the buffer pool of the server. */
  private static void echoBig(SoakServer server) throws Exception {
    try (RawClient one = server.open("");
        RawClient other = server.open("")) {
      one.send(Arrays.copyOf(BIG, BIG.length / 2));
      other.send(BIG);
      other.expect(RawClient.plain(2, new byte[1 << 20]));
      one.send(Arrays.copyOfRange(BIG, BIG.length / 2, BIG.length));
      one.expect(RawClient.plain(2, new byte[1 << 20]));
    }
    server.nextDisconnected();
    server.nextDisconnected();
  }

  private static byte[] pings(int count) {
    byte[][] pings = new byte[count][];
    Arrays.fill(pings, RawClient.masked(9, new byte[125]));
    return RawClient.join(pings);
  }

  private static void assertStalledAreDropped(SoakServer server) throws Exception {
    for (int i = 0; i < 2; i++) {
      String disconnected = server.nextDisconnected();
      assertTrue(disconnected.contains(DROPPED), disconnected);
    }
  }

  private static void assertLittleGrowth(SoakServer server, SoakServer.Resources before)
      throws Exception {
    long growth = server.resources().heap() - before.heap();
    assertTrue(growth < MAX_GROWTH, () -> growth + " KiB");
  }

  /** A server that blocks on a stalled reader would block until it drops this reader. */
  private static void assertNotDelayed(long longest) {
    assertTrue(longest < MAX_DELAY, () -> "a message took " + longest + " ns");
  }

  /** Sends in the background: blocks when the server stops reading, ends when it is dropped. */
  private static void sendUntilDropped(RawClient client, byte[] bytes) {
    Thread sender =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 1000; i++) {
                  client.send(bytes);
                }
              } catch (IOException e) {
                // Dropped, as the server also reports.
              }
            },
            "stalled reader");
    sender.setDaemon(true);
    sender.start();
  }

  /** The other clients, four to a thread. */
  private static final class Clients implements AutoCloseable {
    private final List<RawClient> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(OTHERS / 4);

    Clients(SoakServer server, String query) throws IOException {
      for (int i = 0; i < OTHERS; i++) {
        clients.add(server.open(query));
      }
    }

    /** Each client gets echoes of its messages; returns the longest round trip in ns. */
    long echo() throws Exception {
      byte[] sent = RawClient.masked(2, MESSAGE);
      byte[] expected = RawClient.plain(2, MESSAGE);
      List<Future<Long>> done = new ArrayList<>();
      for (RawClient client : clients) {
        done.add(
            threads.submit(
                () -> {
                  long longest = 0;
                  for (int i = 0; i < ROUNDS; i++) {
                    long start = System.nanoTime();
                    client.send(sent);
                    client.expect(expected);
                    longest = Math.max(longest, System.nanoTime() - start);
                  }
                  return longest;
                }));
      }
      long longest = 0;
      for (Future<Long> each : done) {
        longest = Math.max(longest, each.get());
      }
      return longest;
    }

    /** Each client receives the messages of a sender; returns the longest delay in ns. */
    long receive(RawClient sender, byte[] message, int rounds) throws IOException {
      long longest = 0;
      for (int i = 0; i < rounds; i++) {
        long start = System.nanoTime();
        sender.send(RawClient.masked(2, message));
        for (RawClient client : clients) {
          client.expect(RawClient.plain(2, message));
        }
        longest = Math.max(longest, System.nanoTime() - start);
      }
      return longest;
    }

    @Override
    public void close() throws IOException {
      threads.shutdownNow();
      for (RawClient client : clients) {
        client.close();
      }
    }
  }
}
