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
 * A hundred clients connect at once to a server with 64 MiB of heap. Clients that follow the
 * protocol get every echo and pong in order, the report lists every connection and event, and the
 * server leaks nothing. The property {@code wscope.soak.seconds} sets the duration; half of it uses
 * TLS.
 */
@EnabledOnOs(OS.LINUX)
@Tag("soak")
@Timeout(1200)
class ConcurrencyIT {
  private static final int SECONDS = Integer.getInteger("wscope.soak.seconds", 60) / 2;
  private static final int ROUNDS = 4;
  private static final int CLIENTS = 100;
  private static final int LONGEST = 64 << 10;
  private static final int MESSAGES = 40;

  /** What a client does on one connection. */
  private interface Role {
    void play(SoakServer server, Random random) throws Exception;
  }

  /** The number of connections that all clients opened. */
  private final AtomicLong connections = new AtomicLong();

  /** The number of conversations that ended cleanly. */
  private final AtomicLong conversations = new AtomicLong();

  /** The number of messages in these conversations. */
  private final AtomicLong messages = new AtomicLong();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void servesAHundredClients(boolean tls) throws Exception {
    EventLedger ledger = new EventLedger();
    try (SoakServer server = new SoakServer(tls, "--handshake-timeout", "10s")) {
      server.onEvent(ledger::add);
      List<SoakServer.Resources> rounds = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        runClients(server, SECONDS / ROUNDS);
        ledger.awaitAllDisconnected(connections.get());
        rounds.add(server.resources());
      }
      String summary = ledger + (tls ? ", TLS" : "") + ", " + messages + " echoes: " + rounds;
      System.out.println(summary);
      SoakServer.Resources.assertNoLeak(rounds, 2048, 8192, summary);
      ledger.assertConsistent();
      assertEquals(conversations.get(), ledger.cleanConnections());
      assertEquals(messages.get(), ledger.messagesOfCleanConnections());
      server.assertHealthy();
    }
  }

  /** Runs all clients for some seconds; each opens one connection after another. */
  private void runClients(SoakServer server, int seconds) throws Exception {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<Future<Long>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Role role = i % 10 < 5 ? this::converse : withPauses(abnormal(i % 10));
      Random random = new Random(i);
      clients.add(
          threads.submit(
              () -> {
                long rounds = 0;
                for (; System.nanoTime() < end; rounds++) {
                  // Each role connects exactly once.
                  connections.incrementAndGet();
                  role.play(server, random);
                }
                return rounds;
              }));
    }
    threads.shutdown();
    for (Future<Long> client : clients) {
      assertTrue(client.get() > 0, "a client never ran");
    }
  }

  private static Role abnormal(int kind) {
    return switch (kind) {
      case 5 -> ConcurrencyIT::readSlowly;
      case 6 -> ConcurrencyIT::reset;
      case 7 -> ConcurrencyIT::breakARule;
      case 8 -> ConcurrencyIT::stall;
      default -> ConcurrencyIT::leaveInTheMiddleOfAFrame;
    };
  }

  /** A client that pauses between its connections and leaves time for the others. */
  private static Role withPauses(Role role) {
    return (server, random) -> {
      role.play(server, random);
      Thread.sleep(random.nextInt(200));
    };
  }

  /** Sends fragmented messages of any length and pings; half of the connections compress. */
  private void converse(SoakServer server, Random random) throws Exception {
    boolean compresses = random.nextBoolean();
    Inflater inflater = new Inflater(true);
    try (RawClient client = server.connect()) {
      client.send(compresses ? RawClient.requestWithDeflate("") : RawClient.REQUEST);
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
        assertTrue(pings.isEmpty(), "a pong is missing before the echo");
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

  /** Sends a message larger than the socket buffers, and reads its echo slowly. */
  private static void readSlowly(SoakServer server, Random random) throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(server.address());
    try (RawClient client = new RawClient(server.secured(socket))) {
      client.send(RawClient.REQUEST);
      client.expectUpgrade();
      byte[] payload = new byte[400_000];
      client.send(RawClient.masked(2, payload));
      client.expectSlowly(RawClient.plain(2, payload));
      client.reset();
    }
  }

  private static void reset(SoakServer server, Random random) throws Exception {
    try (RawClient client = server.open("")) {
      client.send(RawClient.masked(2, payload(random)));
      client.reset();
    }
  }

  private static void breakARule(SoakServer server, Random random) throws Exception {
    try (RawClient client = server.open("")) {
      client.send(RawClient.text("fine"));
      client.expect(RawClient.echo("fine"));
      client.send(random.nextBoolean() ? "c1 80 00 00 00 00" : "81 01 61");
      client.expectCloseAndEnd(1002);
    }
  }

  /** Begins a handshake and never completes it. */
  private static void stall(SoakServer server, Random random) throws Exception {
    try (RawClient client = server.connect()) {
      client.send(Arrays.copyOf(RawClient.REQUEST, 1 + random.nextInt(100)));
      assertTrue(client.endsWithin(60_000), "the handshake did not time out");
    }
  }

  private static void leaveInTheMiddleOfAFrame(SoakServer server, Random random) throws Exception {
    try (RawClient client = server.open("")) {
      byte[] frame = RawClient.masked(2, payload(random));
      client.send(Arrays.copyOf(frame, 1 + random.nextInt(frame.length - 1)));
      client.shutdownOutput();
      client.rest();
    } catch (IOException e) {
      // The server ended the connection first.
    }
  }

  /** A payload that is mostly short, sometimes long; its first half is random. */
  private static byte[] payload(Random random) {
    byte[] payload = new byte[random.nextInt(random.nextInt(8) == 0 ? LONGEST : 300)];
    byte[] noise = new byte[payload.length / 2];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, payload, 0, noise.length);
    return payload;
  }

  /**
   * A message in one to four frames, some of them preceded by a ping.
   *
   * @param pings gets the payloads of these pings
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

  /** Reads the next message and the pongs before it, which must match the pings. */
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
