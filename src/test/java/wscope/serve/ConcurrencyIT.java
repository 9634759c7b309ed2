package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.support.RawClient;

/**
 * A hundred clients do everything at once on a server with 64 MiB of heap: those that behave get
 * every echo and every pong in its order, the report has every connection and every event of it,
 * and nothing stays behind. For how long is the property {@code wscope.soak.seconds}; half of it
 * goes through TLS.
 */
@EnabledOnOs(OS.LINUX)
@Tag("soak")
@Timeout(1200)
class ConcurrencyIT {
  private static final int SECONDS = Integer.getInteger("wscope.soak.seconds", 60) / 2;
  private static final int CLIENTS = 100;
  private static final int LONGEST = 64 << 10;
  private static final int MESSAGES = 40;

  /** One connection of some kind, from its start to its end. */
  private interface Role {
    void play(JarServer server, Random random) throws Exception;
  }

  /** What all clients know of themselves. */
  private final AtomicLong connections = new AtomicLong();

  /** What the clients that behave know of themselves. */
  private final AtomicLong conversations = new AtomicLong();

  private final AtomicLong messages = new AtomicLong();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHundredClients(boolean tls) throws Exception {
    EventLedger ledger = new EventLedger();
    try (JarServer server = new JarServer(tls, "--handshake-timeout", "20s")) {
      server.onEvent(ledger::add);
      crowd(server, SECONDS / 3);
      ledger.awaitAllGone(connections.get());
      JarServer.Figures before = server.figures();
      crowd(server, SECONDS - SECONDS / 3);
      ledger.awaitAllGone(connections.get());
      JarServer.Figures after = server.figures();
      String told =
          ledger + (tls ? ", TLS" : "") + ", " + messages + " echoes: " + before + ", " + after;
      System.out.println(told);
      assertTrue(after.threads() <= before.threads() + 2, told);
      assertTrue(after.descriptors() <= before.descriptors(), told);
      assertTrue(after.heap() <= before.heap() + 2048, told);
      assertTrue(after.rss() <= before.rss() + (24 << 10), told);
      ledger.assertWhole();
      assertEquals(conversations.get(), ledger.cleanConnections());
      assertEquals(messages.get(), ledger.messagesOfCleanConnections());
      server.assertWell();
    }
  }

  /** All clients, each one connection after the other, for some seconds. */
  private void crowd(JarServer server, int seconds) throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<Future<Long>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Role role = i % 10 < 5 ? this::converse : withPauses(strange(i % 10));
      Random random = new Random(i);
      clients.add(
          threads.submit(
              () -> {
                long played = 0;
                for (; System.nanoTime() < end; played++) {
                  // Each of them connects once, whatever comes of it.
                  connections.incrementAndGet();
                  role.play(server, random);
                }
                return played;
              }));
    }
    threads.shutdown();
    for (Future<Long> client : clients) {
      assertTrue(client.get() > 0, "each client has its turn");
    }
  }

  private static Role strange(int kind) {
    return switch (kind) {
      case 5 -> ConcurrencyIT::readSlowly;
      case 6 -> ConcurrencyIT::reset;
      case 7 -> ConcurrencyIT::breakARule;
      case 8 -> ConcurrencyIT::stall;
      default -> ConcurrencyIT::leaveInTheMiddle;
    };
  }

  /** A client that comes again after a while: the others are to have a part of the server. */
  private static Role withPauses(Role role) {
    return (server, random) -> {
      role.play(server, random);
      Thread.sleep(random.nextInt(200));
    };
  }

  /** Messages of any length, in pieces, with pings in between, half of the clients compressing. */
  private void converse(JarServer server, Random random) throws Exception {
    boolean compresses = random.nextBoolean();
    Inflater inflater = new Inflater(true);
    try (RawClient client = server.connect()) {
      client.send(compresses ? RawClient.requestToCompress("") : RawClient.REQUEST);
      assertTrue(client.head().startsWith("HTTP/1.1 101 "));
      for (int sent = 0; sent < MESSAGES; ) {
        int batch = 1 + random.nextInt(6);
        List<byte[]> payloads = new ArrayList<>();
        Queue<byte[]> pings = new ArrayDeque<>();
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < batch; i++) {
          payloads.add(payload(random));
          frames.writeBytes(frames(payloads.get(i), compresses, pings, random));
        }
        client.send(frames.toByteArray());
        for (byte[] payload : payloads) {
          assertArrayEquals(payload, echo(client, pings, inflater));
        }
        assertTrue(pings.isEmpty(), "each ping has its pong before the echo that follows it");
        sent += batch;
        messages.addAndGet(batch);
      }
      client.send(RawClient.close(1000));
      client.expect("88 02 03 e8");
      client.expectEnd();
      conversations.incrementAndGet();
    } finally {
      inflater.end();
    }
  }

  /** Its messages are larger than what the sockets take, and it lets the server wait. */
  private static void readSlowly(JarServer server, Random random) throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(server.address());
    try (RawClient client = new RawClient(server.through(socket))) {
      client.send(RawClient.REQUEST);
      client.expectSwitch();
      byte[] payload = new byte[400_000];
      client.send(RawClient.masked(2, payload));
      client.expectSlowly(RawClient.plain(2, payload));
      client.reset();
    }
  }

  private static void reset(JarServer server, Random random) throws Exception {
    try (RawClient client = server.open("")) {
      client.send(RawClient.masked(2, payload(random)));
      client.reset();
    }
  }

  private static void breakARule(JarServer server, Random random) throws Exception {
    try (RawClient client = server.open("")) {
      client.send(RawClient.text("fine"));
      client.expect(RawClient.echo("fine"));
      client.send(random.nextBoolean() ? "c1 80 00 00 00 00" : "81 01 61");
      client.expectCloseAndEnd(1002);
    }
  }

  /** A handshake that does not come to its end. */
  private static void stall(JarServer server, Random random) throws Exception {
    try (RawClient client = server.connect()) {
      client.send(Arrays.copyOf(RawClient.REQUEST, 1 + random.nextInt(100)));
      assertTrue(client.endsWithin(60_000), "a handshake has its deadline");
    }
  }

  private static void leaveInTheMiddle(JarServer server, Random random) throws Exception {
    try (RawClient client = server.open("")) {
      byte[] frame = RawClient.masked(2, payload(random));
      client.send(Arrays.copyOf(frame, 1 + random.nextInt(frame.length - 1)));
      client.finish();
      client.rest();
    } catch (IOException e) {
      // The server was first to go.
    }
  }

  /** Mostly short, sometimes long; some of it random. */
  private static byte[] payload(Random random) {
    byte[] payload = new byte[random.nextInt(random.nextInt(8) == 0 ? LONGEST : 300)];
    byte[] noise = new byte[payload.length / 2];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, payload, 0, noise.length);
    return payload;
  }

  /**
   * A message in one to four frames, and sometimes a ping in front of one.
   *
   * @param pings takes the payloads of these
   */
  private static byte[] frames(
      byte[] payload, boolean compresses, Queue<byte[]> pings, Random random) {
    byte[] wire = payload;
    if (compresses) {
      wire = RawClient.unmasked(RawClient.compressed(payload));
    }
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    int pieces = 1 + random.nextInt(4);
    int start = 0;
    for (int i = 0; i < pieces; i++) {
      boolean last = i == pieces - 1;
      int end = last ? wire.length : start + random.nextInt(wire.length - start + 1);
      if (random.nextInt(8) == 0) {
        byte[] ping = new byte[random.nextInt(126)];
        random.nextBytes(ping);
        pings.add(ping);
        frames.writeBytes(RawClient.masked(9, ping));
      }
      int byte0 = (i == 0 ? 2 : 0) | (i == 0 && compresses ? 0x40 : 0) | (last ? 0x80 : 0);
      byte[] piece = Arrays.copyOfRange(wire, start, end);
      frames.writeBytes(RawClient.masked(byte0, piece, piece.length));
      start = end;
    }
    return frames.toByteArray();
  }

  /** The next message, behind the pongs in front of it, which are the next ones of the pings. */
  private static byte[] echo(RawClient client, Queue<byte[]> pings, Inflater inflater)
      throws IOException, DataFormatException {
    RawClient.Frame frame = client.next();
    while (frame.first() == 0x8a) {
      assertArrayEquals(pings.poll(), frame.payload().array());
      frame = client.next();
    }
    if (frame.first() == 0x82) {
      return frame.payload().array();
    }
    assertEquals(0xc2, frame.first());
    inflater.setInput(RawClient.join(frame.payload().array(), new byte[] {0, 0, -1, -1}));
    byte[] inflated = new byte[LONGEST + 1];
    int length = inflater.inflate(inflated);
    return Arrays.copyOf(inflated, length);
  }
}
