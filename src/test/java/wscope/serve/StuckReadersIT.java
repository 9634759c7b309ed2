package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.params.provider.ValueSource;

/** S7: two clients of fifty that read nothing: the others are served, the two are dropped. */
@EnabledOnOs(OS.LINUX)
@Tag("soak")
@Timeout(60)
class StuckReadersIT {
  private static final int OTHERS = 48;
  private static final int ROUNDS = 50;
  private static final String GAVE_UP = "the peer took nothing for 2000 ms";

  /** KiB; what waits for one stuck reader alone is as much. */
  private static final long MOST_GROWN = 4 << 10;

  private static final byte[] MESSAGE = new byte[1024];
  private static final byte[] BIG = RawClient.masked(2, new byte[1 << 20]);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void amongClientsOfAnEcho(boolean tls) throws Exception {
    try (JarServer server = new JarServer(tls, "--stall-timeout", "2s");
        Clients clients = new Clients(server, "")) {
      long alone = clients.echo();
      echoBig(server);
      JarServer.Figures before = server.figures();
      RawClient first = server.open("");
      RawClient second = server.open("");
      sendUntilStuck(first);
      sendUntilStuck(second);
      long beside = clients.echo();
      assertStuckAreDropped(server);
      // Their output is bounded, and gone with them.
      long grown = server.figures().heap() - before.heap();
      assertTrue(grown < MOST_GROWN, () -> grown + " KiB");
      clients.echo();
      server.assertWell();
      System.out.printf(
          "echo beside two stuck readers: %.2f of the time alone%n", ratio(beside, alone));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void amongClientsOfABroadcast(boolean tls) throws Exception {
    try (JarServer server = new JarServer(tls, "--stall-timeout", "2s");
        Clients clients = new Clients(server, "reply=none");
        RawClient speaker = server.open("reply=others")) {
      long alone = clients.hear(speaker);
      RawClient first = server.open("reply=none");
      RawClient second = server.open("reply=none");
      long beside = clients.hear(speaker);
      // Until both have more than their share, which is then passed over.
      byte[] big = new byte[256 << 10];
      for (int i = 0; i < 60; i++) {
        speaker.send(RawClient.masked(2, big));
        clients.expectEach(RawClient.plain(2, big));
      }
      assertStuckAreDropped(server);
      clients.hear(speaker);
      server.assertWell();
      first.close();
      second.close();
      System.out.printf(
          "broadcast beside two stuck readers: %.2f of the time alone%n", ratio(beside, alone));
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

  private static void assertStuckAreDropped(JarServer server) throws Exception {
    for (int i = 0; i < 2; i++) {
      String gone = server.gone();
      assertTrue(gone.contains(GAVE_UP), gone);
    }
  }

  private static double ratio(long nanos, long of) {
    return (double) nanos / of;
  }

  /** In the background: it blocks when the server reads no more, and ends when it is dropped. */
  private static void sendUntilStuck(RawClient client) {
    Thread sender =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 1000; i++) {
                  client.send(BIG);
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

    /** Each sends and gets back some messages; tells how many ns all took. */
    long echo() throws Exception {
      byte[] sent = RawClient.masked(2, MESSAGE);
      byte[] expected = RawClient.plain(2, MESSAGE);
      long start = System.nanoTime();
      List<Future<Integer>> done = new ArrayList<>();
      for (RawClient client : clients) {
        done.add(
            threads.submit(
                () -> {
                  int rounds = 0;
                  for (; rounds < ROUNDS; rounds++) {
                    client.send(sent);
                    client.expect(expected);
                  }
                  return rounds;
                }));
      }
      for (Future<Integer> each : done) {
        assertEquals(ROUNDS, each.get());
      }
      return System.nanoTime() - start;
    }

    /** Each gets what somebody says; tells how many ns that took. */
    long hear(RawClient speaker) throws IOException {
      long start = System.nanoTime();
      for (int i = 0; i < ROUNDS; i++) {
        speaker.send(RawClient.masked(2, MESSAGE));
        expectEach(RawClient.plain(2, MESSAGE));
      }
      return System.nanoTime() - start;
    }

    void expectEach(byte[] frame) throws IOException {
      for (RawClient client : clients) {
        client.expect(frame);
      }
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
