package wscope.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.net.LinkAcceptor;
import wscope.net.LinkHandler;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** A client that is checked: it opens a connection for each case, whose name is in the path. */
final class ClientPeer implements Peer, LinkAcceptor, NewConnection.Receiver {
  private static final String HOST = "127.0.0.1";
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** The time that a program has to end after its connection. */
  private static final Duration GRACE = Duration.ofMillis(300);

  private static final Duration PROBE_GRACE = Duration.ofSeconds(2);

  private final EventLoop loop;
  private final ClientSettings settings;
  private final long seed;
  private final CasePage page = new CasePage();
  private final ClientSecrets secrets = new ClientSecrets();
  private final Map<String, ClientRun> runs = new HashMap<>();

  /** The paths of all cases that have begun. */
  private final Set<String> known = new HashSet<>();

  /** The connections that have sent no request. */
  private final Set<Link> silent = new LinkedHashSet<>();

  private int port;
  private boolean hasConnected;
  private boolean endsByItself = true;
  private ClientStarter.@Nullable Running browser;

  ClientPeer(EventLoop loop, ClientSettings settings, long seed) {
    this.loop = loop;
    this.settings = settings;
    this.seed = seed;
  }

  @Override
  public void begin() throws IOException {
    InetAddress address = InetAddress.getByAddress(LOOPBACK);
    port = loop.listen(new InetSocketAddress(address, settings.port()), this).getPort();
    boolean isPage = settings.arrival() == ClientSettings.Arrival.PAGE;
    String url = (isPage ? "http://" : "ws://") + HOST + ":" + port + "/";
    settings.listening().accept(url);
    ClientStarter starter = settings.starter();
    if (isPage && starter != null) {
      browser = starter.start(url, ended -> {});
    }
  }

  @Override
  public void end() {
    if (browser != null) {
      browser.kill();
    }
    runs.values().forEach(ClientRun::killProgram);
  }

  @Override
  public Case probe() {
    return ProbeCase.ofClient(seed);
  }

  @Override
  public Probe probed(Observation seen) {
    endsByItself = seen.ended != null;
    return ClientProbe.of(
        seen, ProbeCase.message(), settings.arrival() == ClientSettings.Arrival.COMMAND);
  }

  @Override
  public Case binaryProbe() {
    return ProbeCase.binary(Endpoint.CLIENT, seed).forClient();
  }

  @Override
  public boolean isParallel() {
    return settings.arrival() == ClientSettings.Arrival.COMMAND;
  }

  @Override
  public void run(
      CaseRun.Common common,
      Case theCase,
      boolean echoes,
      Duration settle,
      Duration time,
      Consumer<Observation> done) {
    String id = theCase.id();
    boolean waits = !hasConnected && settings.arrival() != ClientSettings.Arrival.COMMAND;
    ClientRun run =
        new ClientRun(
            common,
            theCase,
            echoes,
            settle,
            waits ? null : settings.connectTime(),
            this::late,
            seen -> {
              page.withdraw("/" + id);
              runs.remove(id);
              secrets.note(seen);
              done.accept(seen);
            });
    runs.put(id, run);
    known.add("/" + id);
    run.start(time);
    switch (settings.arrival()) {
      case COMMAND -> startProgram(run, theCase, time);
      case PAGE -> page.offer("/" + id);
      case LOOP -> {}
    }
  }

  private void startProgram(ClientRun run, Case theCase, Duration time) {
    ClientStarter starter = settings.starter();
    if (starter == null) {
      throw new IllegalStateException("no command");
    }
    boolean mustEnd = theCase.expectation() instanceof Expectation.Ends;
    run.awaitProgram(!hasConnected ? PROBE_GRACE : mustEnd ? time : GRACE);
    try {
      run.program(
          starter.start(
              "ws://" + HOST + ":" + port + "/" + theCase.id(),
              ended -> loop.execute(() -> run.programEnded(ended))));
    } catch (IOException e) {
      run.notStarted(e);
    }
  }

  /** The time in which the client had to connect is over. */
  private void late(ClientRun run) {
    if (silent.isEmpty() || runs.size() > 1) {
      run.absent("the client did not connect");
    } else {
      Link link = silent.iterator().next();
      silent.clear();
      hasConnected = true;
      run.unreadable(link, "", List.of());
    }
  }

  @Override
  public void left(Link link) {
    silent.remove(link);
  }

  @Override
  public LinkHandler accepted(Link link) {
    silent.add(link);
    return new NewConnection(link, this);
  }

  @Override
  public void failed(IOException cause) {
    // The loop tries again; the time of the case ends otherwise.
  }

  @Override
  public @Nullable LinkHandler requested(
      Link link, RequestHead request, List<Violation> violations, boolean isPlain) {
    silent.remove(link);
    if (isPlain && settings.arrival() == ClientSettings.Arrival.PAGE) {
      page.requested(link, request);
      return null;
    }
    ClientRun run = find(request.path());
    if (run == null || isPlain) {
      return run == null
          ? refuse(link)
          : other(run, link, request.method() + " " + request.target(), violations);
    }
    hasConnected = true;
    if (run.theCase.expectation() instanceof Expectation.Ends && !endsByItself) {
      run.inapplicable(link, "the client does not end by itself after a connection");
      return run;
    }
    run.requested(link, request, violations);
    return run;
  }

  private static @Nullable LinkHandler refuse(Link link) {
    link.abort();
    return null;
  }

  @Override
  public @Nullable LinkHandler unreadable(
      Link link, String start, boolean asksForWebSocket, List<Violation> violations) {
    silent.remove(link);
    ClientRun run = find("");
    if (run == null) {
      return refuse(link);
    }
    run.seen.asksForWebSocket = asksForWebSocket;
    return other(run, link, start, violations);
  }

  private LinkHandler other(ClientRun run, Link link, String start, List<Violation> violations) {
    hasConnected = true;
    run.unreadable(link, start, violations);
    return run;
  }

  /** The case with this path; if it is of no case, the only one that has no connection. */
  private @Nullable ClientRun find(String path) {
    if (known.contains(path) || path.equals(Replies.REDIRECTED)) {
      ClientRun named = runs.get(path.substring(1));
      return named != null && named.isWaiting() ? named : null;
    }
    ClientRun only = null;
    for (ClientRun run : runs.values()) {
      if (run.isWaiting()) {
        if (only != null) {
          return null;
        }
        only = run;
      }
    }
    return only;
  }
}
