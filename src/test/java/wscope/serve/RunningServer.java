package wscope.serve;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import wscope.connection.BehaviourParameters;
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

/** An echo server on its own thread, and the events that it reported. */
final class RunningServer implements AutoCloseable {
  /** Timeouts that no test reaches. */
  static final Timeouts LONG_TIMEOUTS =
      new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));

  private final ServerThread server;
  private final BlockingQueue<Disconnected> disconnected = new LinkedBlockingQueue<>();
  private final BlockingQueue<HandshakeResult> handshakes = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> impossibleFaults = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> incompleteHeads = new LinkedBlockingQueue<>();
  private final BlockingQueue<WaitingClient> waiting = new LinkedBlockingQueue<>();
  private final BlockingQueue<Event.Withheld> withheld = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> lagging = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> watchEvents = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicInteger turnedAway = new AtomicInteger();
  private final boolean inspects;

  RunningServer() throws IOException {
    this(LONG_TIMEOUTS, 1024, false);
  }

  /** With TLS. */
  RunningServer(SSLContext context) throws IOException {
    this(LONG_TIMEOUTS, context);
  }

  /** With TLS. */
  RunningServer(Timeouts timeouts, SSLContext context) throws IOException {
    this(settings(timeouts, 1024, Policy.DEFAULT, Behaviour.DEFAULT), false, context);
  }

  /**
   * @param inspects whether the listener also receives the frames that the server sends
   */
  RunningServer(Timeouts timeouts, int maxConnections, boolean inspects) throws IOException {
    this(settings(timeouts, maxConnections, Policy.DEFAULT, Behaviour.DEFAULT), inspects, null);
  }

  RunningServer(Policy policy) throws IOException {
    this(settings(LONG_TIMEOUTS, 1024, policy, Behaviour.DEFAULT), false, null);
  }

  /** With another default behaviour. */
  RunningServer(Behaviour behaviour) throws IOException {
    this(settings(LONG_TIMEOUTS, 1024, Policy.DEFAULT, behaviour), false, null);
  }

  /** With other limits for the output that is queued for a client. */
  RunningServer(LinkLimits link) throws IOException {
    this(settings(LONG_TIMEOUTS, link, 1024, Policy.DEFAULT, Behaviour.DEFAULT), false, null);
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
        Queries.LENIENT,
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

  /** A client that has opened a WebSocket. */
  RawClient open() throws IOException {
    return server.open();
  }

  /** Waits for the next event that reports the end of a connection. */
  Disconnected nextDisconnected() throws InterruptedException {
    return next(disconnected, "no connection has ended");
  }

  /** Waits for the result of the next handshake. */
  HandshakeResult nextHandshake() throws InterruptedException {
    return next(handshakes, "no request has arrived");
  }

  /** Waits for the id of the next fault that could not be committed. */
  String nextImpossibleFault() throws InterruptedException {
    return next(impossibleFaults, "no fault was impossible");
  }

  /** Waits for the bytes of the next incomplete request. */
  String nextIncompleteHead() throws InterruptedException {
    return next(incompleteHeads, "no request was incomplete");
  }

  /** Waits for the next event that says who watches whom. */
  String nextWatchEvent() throws InterruptedException {
    return next(watchEvents, "no client watches");
  }

  /** Waits until the server withholds something. */
  Event.Withheld nextWithheld() throws InterruptedException {
    return next(withheld, "the server withholds nothing");
  }

  /** Waits for the next event that says which rule of a script replies. */
  String nextReply() throws InterruptedException {
    return next(replies, "no rule replies");
  }

  /** The replies that have been reported since the last call. */
  List<String> replies() {
    List<String> all = new ArrayList<>();
    replies.drainTo(all);
    return all;
  }

  /** Waits for the number of the next connection that lags. */
  long nextLagging() throws InterruptedException {
    return next(lagging, "no connection lags");
  }

  /**
   * A client that the server waits for.
   *
   * @param number of its connection
   */
  record WaitingClient(long number, Event.Waiting event) {}

  /** Waits until the server reports that it waits for a client. */
  WaitingClient nextWaiting() throws InterruptedException {
    return next(waiting, "the server waits for no client");
  }

  /** Whether no further client has been reported so far. */
  boolean hasNoFurtherWaiting() {
    return waiting.isEmpty();
  }

  /** Sends a ping to a client. */
  SendResult ping(long number) throws Exception {
    CompletableFuture<SendResult> result = new CompletableFuture<>();
    server.execute(() -> result.complete(server.server().connections().find(number).ping()));
    return result.get(10, SECONDS);
  }

  /** Starts the closing handshake. */
  void close(long number, int code) {
    server.execute(() -> server.server().connections().find(number).close(code, ""));
  }

  private static <T> T next(BlockingQueue<T> events, String ifNone) throws InterruptedException {
    T event = events.poll(10, SECONDS);
    assertNotNull(event, ifNone);
    return event;
  }

  /** The number of connections so far. */
  int connected() {
    return connected.get();
  }

  /** The number of clients that were turned away. */
  int turnedAway() {
    return turnedAway.get();
  }

  Thread thread() {
    return server.thread();
  }

  /** Asks the server to stop; does not wait. */
  void stop() {
    server.stop();
  }

  /** Waits for up to 10 s; returns whether {@link Server#run} has returned. */
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

  /** Runs a task on the thread of the server. */
  void execute(Runnable task) {
    server.execute(task);
  }

  /** The exception that ended the server; {@link #close} does not throw it then. */
  Throwable takeFailure() {
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
            incompleteHeads.add(head.raw());
          } else if (event instanceof Event.FaultImpossible fault) {
            impossibleFaults.add(fault.id());
          } else if (event instanceof Event.Withheld what) {
            withheld.add(what);
          } else if (event instanceof Event.Reply reply) {
            String trouble = reply.trouble() == null ? "" : ": " + reply.trouble();
            replies.add("#" + number + " rule " + reply.rule() + trouble);
          } else if (event instanceof Event.Lagging) {
            lagging.add(number);
          } else if (event instanceof Event.Waiting awaited) {
            waiting.add(new WaitingClient(number, awaited));
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
    public void watches(Connection watcher, boolean all) {
      watchEvents.add("#" + watcher.number() + " watches" + (all ? " all" : ""));
    }

    @Override
    public void watched(long number, long watcher) {
      watchEvents.add("#" + number + " watched by #" + watcher);
    }

    @Override
    public void roundEnded() {}
  }
}
