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

/** S7: two clients of fifty that read nothing: they delay no other, and are dropped. */
@EnabledOnOs(OS.LINUX)
@Tag("soak")
@Timeout(60)
class StuckReadersIT {
  private static final int OTHERS = 48;
  private static final int ROUNDS = 50;
  private static final String GAVE_UP = "the peer read nothing for 4 s";

  /** ns; half of the time after which a stuck reader is given up. */
  private static final long MOST_DELAYED = 2_000_000_000;

  /** KiB; what waits for one stuck reader alone is as much. */
  private static final long MOST_GROWN = 4 << 10;

  private static final byte[] MESSAGE = new byte[1024];
  private static final byte[] BIG = RawClient.masked(2, new byte[1 << 20]);
  private static final byte[] PART = new byte[256 << 10];

  /** As many bytes, about; sent again and again they are eight million. */
  private static final byte[] PINGS = pings(8_000);

  /** They send large messages, or pings. */
  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void amongClientsOfAnEcho(boolean tls, boolean ping) throws Exception {
    try (JarServer server = new JarServer(tls, "--stall-timeout", "4s");
        Clients clients = new Clients(server, "")) {
      clients.echo();
      echoBig(server);
      JarServer.Figures before = server.figures();
      RawClient first = server.open("");
      RawClient second = server.open("");
      sendUntilStuck(first, ping ? PINGS : BIG);
      sendUntilStuck(second, ping ? PINGS : BIG);
      while (!server.hasGone()) {
        assertNotDelayed(clients.echo());
      }
      assertStuckAreDropped(server);
      // Their output is bounded, and gone with them.
      assertGrownLittle(server, before);
      clients.echo();
      server.assertWell();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void amongClientsOfABroadcast(boolean tls) throws Exception {
    try (JarServer server = new JarServer(tls, "--stall-timeout", "4s");
        Clients clients = new Clients(server, "reply=none");
        RawClient speaker = server.open("reply=others")) {
      // So that the server has the buffers that it keeps.
      clients.hear(speaker, PART, 1);
      clients.hear(speaker, MESSAGE, ROUNDS);
      JarServer.Figures before = server.figures();
      RawClient first = server.open("reply=none");
      RawClient second = server.open("reply=none");
      // Until both have more than their share, which is then passed over.
      assertNotDelayed(clients.hear(speaker, PART, 60));
      while (!server.hasGone()) {
        assertNotDelayed(clients.hear(speaker, MESSAGE, ROUNDS));
      }
      assertStuckAreDropped(server);
      assertGrownLittle(server, before);
      clients.hear(speaker, MESSAGE, ROUNDS);
      server.assertWell();
      first.close();
      second.close();
    }
  }

  /** Two large messages at a time, so that the server has the buffers that it keeps. */
  private static void echoBig(JarServer server) throws Exception {
    try (RawClient one = server.open("");
        RawClient other = server.open("")) {
      one.send(Arrays.copyOf(BIG, BIG.length / 2));
      other.send(BIG);
      other.expect(RawClient.plain(2, new byte[1 << 20]));
      one.send(Arrays.copyOfRange(BIG, BIG.length / 2, BIG.length));
      one.expect(RawClient.plain(2, new byte[1 << 20]));
    }
    server.gone();
    server.gone();
  }

  private static byte[] pings(int count) {
    byte[][] pings = new byte[count][];
    Arrays.fill(pings, RawClient.masked(9, new byte[125]));
    return RawClient.join(pings);
  }

  private static void assertStuckAreDropped(JarServer server) throws Exception {
    for (int i = 0; i < 2; i++) {
      String gone = server.gone();
      assertTrue(gone.contains(GAVE_UP), gone);
    }
  }

  private static void assertGrownLittle(JarServer server, JarServer.Figures before)
      throws Exception {
    long grown = server.figures().heap() - before.heap();
    assertTrue(grown < MOST_GROWN, () -> grown + " KiB");
  }

  /** A server that waits for those that are stuck waits until it gives them up. */
  private static void assertNotDelayed(long longest) {
    assertTrue(longest < MOST_DELAYED, () -> "one took " + longest + " ns");
  }

  /** In the background: it blocks when the server reads no more, and ends when it is dropped. */
  private static void sendUntilStuck(RawClient client, byte[] bytes) {
    Thread sender =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 1000; i++) {
                  client.send(bytes);
                }
              } catch (IOException e) {
                // Dropped, as the event tells.
              }
            },
            "stuck reader");
    sender.setDaemon(true);
    sender.start();
  }

  /** The other clients, four to a thread. */
  private static final class Clients implements AutoCloseable {
    private final List<RawClient> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(OTHERS / 4);

    Clients(JarServer server, String query) throws IOException {
      for (int i = 0; i < OTHERS; i++) {
        clients.add(server.open(query));
      }
    }

    /** Each sends and gets back some messages; tells how many ns the longest of these took. */
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

    /** Each gets what somebody says; tells how many ns the longest of these messages took. */
    long hear(RawClient speaker, byte[] message, int rounds) throws IOException {
      long longest = 0;
      for (int i = 0; i < rounds; i++) {
        long start = System.nanoTime();
        speaker.send(RawClient.masked(2, message));
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
