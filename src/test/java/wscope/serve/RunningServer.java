package wscope.serve;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import wscope.cli.serve.ServeWording;
import wscope.connection.Behaviour;
import wscope.connection.Connection;
import wscope.connection.Disconnected;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.protocol.Limits;
import wscope.protocol.SendResult;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.rule.Endpoint;
import wscope.support.RawClient;
import wscope.support.ServerThread;

/** An echo server on a thread of its own, and what it told its listener. */
final class RunningServer implements AutoCloseable {
  /** Long enough never to come in a test. */
  static final Timeouts PATIENT = new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));

  private final ServerThread server;
  private final BlockingQueue<Disconnected> disconnected = new LinkedBlockingQueue<>();
  private final BlockingQueue<HandshakeResult> handshakes = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> impossible = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> torn = new LinkedBlockingQueue<>();
  private final BlockingQueue<Stall> waiting = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> lagging = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger turnedAway = new AtomicInteger();
  private final boolean inspects;

  RunningServer() throws IOException {
    this(PATIENT, 1024, false);
  }

  /** With TLS. */
  RunningServer(SSLContext context) throws IOException {
    this(PATIENT, context);
  }

  /** With TLS. */
  RunningServer(Timeouts timeouts, SSLContext context) throws IOException {
    this(settings(timeouts, 1024, Policy.DEFAULT, Behaviour.DEFAULT), false, context);
  }

  /**
   * @param inspects whether the listener looks at what is sent, as a report does
   */
  RunningServer(Timeouts timeouts, int maxConnections, boolean inspects) throws IOException {
    this(settings(timeouts, maxConnections, Policy.DEFAULT, Behaviour.DEFAULT), inspects, null);
  }

  RunningServer(Policy policy) throws IOException {
    this(settings(PATIENT, 1024, policy, Behaviour.DEFAULT), false, null);
  }

  /** A server that does this on each connection, unless the query says otherwise. */
  RunningServer(Behaviour behaviour) throws IOException {
    this(settings(PATIENT, 1024, Policy.DEFAULT, behaviour), false, null);
  }

  /** With other limits of what may wait for a client. */
  RunningServer(LinkLimits link) throws IOException {
    this(settings(PATIENT, link, 1024, Policy.DEFAULT, Behaviour.DEFAULT), false, null);
  }

  private static Settings settings(
      Timeouts timeouts, int maxConnections, Policy policy, Behaviour behaviour) {
    return settings(timeouts, LinkLimits.DEFAULT, maxConnections, policy, behaviour);
  }

  private static Settings settings(
      Timeouts timeouts, LinkLimits link, int maxConnections, Policy policy, Behaviour behaviour) {
    return new Settings(
        Limits.SERVER,
        timeouts,
        link,
        maxConnections,
        policy,
        BehaviourParameters.withAllFaults(),
        behaviour,
        false,
        new ServeWording());
  }

  private RunningServer(Settings settings, boolean inspects, SSLContext context)
      throws IOException {
    this.inspects = inspects;
    server = ServerThread.listening(new Server(settings, new Listener()), context).start();
  }

  InetSocketAddress address() {
    return server.address();
  }

  RawClient connect() throws IOException {
    return server.connect();
  }

  /** A client with its opening handshake behind it. */
  RawClient open() throws IOException {
    return server.open();
  }

  /** The next connection that has ended. */
  Disconnected gone() throws InterruptedException {
    Disconnected event = disconnected.poll(10, SECONDS);
    assertNotNull(event, "no connection has ended");
    return event;
  }

  /** The next request that was judged. */
  HandshakeResult handshake() throws InterruptedException {
    HandshakeResult judged = handshakes.poll(10, SECONDS);
    assertNotNull(judged, "no request has come");
    return judged;
  }

  /** The id of the next fault that could not be committed. */
  String impossible() throws InterruptedException {
    return next(impossible, "no fault was impossible");
  }

  /** What has come of the next request that does not come to its end. */
  String torn() throws InterruptedException {
    return next(torn, "no request was torn");
  }

  /** Who watches whom, in words, as it was told next. */
  String told() throws InterruptedException {
    return next(told, "nobody watches");
  }

  /** The number of the next connection that takes too little. */
  long lagging() throws InterruptedException {
    return next(lagging, "no connection lags");
  }

  /**
   * A client that owes something.
   *
   * @param number of its connection
   */
  record Stall(long number, Event.Waiting event) {}

  /** The next client that stalls. */
  Stall stall() throws InterruptedException {
    return next(waiting, "no client stalls");
  }

  /** Whether no other client has stalled so far. */
  boolean nobodyElseStalls() {
    return waiting.isEmpty();
  }

  /** What becomes of a ping to a client. */
  SendResult ping(long number) throws Exception {
    CompletableFuture<SendResult> result = new CompletableFuture<>();
    server.execute(() -> result.complete(server.server().connections().find(number).ping()));
    return result.get(10, SECONDS);
  }

  /** Begins to close a connection. */
  void close(long number, int code) {
    server.execute(() -> server.server().connections().find(number).close(code, ""));
  }

  private static <T> T next(BlockingQueue<T> events, String otherwise) throws InterruptedException {
    T event = events.poll(10, SECONDS);
    assertNotNull(event, otherwise);
    return event;
  }

  int connected() {
    return connected.get();
  }

  int turnedAway() {
    return turnedAway.get();
  }

  Thread thread() {
    return server.thread();
  }

  /** Asks it to stop; does not wait. */
  void stop() {
    server.stop();
  }

  /** Whether {@link Server#run} has come to its end, after some patience. */
  boolean hasEnded() {
    return server.hasEnded();
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (!failures.isEmpty()) {
      throw new AssertionError("the server failed", failures.peek());
    }
    for (Disconnected event : disconnected) {
      assertFalse(event.cause() instanceof RuntimeException, () -> "a bug: " + event.cause());
    }
  }

  /** Does something on the thread of the server. */
  void execute(Runnable task) {
    server.execute(task);
  }

  /** What the server that has ended has failed with, which is no failure of the test then. */
  Throwable failure() {
    return server.takeFailure();
  }

  private final class Listener implements ServeListener {
    @Override
    public ExchangeListener connected(long number) {
      connected.incrementAndGet();
      return new ExchangeListener() {
        @Override
        public void event(Event event) {
          if (event instanceof Event.Responded responded) {
            handshakes.add(responded.result());
          } else if (event instanceof Event.HeadIncomplete head) {
            torn.add(head.raw());
          } else if (event instanceof Event.FaultImpossible fault) {
            impossible.add(fault.id());
          } else if (event instanceof Event.Lagging) {
            lagging.add(number);
          } else if (event instanceof Event.Waiting awaited) {
            waiting.add(new Stall(number, awaited));
          }
        }

        @Override
        public @Nullable FrameListener frames(@Nullable Endpoint sender) {
          return sender == Endpoint.CLIENT || inspects ? new FrameListener() {} : null;
        }
      };
    }

    @Override
    public void event(Event event) {
      if (event instanceof Event.TurnedAway) {
        turnedAway.incrementAndGet();
      } else {
        failures.add(new AssertionError(event));
      }
    }

    @Override
    public void disconnected(Disconnected event) {
      disconnected.add(event);
    }

    @Override
    public void watches(Connection watcher) {
      told.add("#" + watcher.number() + " watches");
    }

    @Override
    public void watched(long number, long watcher) {
      told.add("#" + number + " watched by #" + watcher);
    }

    @Override
    public void roundEnded() {}
  }
}
