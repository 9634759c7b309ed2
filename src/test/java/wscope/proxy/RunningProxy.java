package wscope.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import wscope.cli.AwaitableOutput;
import wscope.connect.AddressOrder;
import wscope.connect.DialSettings;
import wscope.connect.InvalidTarget;
import wscope.connect.Resolver;
import wscope.connect.Target;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.net.TlsClient;
import wscope.net.TlsKeys;
import wscope.protocol.Limits;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.rule.Endpoint;
import wscope.report.Advice;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.ViewOptions;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;
import wscope.serve.HostRule;
import wscope.serve.OriginRule;
import wscope.serve.Policy;
import wscope.support.RawClient;

/** A proxy on its own thread, and the events that it reported. */
final class RunningProxy implements AutoCloseable {
  /** Timeouts that no test reaches. */
  static final Timeouts LONG = new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));

  private final AwaitableOutput screen = new AwaitableOutput();
  private final BlockingQueue<Event.Parted> parted = new LinkedBlockingQueue<>();
  private final BlockingQueue<Event.Page> pages = new LinkedBlockingQueue<>();
  private final BlockingQueue<Event.Tunnelled> tunnels = new LinkedBlockingQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Report report;
  private final Proxy proxy;
  private final InetSocketAddress address;
  private final Thread thread;

  /** A proxy whose clients may be anywhere on this machine. */
  static RunningProxy to(int port) throws IOException {
    return new RunningProxy(List.of(route("/", url(port), Set.of())), LONG, LinkLimits.DEFAULT);
  }

  /** A forward proxy. */
  static RunningProxy forward(Forward forward, Timeouts timeouts) throws IOException {
    return new RunningProxy(
        List.of(),
        forward,
        timeouts,
        LinkLimits.DEFAULT,
        null,
        0,
        Changes.NONE,
        Changes.NONE,
        false,
        0);
  }

  /** A proxy whose listener keeps this many copies of each unfinished message. */
  static RunningProxy keeping(int port, int copies) throws IOException {
    List<Route> routes = List.of(route("/", url(port), Set.of()));
    return new RunningProxy(
        routes, null, LONG, LinkLimits.DEFAULT, null, 0, Changes.NONE, Changes.NONE, false, copies);
  }

  /** A proxy that passes the bytes of both ends on in its own way. */
  static RunningProxy shaped(int port, Shape shape) throws IOException {
    List<Route> routes = List.of(route("/", url(port), Set.of()));
    return new RunningProxy(
        routes, LONG, LinkLimits.DEFAULT, null, 0, Changes.of(shape), Changes.of(shape), false);
  }

  /** A proxy that changes what passes. */
  static RunningProxy changing(int port, Changes ofClient, Changes ofServer) throws IOException {
    return changing(port, ofClient, ofServer, LONG);
  }

  /** A proxy that changes what passes, with these times. */
  static RunningProxy changing(int port, Changes ofClient, Changes ofServer, Timeouts timeouts)
      throws IOException {
    List<Route> routes = List.of(route("/", url(port), Set.of()));
    return new RunningProxy(
        routes, timeouts, LinkLimits.DEFAULT, null, 0, ofClient, ofServer, true);
  }

  /** A proxy that listens at a port. */
  static RunningProxy at(int port, List<Route> routes) throws IOException {
    return new RunningProxy(
        routes, LONG, LinkLimits.DEFAULT, null, port, Changes.NONE, Changes.NONE, false);
  }

  RunningProxy(List<Route> routes, Timeouts timeouts, LinkLimits link) throws IOException {
    this(routes, timeouts, link, null);
  }

  RunningProxy(List<Route> routes, Timeouts timeouts, LinkLimits link, @Nullable SSLContext context)
      throws IOException {
    this(routes, timeouts, link, context, 0, Changes.NONE, Changes.NONE, false);
  }

  private RunningProxy(
      List<Route> routes,
      Timeouts timeouts,
      LinkLimits link,
      @Nullable SSLContext context,
      int port,
      Changes ofClient,
      Changes ofServer,
      boolean prompts)
      throws IOException {
    this(routes, null, timeouts, link, context, port, ofClient, ofServer, prompts, 0);
  }

  private RunningProxy(
      List<Route> routes,
      @Nullable Forward forward,
      Timeouts timeouts,
      LinkLimits link,
      @Nullable SSLContext context,
      int port,
      Changes ofClient,
      Changes ofServer,
      boolean prompts,
      int copies)
      throws IOException {
    ViewOptions view = new ViewOptions(Detail.FRAMES, 64, false, Advice.NONE);
    report = new TextReport(new Screen(screen, false, true), LiveView.fixed(view));
    proxy =
        new Proxy(
            new ProxySettings(
                routes,
                forward,
                Policy.ofProxy(HostRule.DEFAULT, OriginRule.DEFAULT),
                Limits.NONE,
                timeouts,
                link,
                20_000,
                copies,
                ofClient,
                ofServer,
                prompts,
                new Random(1)::nextInt,
                new Texts()),
            new Listener());
    address = proxy.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), context);
    thread =
        new Thread(
            () -> {
              try {
                proxy.run();
              } catch (IOException | RuntimeException | Error e) {
                failures.add(e);
              }
            },
            "proxy under test");
    thread.setDaemon(true);
    thread.start();
  }

  static String url(int port) {
    return "ws://127.0.0.1:" + port;
  }

  /** A route, with TLS if the URL begins with wss. */
  static Route route(String prefix, String url, Set<Rewrite> rewrites) {
    try {
      Target target = Target.parse(url);
      TlsClient tls =
          target.secure()
              ? new TlsClient(TlsKeys.client(), target.host(), List.of("http/1.1"))
              : null;
      Set<Rewrite> copy = EnumSet.noneOf(Rewrite.class);
      copy.addAll(rewrites);
      return new Route(
          prefix,
          target,
          new DialSettings(
              new wscope.connect.Route.Tcp(Resolver.SYSTEM, AddressOrder.BOTH, null),
              Duration.ofSeconds(10),
              tls),
          details -> null,
          copy);
    } catch (InvalidTarget e) {
      throw new IllegalArgumentException(e);
    }
  }

  InetSocketAddress address() {
    return address;
  }

  Proxy proxy() {
    return proxy;
  }

  Thread thread() {
    return thread;
  }

  RawClient connect() throws IOException {
    return new RawClient(address);
  }

  /** Waits for the end of the next WebSocket. */
  Event.Parted nextParted() throws InterruptedException {
    Event.Parted next = parted.poll(10, SECONDS);
    assertNotNull(next, () -> "no pair has ended: " + screen());
    return next;
  }

  /** Waits for the end of the next plain request. */
  Event.Page nextPage() throws InterruptedException {
    Event.Page next = pages.poll(10, SECONDS);
    assertNotNull(next, () -> "no page has passed: " + screen());
    return next;
  }

  /** Waits for the end of the next tunnel. */
  Event.Tunnelled nextTunnelled() throws InterruptedException {
    Event.Tunnelled next = tunnels.poll(10, SECONDS);
    assertNotNull(next, () -> "no tunnel has ended: " + screen());
    return next;
  }

  /** Waits until more than this many bytes are queued for an endpoint; returns their number. */
  long queueAbove(long bytes) throws Exception {
    long end = System.nanoTime() + SECONDS.toNanos(10);
    long queued = 0;
    while (queued <= bytes && System.nanoTime() < end) {
      queued = queued();
    }
    return queued;
  }

  /** The number of bytes that are queued for an endpoint now. */
  long queued() throws Exception {
    CompletableFuture<Long> now = new CompletableFuture<>();
    proxy.execute(
        () ->
            now.complete(
                proxy.pairs().stream()
                    .flatMap(pair -> Stream.of(pair.client(), pair.to(Endpoint.SERVER)))
                    .mapToLong(leg -> leg.link().waiting())
                    .max()
                    .orElse(0)));
    return now.get(10, SECONDS);
  }

  /** Waits until the link of a client is gone. */
  void awaitClientGone() throws Exception {
    awaitClient(Leg::isClosed);
  }

  /** Waits until a client has ended its direction, and everything that it sent has been read. */
  void awaitClientEnd() throws Exception {
    awaitClient(Leg::hasEnded);
  }

  private void awaitClient(Predicate<Leg> state) throws Exception {
    long end = System.nanoTime() + SECONDS.toNanos(10);
    boolean reached = false;
    while (!reached && System.nanoTime() < end) {
      CompletableFuture<Boolean> now = new CompletableFuture<>();
      proxy.execute(
          () -> now.complete(proxy.pairs().stream().anyMatch(pair -> state.test(pair.client()))));
      reached = now.get(10, SECONDS);
    }
    assertTrue(reached, "the client does not end");
  }

  /** Waits until the screen contains a text. */
  void await(String text) throws InterruptedException {
    screen.await(text);
  }

  String screen() {
    return screen.toString(UTF_8);
  }

  @Override
  public void close() throws IOException {
    proxy.stop();
    try {
      thread.join(SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    proxy.close();
    assertEquals(List.of(), List.copyOf(failures));
  }

  private final class Listener implements ProxyListener {
    @Override
    public ExchangeListener connected(long number) {
      return TeeListener.of(report.connection(null, number), new Ends());
    }

    @Override
    public void event(Event event) {
      report.event(event);
    }

    @Override
    public void roundEnded() {
      report.flush();
    }
  }

  private final class Ends implements ExchangeListener {
    @Override
    public void event(Event event) {
      if (event instanceof Event.Parted end) {
        parted.add(end);
      } else if (event instanceof Event.Page page) {
        pages.add(page);
      } else if (event instanceof Event.Tunnelled tunnel) {
        tunnels.add(tunnel);
      }
    }
  }

  private final class Texts implements ProxyWording {
    @Override
    public String trouble(Exception cause) {
      if (!(cause instanceof IOException)) {
        failures.add(cause);
      }
      return ProxyWording.super.trouble(cause);
    }
  }
}
