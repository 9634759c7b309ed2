package wscope.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients of one server notice of each other: what is meant for them, whole, and no more. */
@Timeout(30)
class NeighboursTest {
  private static final int CLIENTS = 8;
  private static final int ROUNDS = 60;
  private static final Pattern MESSAGE = Pattern.compile("(\\d+):(\\d+) (x*)");
  private static final String SECRET = "the secret of another client ";

  /** S19: all speak to all, and end in all ways in the middle of it. */
  @Test
  void broadcastsWhileOthersClose() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try (RunningServer server = new RunningServer()) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        tasks.add(
            () -> {
              Random random = new Random(client);
              for (int round = 0; round < ROUNDS; round++) {
                speakAndLeave(server, client + ":" + round, random);
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks, 20, SECONDS)) {
        done.get();
      }
      for (int i = 0; i < CLIENTS * ROUNDS; i++) {
        assertFalse(server.gone().cause() instanceof RuntimeException);
      }
      assertEquals(CLIENTS * ROUNDS, server.connected());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Says something a few times, and hears whole messages of all until its own. */
  private static void speakAndLeave(RunningServer server, String name, Random random)
      throws Exception {
    try (RawClient client = server.connect()) {
      client.send(RawClient.request("reply=broadcast"));
      client.expectSwitch();
      int messages = 1 + random.nextInt(3);
      for (int i = 0; i < messages; i++) {
        String own = name + " " + "x".repeat(random.nextInt(500));
        client.send(RawClient.text(own));
        String heard;
        do {
          RawClient.Frame frame = client.next();
          assertEquals(0x81, frame.first());
          heard = UTF_8.decode(frame.payload()).toString();
          assertTrue(MESSAGE.matcher(heard).matches(), heard);
        } while (!heard.equals(own));
      }
      switch (random.nextInt(4)) {
        case 0 -> client.reset();
        case 1 -> client.finish();
        case 2 -> client.send(RawClient.close(1000));
        default -> client.send(RawClient.masked(0x01, name.getBytes(UTF_8), 3));
      }
    }
  }

  /** S20: memory goes from one to another, but nothing that is in it. */
  @Test
  void nothingOfAnotherIsHeard() throws Exception {
    byte[] secret = SECRET.repeat(3000).getBytes(UTF_8);
    byte[] torn = RawClient.masked(0x01, new byte[secret.length], secret.length);
    byte[] compressed = RawClient.compressed(new byte[secret.length]);
    List<byte[]> others =
        List.of(
            RawClient.masked(9, new byte[125]),
            RawClient.masked(2, new byte[secret.length - 1]),
            RawClient.join(Arrays.copyOf(torn, 100), RawClient.close(1000)),
            compressed,
            Arrays.copyOf(compressed, compressed.length - 4),
            RawClient.masked(1, new byte[] {(byte) 0xff}),
            RawClient.close(1005),
            "GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
    try (RunningServer server = new RunningServer()) {
      for (boolean compress : new boolean[] {false, true}) {
        for (byte[] other : others) {
          try (RawClient owner = server.connect();
              RawClient stranger = server.connect()) {
            owner.send(compress ? RawClient.requestToCompress("") : RawClient.REQUEST);
            owner.head();
            owner.send(compress ? RawClient.compressed(secret) : RawClient.masked(1, secret));
            owner.send(Arrays.copyOf(RawClient.masked(1, secret), secret.length / 2));
            // Without compression anything of another would be there to read.
            stranger.send(RawClient.REQUEST, other);
            stranger.finish();
            String heard = stranger.rest();
            assertTrue(heard.startsWith("HTTP/1.1 101 "), heard);
            assertFalse(heard.contains(SECRET.substring(0, 8)), heard);
          }
        }
      }
    }
  }
}
