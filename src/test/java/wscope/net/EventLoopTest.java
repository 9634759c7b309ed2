package wscope.net;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links over real sockets: bytes, their order, and both ends. */
@Timeout(10)
class EventLoopTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private EventLoop loop;
  private Thread thread;

  @BeforeEach
  void open() throws IOException {
    loop = EventLoop.open(LinkLimits.DEFAULT, Long.MAX_VALUE);
  }

  @AfterEach
  void close() throws Exception {
    loop.stop();
    if (thread != null) {
      thread.join(5000);
      assertFalse(thread.isAlive(), "the loop still runs");
    }
    loop.close();
  }

  @Test
  void sendsTheWritesOfOneTurnInOrder() throws Exception {
    // Echoes of a long and a short message: the first exceeds the round buffer and the socket's, so
    // a part of it waits while the rest of the turn is written.
    byte[] large = randomBytes(24 << 20);
    byte[] small = "and now something short".getBytes(StandardCharsets.UTF_8);
    try (Socket client =
        serve(
            (link, bytes) -> {
              link.write(ByteBuffer.wrap(large));
              link.write(ByteBuffer.wrap(small));
              link.write(ByteBuffer.wrap(small));
              link.end();
            })) {
      client.getOutputStream().write(1);
      byte[] got = client.getInputStream().readAllBytes();
      assertEquals(large.length + 2 * small.length, got.length);
      ByteBuffer expected = ByteBuffer.allocate(got.length);
      expected.put(large).put(small).put(small);
      assertEquals(-1, expected.flip().mismatch(ByteBuffer.wrap(got)), "first wrong byte");
    }
  }

  @Test
  void sendsManyWritesOfOneTurnInOrder() throws Exception {
    byte[] all = randomBytes(12 << 20);
    Random random = new Random(5);
    try (Socket client =
        serve(
            (link, bytes) -> {
              ByteBuffer rest = ByteBuffer.wrap(all);
              while (rest.hasRemaining()) {
                int count = random.nextInt(4) == 0 ? 400_000 : random.nextInt(200);
                int end = Math.min(all.length, rest.position() + count);
                rest.limit(end);
                link.write(rest);
                assertEquals(end, rest.position());
                rest.limit(all.length);
              }
              link.end();
            })) {
      client.getOutputStream().write(1);
      byte[] got = client.getInputStream().readAllBytes();
      assertEquals(-1, ByteBuffer.wrap(all).mismatch(ByteBuffer.wrap(got)), "first wrong byte");
    }
  }

  @Test
  void sendsTheWritesOfTasksInOrder() throws Exception {
    BlockingQueue<Link> links = new LinkedBlockingQueue<>();
    try (Socket client = serve((link, bytes) -> links.add(link))) {
      client.getOutputStream().write(1);
      Link link = links.poll(5, SECONDS);
      byte[] large = randomBytes(12 << 20);
      loop.execute(() -> link.write(ByteBuffer.wrap(large)));
      loop.execute(() -> link.write(ByteBuffer.wrap(new byte[] {1, 2, 3})));
      loop.execute(link::end);
      byte[] got = client.getInputStream().readAllBytes();
      assertEquals(large.length + 3, got.length);
      assertEquals(large.length, ByteBuffer.wrap(large).mismatch(ByteBuffer.wrap(got)));
      assertArrayEquals(new byte[] {1, 2, 3}, tail(got, 3));
    }
  }

  @Test
  void sendsTheWritesOfATaskTogether() throws Exception {
    BlockingQueue<Link> links = new LinkedBlockingQueue<>();
    BlockingQueue<Integer> arrivedInBetween = new LinkedBlockingQueue<>();
    try (Socket client = serve((link, bytes) -> links.add(link))) {
      client.getOutputStream().write(1);
      Link link = links.poll(5, SECONDS);
      loop.execute(
          () -> {
            link.write(ByteBuffer.wrap(new byte[] {1}));
            arrivedInBetween.add(available(client));
            link.write(ByteBuffer.wrap(new byte[] {2}));
          });
      assertArrayEquals(new byte[] {1, 2}, client.getInputStream().readNBytes(2));
      assertEquals(0, arrivedInBetween.poll(5, SECONDS));
    }
  }

  private static int available(Socket client) {
    try {
      return client.getInputStream().available();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void endSendsEverythingThenFinAndWaitsForThePeer() throws Exception {
    try (Socket client =
        serve(
            (link, bytes) -> {
              link.write(bytes);
              link.end();
              link.write(ByteBuffer.wrap(new byte[] {9}));
            })) {
      client.getOutputStream().write(new byte[] {1, 2});
      assertArrayEquals(new byte[] {1, 2}, client.getInputStream().readAllBytes());
      // Discarded, without breaking the connection.
      client.getOutputStream().write(new byte[1 << 20]);
      client.shutdownOutput();
      assertEquals("closed null", event());
      assertEquals(-1, client.getInputStream().read());
    }
  }

  @Test
  void peerMayEndFirst() throws Exception {
    try (Socket client = serve(Link::write)) {
      client.getOutputStream().write(new byte[] {1, 2, 3});
      client.shutdownOutput();
      assertEquals("ended", event());
      assertArrayEquals(new byte[] {1, 2, 3}, client.getInputStream().readNBytes(3));
    }
  }

  /** As of a client whose server ends before it was sent everything. */
  @Test
  void keepsTheInputOfAJoinedLinkWhoseOutputEnds() throws Exception {
    BlockingQueue<Link> held = new LinkedBlockingQueue<>();
    AtomicInteger calls = new AtomicInteger();
    try (Socket client =
        serve(
            (link, bytes) -> {
              if (calls.getAndIncrement() == 0) {
                link.join();
                link.hold(true);
                held.add(link);
              } else {
                events.add("received " + StandardCharsets.US_ASCII.decode(bytes));
              }
            })) {
      client.getOutputStream().write("left".getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();
      Link link = held.poll(5, SECONDS);
      loop.execute(link::end);
      loop.execute(() -> link.hold(false));
      assertEquals("received left", event());
      assertEquals("ended", event());
      assertEquals("closed null", event());
    }
  }

  /** As of a server that rejects a large message: it sends a Close, then resets TCP. */
  @Test
  void passesOnWhatArrivedBeforeAResetThatAWriteFinds() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Socket client =
        serve(
            (link, bytes) -> {
              if (calls.getAndIncrement() == 0) {
                bytes.get();
                link.write(ByteBuffer.wrap(new byte[24 << 20]));
              } else {
                events.add("received " + StandardCharsets.US_ASCII.decode(bytes));
              }
            });
    client.getOutputStream().write(1);
    // The output of the link waits, so its input is paused.
    assertEquals(0, client.getInputStream().read());
    client.getOutputStream().write("last words".getBytes(StandardCharsets.US_ASCII));
    // Bytes that the client has not read make this a reset.
    client.close();
    assertEquals("received last words", event());
    String end = event();
    assertTrue(end.startsWith("closed java.io.IOException: "), end);
    assertTrue(end.endsWith("Connection reset by peer") || end.endsWith("Broken pipe"), end);
  }

  /** Nobody would read what arrived before the reset, so the link would never end. */
  @Test
  void aLinkThatIsHeldEndsWhenAWriteFails() throws Exception {
    Socket client =
        serve(
            (link, bytes) -> {
              bytes.get();
              link.hold(true);
              link.write(ByteBuffer.wrap(new byte[24 << 20]));
            });
    client.getOutputStream().write(1);
    assertEquals(0, client.getInputStream().read());
    client.getOutputStream().write(2);
    // Bytes that the client has not read make this a reset.
    client.close();
    String end = event();
    assertTrue(end.startsWith("closed java.io.IOException: "), end);
  }

  @Test
  void reportsAResetByThePeer() throws Exception {
    Socket client = serve(Link::write);
    client.getOutputStream().write(1);
    assertEquals(1, client.getInputStream().read());
    client.setSoLinger(true, 0);
    client.close();
    assertEquals("closed java.net.SocketException: Connection reset", event());
  }

  /**
   * One call of the handler writes more than the round buffer, so a write fails during the call.
   */
  @Test
  void reportsAFailedWriteAfterTheHandlerReturns() throws Exception {
    CountDownLatch reset = new CountDownLatch(1);
    byte[] large = new byte[1 << 20];
    Socket client =
        serve(
            (link, bytes) -> {
              await(reset);
              bytes.get();
              link.write(ByteBuffer.wrap(large));
              link.write(ByteBuffer.wrap(large));
              events.add("written");
            });
    client.getOutputStream().write(1);
    client.setSoLinger(true, 0);
    client.close();
    reset.countDown();
    assertEquals("written", event());
    assertEquals("closed java.io.IOException: Connection reset by peer", event());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(5, SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void closesOnlyTheLinkOfAHandlerThatThrows() throws Exception {
    InetSocketAddress broken =
        listen(
            (link, bytes) -> {
              throw new IllegalStateException("a bug");
            });
    try (Socket other = serve(Link::write);
        Socket client = new Socket(broken.getAddress(), broken.getPort())) {
      client.setSoTimeout(5000);
      client.getOutputStream().write(1);
      assertEquals("closed java.lang.IllegalStateException: a bug", event());
      assertEquals(-1, client.getInputStream().read());
      other.getOutputStream().write(7);
      assertEquals(7, other.getInputStream().read());
    }
  }

  @Test
  void abortClosesAtOnce() throws Exception {
    try (Socket client = serve((link, bytes) -> link.abort())) {
      client.getOutputStream().write(1);
      assertEquals("closed null", event());
      assertEquals(-1, client.getInputStream().read());
    }
  }

  @Test
  void throwsForAPortInUse() throws Exception {
    InetSocketAddress address = listen(Link::write);
    assertThrows(BindException.class, () -> loop.listen(address, acceptor(Link::write)));
  }

  @Test
  void tasksDeadlinesAndRoundEndsRunOnTheLoop() throws Exception {
    CountDownLatch roundEnds = new CountDownLatch(1);
    loop.onRoundEnd(roundEnds::countDown);
    start();
    loop.execute(() -> loop.after(Duration.ofMillis(1), () -> events.add(name())));
    loop.execute(() -> events.add(name()));
    assertEquals("loop", event());
    assertEquals("loop", event());
    assertTrue(roundEnds.await(5, SECONDS));
  }

  @Test
  void doesNotRunOnceStopped() throws Exception {
    loop.stop();
    start();
    thread.join(5000);
    assertFalse(thread.isAlive());
  }

  /**
   * A light turn may take long because the system interrupts it. Then its link does not wait until
   * each of fifty others with much work has had a turn. The second byte is sent in a turn of one of
   * these, so that the order of the turns alone decides how many come before it.
   */
  @Test
  void waitsForOthersOnlyAfterATurnWithMuchWork() throws Exception {
    Turns turns = new Turns();
    InetSocketAddress light = loop.listen(ANY_PORT, turns.light());
    InetSocketAddress heavy = loop.listen(ANY_PORT, turns.heavy());
    List<Socket> clients = new ArrayList<>();
    turns.client = new Socket(light.getAddress(), light.getPort());
    clients.add(turns.client);
    for (int i = 0; i < Turns.HEAVY_LINKS; i++) {
      clients.add(new Socket(heavy.getAddress(), heavy.getPort()));
      clients.get(i + 1).getOutputStream().write(1);
    }
    start();
    int before = turns.before.poll(5, SECONDS);
    for (Socket client : clients) {
      client.close();
    }
    assertTrue(before < Turns.HEAVY_LINKS / 2, before + " turns came before");
  }

  /** Links whose turns take a millisecond each: one that has little to do, and many with work. */
  private static final class Turns {
    private static final int HEAVY_LINKS = 50;

    private final BlockingQueue<Integer> before = new LinkedBlockingQueue<>();
    private Socket client;
    private int heavyTurns;
    private int sentAfter = -1;
    private boolean lightTurnWasLong;

    LinkAcceptor light() {
      return acceptor(
          link -> {
            if (sentAfter < 0) {
              lightTurnWasLong = true;
            } else {
              before.add(heavyTurns - sentAfter);
            }
          },
          false);
    }

    LinkAcceptor heavy() {
      return acceptor(
          link -> {
            heavyTurns++;
            if (heavyTurns == HEAVY_LINKS) {
              send();
            } else if (lightTurnWasLong && sentAfter < 0) {
              sentAfter = heavyTurns;
              send();
            }
            link.requestTurn();
          },
          true);
    }

    private void send() {
      try {
        client.getOutputStream().write(1);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private static LinkAcceptor acceptor(Consumer<Link> turn, boolean heavy) {
      return new LinkAcceptor() {
        @Override
        public LinkHandler accepted(Link link) {
          return new LinkHandler() {
            @Override
            public void received(ByteBuffer bytes) {
              bytes.position(bytes.limit());
              turn.accept(link);
              takeLong();
            }

            @Override
            public boolean isTurnHeavy() {
              return heavy;
            }

            @Override
            public void ended() {
              link.abort();
            }

            @Override
            public void closed(Exception cause) {}
          };
        }

        @Override
        public void failed(IOException cause) {
          throw new AssertionError(cause);
        }
      };
    }

    private static void takeLong() {
      long start = System.nanoTime();
      while (System.nanoTime() - start < 1_000_000) {
        Thread.onSpinWait();
      }
    }
  }

  private static String name() {
    return Thread.currentThread().getName();
  }

  private String event() throws InterruptedException {
    String event = events.poll(5, SECONDS);
    assertNotNull(event, "nothing happened");
    return event;
  }

  /** Serves one kind of link, and connects to it. */
  private Socket serve(BiConsumer<Link, ByteBuffer> received) throws IOException {
    InetSocketAddress address = listen(received);
    start();
    Socket client = new Socket(address.getAddress(), address.getPort());
    client.setSoTimeout(5000);
    return client;
  }

  private InetSocketAddress listen(BiConsumer<Link, ByteBuffer> received) throws IOException {
    return loop.listen(ANY_PORT, acceptor(received));
  }

  private void start() {
    thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException e) {
                events.add("failed " + e);
              }
            },
            "loop");
    thread.start();
  }

  private LinkAcceptor acceptor(BiConsumer<Link, ByteBuffer> received) {
    return new LinkAcceptor() {
      @Override
      public LinkHandler accepted(Link link) {
        return new LinkHandler() {
          @Override
          public void received(ByteBuffer bytes) {
            received.accept(link, bytes);
          }

          @Override
          public void ended() {
            events.add("ended");
          }

          @Override
          public void closed(Exception cause) {
            events.add("closed " + cause);
          }
        };
      }

      @Override
      public void failed(IOException cause) {
        events.add("failed " + cause);
      }
    };
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(11).nextBytes(bytes);
    return bytes;
  }

  private static byte[] tail(byte[] bytes, int length) {
    return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }
}
