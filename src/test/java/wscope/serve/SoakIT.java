package wscope.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
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
 * S8: clients that open and drop their connections at any byte leave nothing behind. How many is
 * the property {@code wscope.soak}.
 */
@EnabledOnOs(OS.LINUX)
@Tag("soak")
@Timeout(600)
class SoakIT {
  private static final int CONNECTIONS = Integer.getInteger("wscope.soak", 2_000);
  private static final int WARM_UP = 1_000;
  private static final int CLIENTS = 4;

  /**
   * Connections from one address would use up its ports: each that ends with FIN is kept a while.
   */
  private static final int ADDRESSES = 32;

  private static final byte[] PLAIN =
      RawClient.join(
          RawClient.REQUEST,
          RawClient.text("whole"),
          RawClient.masked(0x01, "in ".getBytes(UTF_8), 3),
          RawClient.masked(9, new byte[125]),
          RawClient.masked(0x80, "pieces".getBytes(UTF_8), 6),
          RawClient.masked(2, new byte[20_000]),
          RawClient.close(1000));

  private static final byte[] COMPRESSED =
      RawClient.join(
          RawClient.requestToCompress(""),
          RawClient.compressed(new byte[100_000]),
          RawClient.compressed(noise(20_000)),
          RawClient.text("plain"),
          RawClient.close(1000));

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connectionsThatAreDroppedLeaveNothing(boolean tls) throws Exception {
    try (JarServer server = new JarServer(tls, "--handshake-timeout", "300ms")) {
      drop(server, 0, WARM_UP);
      // Handshakes of TLS take their time.
      int half = (tls ? CONNECTIONS / 10 : CONNECTIONS) / 2;
      JarServer.Figures before = server.figures();
      drop(server, WARM_UP, half);
      // Until here the compilers of the virtual machine take, and keep, up to 30 MiB.
      JarServer.Figures between = server.figures();
      drop(server, WARM_UP + half, half);
      JarServer.Figures after = server.figures();
      String all =
          2 * half
              + (tls ? " TLS" : "")
              + " connections: "
              + before
              + ", "
              + between
              + ", "
              + after;
      System.out.println(all);
      assertTrue(after.threads() <= before.threads() + 2, all);
      assertTrue(after.descriptors() <= before.descriptors(), all);
      assertTrue(after.heap() <= before.heap() + 1024, all);
      // Of the long form, one inflater that is not ended in fifty connections would be more.
      assertTrue(after.rss() <= between.rss() + (24 << 10), all);
      server.assertWell();
    }
  }

  /** So many connections, by several clients at once, and their ends. */
  private static void drop(JarServer server, int first, int count) throws Exception {
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
      server.gone();
    }
  }

  /** What the connection does depends on its number only. */
  private static void connectAndDrop(JarServer server, int number) throws IOException {
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
      if (sent.length > RawClient.requestToCompress("").length) {
        client.head();
      }
      if (resets) {
        client.reset();
      }
    } catch (IOException e) {
      // The server has refused what was broken, and was first to go.
    }
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(8).nextBytes(bytes);
    return bytes;
  }
}
