package wscope.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import wscope.support.RawClient;

/**
 * Clients of one server that say something to all, to the others, to themselves or to nobody, and
 * end in all ways in the middle of it. Each hears what is meant for it, whole, and no more.
 */
final class Neighbours {
  static final int CLIENTS = 8;

  private static final Pattern MESSAGE = Pattern.compile("(\\w+) (\\d+:\\d+) \\d+ x*");

  /** What a connection asks for, and with that who hears what it says. */
  private enum Kind {
    BROADCAST,
    OTHERS,
    ECHO,
    NONE,
    /** A page that is not ours; it hears nothing of others. */
    STRANGER;

    byte[] request() {
      return this == STRANGER
          ? RawClient.requestOfAnotherSite()
          : RawClient.request("reply=" + name().toLowerCase(Locale.ROOT));
    }

    /** Whether it hears what it says itself. */
    boolean hearsItself() {
      return this == BROADCAST || this == ECHO || this == STRANGER;
    }

    /** Whether it hears what another connection says. */
    boolean hears(Kind other) {
      return this != STRANGER && (other == BROADCAST || other == OTHERS);
    }
  }

  private final RunningServer server;

  /** Messages that came from another connection. */
  private final AtomicLong heard = new AtomicLong();

  private Neighbours(RunningServer server) {
    this.server = server;
  }

  /** All of them at once, each with so many connections, one after the other. */
  static void meet(int connections) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try (RunningServer server = new RunningServer()) {
      Neighbours neighbours = new Neighbours(server);
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        tasks.add(() -> neighbours.play(client, connections));
      }
      for (Future<Void> done : threads.invokeAll(tasks, 20, SECONDS)) {
        done.get();
      }
      for (int i = 0; i < CLIENTS * connections; i++) {
        assertFalse(server.gone().cause() instanceof RuntimeException);
      }
      assertEquals(CLIENTS * connections, server.connected());
      assertTrue(neighbours.heard.get() > 0, "some hear each other");
    } finally {
      threads.shutdownNow();
    }
  }

  private Void play(int client, int connections) throws Exception {
    Random random = new Random(client);
    for (int i = 0; i < connections; i++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      String name = client + ":" + i;
      try (RawClient connection = server.connect()) {
        connection.send(kind.request());
        connection.expectSwitch();
        int messages = 1 + random.nextInt(3);
        for (int number = 0; number < messages; number++) {
          String own = kind + " " + name + " " + number + " " + "x".repeat(random.nextInt(500));
          connection.send(RawClient.text(own), RawClient.masked(9, new byte[] {(byte) number}));
          assertEquals(kind.hearsItself() ? 1 : 0, listen(connection, kind, name, own));
        }
        leave(connection, name, random);
      }
    }
    return null;
  }

  /** Hears messages up to the pong that is behind its own; tells how often it has heard that. */
  private int listen(RawClient connection, Kind kind, String name, String own) throws Exception {
    int count = 0;
    RawClient.Frame frame = connection.next();
    for (; frame.first() != 0x8a; frame = connection.next()) {
      assertEquals(0x81, frame.first());
      String text = UTF_8.decode(frame.payload()).toString();
      Matcher message = MESSAGE.matcher(text);
      assertTrue(message.matches(), text);
      if (message.group(2).equals(name)) {
        assertEquals(own, text);
        count++;
      } else {
        assertTrue(kind.hears(Kind.valueOf(message.group(1))), () -> kind + " hears " + text);
        heard.incrementAndGet();
      }
    }
    return count;
  }

  private static void leave(RawClient connection, String name, Random random) throws Exception {
    switch (random.nextInt(4)) {
      case 0 -> connection.reset();
      case 1 -> connection.finish();
      case 2 -> connection.send(RawClient.close(1000));
      default -> connection.send(RawClient.masked(0x01, name.getBytes(UTF_8), 3));
    }
  }
}
