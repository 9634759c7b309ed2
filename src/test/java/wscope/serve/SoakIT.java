package wscope.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.support.RawClient;

/**
 * S8: clients that drop their connections at any byte leak nothing. The property {@code
 * wscope.soak} sets the number of connections.
 */
@EnabledOnOs(OS.LINUX)
@Tag("soak")
@Timeout(600)
class SoakIT {
  private static final int CONNECTIONS = Integer.getInteger("wscope.soak", 2_000);
  private static final int WARM_UP = 1_000;
  private static final int ROUNDS = 4;
  private static final int CLIENTS = 4;

  /** Local addresses; TIME_WAIT would use up the ports of a single one. */
  private static final int ADDRESSES = 32;

  private static final byte[] PLAIN =
      RawClient.join(
          RawClient.REQUEST,
          RawClient.text("unfragmented"),
          RawClient.masked(0x01, "in ".getBytes(UTF_8), 3),
          RawClient.masked(9, new byte[125]),
          RawClient.masked(0x80, "pieces".getBytes(UTF_8), 6),
          RawClient.masked(2, new byte[20_000]),
          RawClient.close(1000));

  private static final byte[] COMPRESSED =
      RawClient.join(
          RawClient.requestWithDeflate(""),
          RawClient.compressed(new byte[100_000]),
          RawClient.compressed(noise(20_000)),
          RawClient.text("plain"),
          RawClient.close(1000));

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void droppedConnectionsLeakNothing(boolean tls) throws Exception {
    try (SoakServer server = new SoakServer(tls, "--handshake-timeout", "300ms")) {
      drop(server, 0, WARM_UP);
      // TLS handshakes are slow.
      int count = (tls ? CONNECTIONS / 10 : CONNECTIONS) / ROUNDS;
      List<SoakServer.Resources> rounds = new ArrayList<>(List.of(server.resources()));
      for (int round = 0; round < ROUNDS; round++) {
        drop(server, WARM_UP + round * count, count);
        rounds.add(server.resources());
      }
      String all = ROUNDS + " rounds of " + count + (tls ? " TLS" : "") + " connections: " + rounds;
      System.out.println(all);
      // One leaked inflater per ten connections would exceed this.
      SoakServer.Resources.assertNoLeak(rounds, 1024, tls ? 2048 : 4096, all);
      server.assertHealthy();
    }
  }

  /** Opens and drops this many connections in parallel, and waits until the server reports them. */
  private static void drop(SoakServer server, int first, int count) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      for (Future<?> done :
          IntStream.range(0, CLIENTS)
              .mapToObj(
                  client ->
                      clients.submit(
                          () -> {
                            for (int i = client; i < count; i += CLIENTS) {
                              connectAndDrop(server, first + i);
                            }
                            return null;
                          }))
              .toList()) {
        done.get();
      }
    } finally {
      clients.shutdownNow();
    }
    for (int i = 0; i < count; i++) {
      server.nextDisconnected();
    }
  }

  /** Connects, sends and drops; the number of the connection determines all of this. */
  private static void connectAndDrop(SoakServer server, int number) throws IOException {
    Random random = new Random(number);
    byte[] all = random.nextBoolean() ? PLAIN : COMPRESSED;
    byte[] sent = Arrays.copyOf(all, random.nextInt(all.length + 1));
    if (random.nextInt(4) == 0 && sent.length > 0) {
      sent[random.nextInt(sent.length)] ^= (byte) (1 << random.nextInt(8));
    }
    boolean resets = random.nextBoolean();
    byte[] from = {127, 0, 0, (byte) (2 + number % ADDRESSES)};
    try (RawClient client = server.connect(InetAddress.getByAddress(from))) {
      client.send(sent);
      if (sent.length > RawClient.requestWithDeflate("").length) {
        client.head();
      }
      if (resets) {
        client.reset();
      }
    } catch (IOException e) {
      // The server found an error and ended the connection first.
    }
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(8).nextBytes(bytes);
    return bytes;
  }
}
