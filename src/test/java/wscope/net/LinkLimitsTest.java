package wscope.net;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S7: how much is queued for one peer and for all, and for how long, over real sockets. */
@Timeout(20)
class LinkLimitsTest {
  private static final long HIGH_WATER = 4 << 20;
  private static final Duration NEVER = Duration.ofHours(1);
  private static final int LARGE = 24 << 20;

  private final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
  private static final String EXCEEDED =
      "wscope held too much for its peers, and most of it for this one";

  private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

  @Test
  void defaultsAreAsDocumented() {
    assertEquals(new LinkLimits(HIGH_WATER, Duration.ofSeconds(30)), LinkLimits.DEFAULT);
  }

  /** Up to the mark, the peer is read; one byte above, it is paused. */
  @Test
  void pausesAPeerAboveTheHighWaterMark() throws Exception {
    try (ServerLoop server = new ServerLoop(new LinkLimits(HIGH_WATER, NEVER));
        Socket peer = server.connect()) {
      Link link = links.poll(5, SECONDS);
      assertEquals(
          "4194303 goes on, 4194304 goes on, 4194305 is paused, ",
          server.on(
              () -> {
                // Once anything waits, the socket accepts nothing more within this task.
                while (link.waiting() == 0) {
                  write(link, 256 << 10);
                }
                write(link, (int) (HIGH_WATER - 1 - link.waiting()));
                return state(link) + state(write(link, 1)) + state(write(link, 1));
              }));
      peer.getInputStream().readNBytes(1 << 20);
    }
  }

  private static Link write(Link link, int count) {
    link.write(ByteBuffer.allocate(count));
    // Send what was gathered to the socket.
    link.hold(false);
    return link;
  }

  private static String state(Link link) {
    return link.waiting() + (link.isPaused() ? " is paused, " : " goes on, ");
  }

  @Test
  void dropsAPeerThatReadsNothing() throws Exception {
    try (ServerLoop server = new ServerLoop(new LinkLimits(HIGH_WATER, Duration.ofMillis(200)));
        Socket peer = server.connect()) {
      Link link = links.poll(5, SECONDS);
      long start = System.nanoTime();
      server.on(() -> write(link, LARGE));
      assertEquals("the peer read less than 256 KiB in 200 ms", closed.poll(10, SECONDS));
      assertTrue(System.nanoTime() - start >= 200_000_000, "too early");
      assertTrue(peer.getInputStream().readAllBytes().length < LARGE, "nothing is left to read");
    }
  }

  /** The peer takes longer than the limit in all, but never stops for that long. */
  @Test
  void keepsAPeerThatReadsSlowly() throws Exception {
    try (ServerLoop server = new ServerLoop(new LinkLimits(HIGH_WATER, Duration.ofMillis(800)));
        Socket peer = server.connect()) {
      Link link = links.poll(5, SECONDS);
      server.on(() -> write(link, LARGE));
      for (int i = 0; i < 10; i++) {
        assertEquals(2 << 20, peer.getInputStream().readNBytes(2 << 20).length);
        server.pass(Duration.ofMillis(100));
      }
      assertEquals(4 << 20, peer.getInputStream().readNBytes(4 << 20).length);
      assertEquals(0, closed.size());
    }
  }

  /** Beyond the limit for all peers together, the peer that holds most goes, not the last one. */
  @Test
  void closesTheLinkThatHoldsMost() throws Exception {
    try (ServerLoop server = new ServerLoop(new LinkLimits(HIGH_WATER, NEVER), LARGE);
        Socket large = server.connect();
        Socket small = server.connect()) {
      Link most = linkOf(large);
      Link less = linkOf(small);
      server.on(() -> write(most, LARGE * 3 / 4));
      server.on(() -> write(less, LARGE / 2));
      assertEquals(EXCEEDED, closed.poll(5, SECONDS));
      assertEquals(LARGE / 2, small.getInputStream().readNBytes(LARGE / 2).length);
      assertEquals(0, closed.size());
    }
  }

  /** What is held without progress has a deadline: then it gives way even to a larger holder. */
  @Test
  void closesALinkThatHoldsForTooLongFirst() throws Exception {
    try (ServerLoop server =
            new ServerLoop(new LinkLimits(HIGH_WATER, Duration.ofMillis(400)), LARGE);
        Socket idle = server.connect();
        Socket busy = server.connect()) {
      Link holds = linkOf(idle);
      Link needs = linkOf(busy);
      server.on(
          () -> {
            holds.kept(LARGE / 3, LARGE / 3);
            return holds;
          });
      server.pass(Duration.ofMillis(500));
      server.on(() -> write(needs, LARGE));
      assertEquals(EXCEEDED, closed.poll(5, SECONDS));
      assertEquals(LARGE, busy.getInputStream().readNBytes(LARGE).length);
      assertEquals(0, closed.size());
    }
  }

  /** What is held back on request gives way at once, even to a link that needs more. */
  @Test
  void closesALinkThatHoldsBackFirst() throws Exception {
    try (ServerLoop server = new ServerLoop(new LinkLimits(HIGH_WATER, NEVER), LARGE);
        Socket delayed = server.connect();
        Socket honest = server.connect()) {
      Link holds = linkOf(delayed);
      Link needs = linkOf(honest);
      server.on(
          () -> {
            holds.kept(LARGE / 3, LARGE / 3);
            return holds;
          });
      server.on(() -> write(needs, LARGE));
      assertEquals(EXCEEDED, closed.poll(5, SECONDS));
      assertEquals(LARGE, honest.getInputStream().readNBytes(LARGE).length);
      assertEquals(0, closed.size());
    }
  }

  /** Of two links that hold back, the one that holds more gives way. */
  @Test
  void aLinkThatHoldsBackDoesNotDisplaceASmallerOne() throws Exception {
    try (ServerLoop server = new ServerLoop(new LinkLimits(HIGH_WATER, NEVER), LARGE);
        Socket one = server.connect();
        Socket other = server.connect()) {
      Link less = linkOf(one);
      Link more = linkOf(other);
      server.on(
          () -> {
            less.kept(LARGE / 4, LARGE / 4);
            more.kept(LARGE * 2 / 3, LARGE * 2 / 3);
            assertFalse(more.fits(LARGE / 6));
            assertTrue(less.fits(LARGE / 6));
            return less;
          });
      assertEquals(EXCEEDED, closed.poll(5, SECONDS));
      assertEquals(0, closed.size());
    }
  }

  private Link linkOf(Socket peer) throws InterruptedException {
    Link link = links.poll(5, SECONDS);
    if (((InetSocketAddress) link.remote()).getPort() != peer.getLocalPort()) {
      Link other = linkOf(peer);
      links.add(link);
      return other;
    }
    return link;
  }

  /** Of two loops in this JVM, one has room when the other has none. */
  @Test
  void limitsEachLoopByItself() throws Exception {
    LinkLimits patient = new LinkLimits(HIGH_WATER, NEVER);
    try (ServerLoop narrow = new ServerLoop(patient, 1 << 20);
        ServerLoop wide = new ServerLoop(patient, Long.MAX_VALUE);
        Socket toNarrow = narrow.connect();
        Socket toWide = wide.connect()) {
      Link first = links.poll(5, SECONDS);
      Link second = links.poll(5, SECONDS);
      boolean narrowFirst =
          ((InetSocketAddress) first.remote()).getPort() == toNarrow.getLocalPort();
      wide.on(() -> write(narrowFirst ? second : first, LARGE));
      narrow.on(() -> write(narrowFirst ? first : second, LARGE));
      assertEquals(EXCEEDED, closed.poll(5, SECONDS));
      assertEquals(LARGE, toWide.getInputStream().readNBytes(LARGE).length);
      assertEquals(0, closed.size());
    }
  }

  /** A loop on its own thread, which publishes its links once the peer has sent something. */
  private final class ServerLoop implements AutoCloseable {
    private final EventLoop loop;
    private final InetSocketAddress address;
    private final Thread thread = new Thread(this::run, "loop");

    ServerLoop(LinkLimits limits) throws IOException {
      this(limits, Long.MAX_VALUE);
    }

    ServerLoop(LinkLimits limits, long maxWaiting) throws IOException {
      loop = EventLoop.open(limits, maxWaiting);
      address =
          loop.listen(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new LinkCollector());
      thread.start();
    }

    Socket connect() throws IOException {
      Socket peer = new Socket(address.getAddress(), address.getPort());
      peer.setSoTimeout(5000);
      peer.getOutputStream().write(1);
      return peer;
    }

    /** Runs a task on the loop, and returns its result. */
    <T> T on(Supplier<T> task) throws Exception {
      CompletableFuture<T> done = new CompletableFuture<>();
      loop.execute(
          () -> {
            try {
              done.complete(task.get());
            } catch (RuntimeException e) {
              done.completeExceptionally(e);
            }
          });
      return done.get(5, SECONDS);
    }

    /** Returns when this time has passed on the loop. */
    void pass(Duration time) throws InterruptedException {
      CountDownLatch passed = new CountDownLatch(1);
      loop.execute(() -> loop.after(time, passed::countDown));
      assertTrue(passed.await(5, SECONDS));
    }

    private void run() {
      try {
        loop.run();
      } catch (IOException e) {
        closed.add(e.toString());
      }
    }

    @Override
    public void close() throws IOException {
      loop.stop();
      try {
        thread.join(5000);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      assertFalse(thread.isAlive(), "the loop still runs");
      loop.close();
    }
  }

  private final class LinkCollector implements LinkAcceptor {
    @Override
    public LinkHandler accepted(Link link) {
      return new LinkHandler() {
        @Override
        public void received(ByteBuffer bytes) {
          bytes.position(bytes.limit());
          links.add(link);
        }

        @Override
        public void ended() {
          link.end();
        }

        @Override
        public void closed(Exception cause) {
          closed.add(cause == null ? "no cause" : cause.getMessage());
        }
      };
    }

    @Override
    public void failed(IOException cause) {
      closed.add(cause.toString());
    }
  }
}
