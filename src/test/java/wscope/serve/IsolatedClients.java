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
 * Clients of one server that send to all, to the others, to themselves or to nobody, and disconnect
 * in various ways while others send. Each receives exactly the messages for it, unchanged.
 */
final class IsolatedClients {
  static final int COUNT = 8;

  private static final Pattern MESSAGE = Pattern.compile("(\\w+) (\\d+:\\d+) \\d+ x*");

  /** Who receives the messages of a connection. */
  private enum Kind {
    BROADCAST,
    OTHERS,
    ECHO,
    NONE,
    /** A page of another site, which receives only its own messages. */
    OTHER_SITE;

    byte[] request() {
      return this == OTHER_SITE
          ? RawClient.crossOriginRequest()
          : RawClient.request("reply=" + name().toLowerCase(Locale.ROOT));
    }

    /** Whether it receives its own messages. */
    boolean receivesItsOwn() {
      return this == BROADCAST || this == ECHO || this == OTHER_SITE;
    }

    /** Whether it receives the messages of another connection. */
    boolean receivesFrom(Kind other) {
      return this != OTHER_SITE && (other == BROADCAST || other == OTHERS);
    }
  }

  private final RunningServer server;

  /** The number of messages that were received from another connection. */
  private final AtomicLong receivedFromOthers = new AtomicLong();

  private IsolatedClients(RunningServer server) {
    this.server = server;
  }

  /** Runs all clients at once; each opens this many connections, one after another. */
  static void run(int connections) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(COUNT);
    try (RunningServer server = new RunningServer()) {
      IsolatedClients clients = new IsolatedClients(server);
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        int client = i;
        tasks.add(() -> clients.run(client, connections));
      }
      for (Future<Void> done : threads.invokeAll(tasks, 20, SECONDS)) {
        done.get();
      }
      for (int i = 0; i < COUNT * connections; i++) {
        assertFalse(server.nextDisconnected().cause() instanceof RuntimeException);
      }
      assertEquals(COUNT * connections, server.connected());
      assertTrue(clients.receivedFromOthers.get() > 0, "no client received another's message");
    } finally {
      threads.shutdownNow();
    }
  }

  private Void run(int client, int connections) throws Exception {
    Random random = new Random(client);
    for (int i = 0; i < connections; i++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      String name = client + ":" + i;
      try (RawClient connection = server.connect()) {
        connection.send(kind.request());
        connection.expectUpgrade();
        int messages = 1 + random.nextInt(3);
        for (int number = 0; number < messages; number++) {
          String own = kind + " " + name + " " + number + " " + "x".repeat(random.nextInt(500));
          connection.send(RawClient.text(own), RawClient.masked(9, new byte[] {(byte) number}));
          assertEquals(kind.receivesItsOwn() ? 1 : 0, receive(connection, kind, name, own));
        }
        end(connection, name, random);
      }
    }
    return null;
  }

  /** Receives until the pong that follows its own message; counts the copies of that message. */
  private int receive(RawClient connection, Kind kind, String name, String own) throws Exception {
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
        assertTrue(
            kind.receivesFrom(Kind.valueOf(message.group(1))), () -> kind + " received " + text);
        receivedFromOthers.incrementAndGet();
      }
    }
    return count;
  }

  private static void end(RawClient connection, String name, Random random) throws Exception {
    switch (random.nextInt(4)) {
      case 0 -> connection.reset();
      case 1 -> connection.shutdownOutput();
      case 2 -> connection.send(RawClient.close(1000));
      default -> connection.send(RawClient.masked(0x01, name.getBytes(UTF_8), 3));
    }
  }
}
