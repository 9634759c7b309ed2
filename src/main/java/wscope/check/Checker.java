package wscope.check;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.net.EventLoop;
import wscope.net.LinkLimits;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.rule.Endpoint;

/** Checks a server or a client: probes it, then runs the cases, on one event loop. */
public final class Checker implements AutoCloseable {
  /**
   * The shortest time in which a program on this machine closes, and the longest to wait for it.
   */
  private static final Duration LEAST_SETTLE = Duration.ofMillis(60);

  private static final Duration MOST_SETTLE = Duration.ofSeconds(1);

  /** The time for a case in which wscope waits until the other endpoint gives up. */
  public static final Duration PATIENCE = Duration.ofSeconds(65);

  /** So many failures to connect in a row end the check. */
  private static final int MOST_UNREACHABLE = 3;

  /** After so many requests in a row without a response, the others of their kind are left out. */
  public static final int MOST_SILENT = 8;

  private static final int MOST_WAITING = 16;

  private static final Set<Group> ABOUT_HANDSHAKES = EnumSet.of(Group.HANDSHAKE, Group.OFFERS);

  /** Cases that send much get so many times the usual time. */
  private static final int MORE_TIME = 5;

  /** Why a check has ended. */
  public enum Ending {
    /** Every case has a verdict. */
    COMPLETE,
    /** Every case of the handshake has a verdict; the others need a WebSocket that opens. */
    BROKEN_HANDSHAKE,
    /** The server accepts no more connections, or the client opens none. */
    UNREACHABLE,
    TIME_IS_OVER,
    STOPPED
  }

  private final EventLoop loop;
  private final BufferPool pool = new BufferPool();
  private final Peer peer;
  private final CheckListener listener;
  private final Deque<Case> waiting;
  private CheckSettings settings;
  private Duration settle = LEAST_SETTLE;
  private boolean echoes;
  private boolean echoesBinary;
  private int unreachable;

  /** The requests without a response, in a row: those to accept, and those to reject. */
  private final int[] silent = new int[2];

  private volatile boolean hasLeftOutSilent;
  private boolean stopping;
  private Ending afterLast = Ending.COMPLETE;
  private volatile Ending ending = Ending.STOPPED;
  private String lastReached = "";
  private @Nullable IdleWatch idle;

  /** The number of cases that have begun but have no verdict. */
  private int busy;

  private Checker(CheckSettings settings, List<Case> cases, CheckListener listener, Peers peers)
      throws IOException {
    this.settings = settings;
    this.listener = listener;
    waiting = new ArrayDeque<>(cases);
    loop = EventLoop.open(LinkLimits.DEFAULT, Runtime.getRuntime().maxMemory() / 2);
    peer = peers.on(loop);
  }

  private interface Peers {
    Peer on(EventLoop loop);
  }

  /** A check of a server. */
  public static Checker ofServer(
      ServerSettings server, CheckSettings settings, List<Case> cases, CheckListener listener)
      throws IOException {
    return new Checker(settings, cases, listener, loop -> new ServerPeer(server, settings.seed()));
  }

  /** A check of a client, for which the checker listens. */
  public static Checker ofClient(
      ClientSettings client, CheckSettings settings, List<Case> cases, CheckListener listener)
      throws IOException {
    return new Checker(
        settings, cases, listener, loop -> new ClientPeer(loop, client, settings.seed()));
  }

  /**
   * Runs the check to its end, or until it is stopped.
   *
   * @throws IOException if the checker cannot listen for a client
   */
  public void run() throws IOException {
    peer.begin();
    loop.execute(this::probe);
    loop.run();
    peer.end();
  }

  /** Ends the check soon. The cases that are running get no verdict. Any thread may call this. */
  public void stop() {
    loop.execute(this::endEarly);
  }

  /** Why the check has ended. */
  public Ending ending() {
    return ending;
  }

  /** Whether cases were left out because the server responded to none of those before them. */
  public boolean hasLeftOutSilent() {
    return hasLeftOutSilent;
  }

  @Override
  public void close() throws IOException {
    loop.close();
    pool.close();
  }

  private void timeIsOver() {
    ending = Ending.TIME_IS_OVER;
    endEarly();
  }

  private void endEarly() {
    stopping = true;
    idled(Ending.STOPPED);
    loop.stop();
  }

  private void probe() {
    run(peer.probe(), settings.caseTime(), this::probed);
  }

  private void probed(Observation seen) {
    Probe probe = peer.probed(seen);
    echoes = probe.echoes();
    settle = settle(probe.roundTrip());
    settings =
        new CheckSettings(
            settings.parallel(),
            settings.caseTime().plus(probe.roundTrip().multipliedBy(10)),
            settings.totalTime(),
            settings.seed(),
            settings.idle());
    listener.probed(probe);
    if (!probe.reach().isWebSocket()) {
      loop.stop();
      return;
    }
    if (probe.reach() == Probe.Reach.BROKEN_HANDSHAKE) {
      waiting.removeIf(theCase -> !ABOUT_HANDSHAKES.contains(theCase.group()));
      afterLast = Ending.BROKEN_HANDSHAKE;
    }
    if (settings.idle() != null) {
      watchIdle(settings.idle());
      return;
    }
    loop.after(settings.totalTime(), this::timeIsOver);
    if (waiting.stream().anyMatch(this::needsBinaryEcho)) {
      // The run waits for the echo only if there can be one.
      echoesBinary = true;
      run(peer.binaryProbe(), settings.caseTime(), this::binaryProbed);
    } else {
      next();
    }
  }

  private void watchIdle(Duration time) {
    IdleWatch watch = new IdleWatch(time);
    idle = watch;
    for (boolean answersPings : new boolean[] {true, false}) {
      run(
          watch.quiet(answersPings),
          time.plus(settings.caseTime()),
          seen -> {
            if (watch.ended(answersPings, seen)) {
              idled(Ending.COMPLETE);
              loop.stop();
            }
          });
    }
    waiting(1);
  }

  private void waiting(long seconds) {
    loop.after(
        Duration.ofSeconds(1),
        () -> {
          listener.waiting(seconds);
          waiting(seconds + 1);
        });
  }

  private void idled(Ending how) {
    if (idle != null) {
      listener.idled(idle.steps());
      ending = how;
      idle = null;
    }
  }

  private boolean needsBinaryEcho(Case theCase) {
    return echoes && Judge.wantsBinary(theCase.expectation());
  }

  private void binaryProbed(Observation seen) {
    echoesBinary = seen.messages.contains(ProbeCase.binary());
    loop.execute(this::next);
  }

  /** Whether the server is known to return messages such as those of the case. */
  private boolean echoes(Case theCase) {
    return echoes && (echoesBinary || !Judge.wantsBinary(theCase.expectation()));
  }

  private static Duration settle(Duration roundTrip) {
    Duration wanted = LEAST_SETTLE.plus(roundTrip.multipliedBy(4));
    return wanted.compareTo(MOST_SETTLE) > 0 ? MOST_SETTLE : wanted;
  }

  /** Starts the next cases, and ends the loop after the last one. */
  private void next() {
    if (stopping) {
      return;
    }
    while (!waiting.isEmpty() && busy < most(waiting.element())) {
      Case first = waiting.element();
      boolean alone = first.clients() > 1;
      if (alone && busy > 0) {
        return;
      }
      waiting.remove();
      begin(first);
      if (alone) {
        return;
      }
    }
    if (waiting.isEmpty() && busy == 0) {
      ending = afterLast;
      loop.stop();
    }
  }

  /** Cases that only wait do so together. */
  private int most(Case theCase) {
    if (!peer.isParallel()) {
      return 1;
    }
    boolean waits = theCase.group() == Group.PATIENCE;
    return waits ? Math.max(MOST_WAITING, settings.parallel()) : settings.parallel();
  }

  private void begin(Case theCase) {
    busy++;
    listener.started(theCase);
    long started = System.nanoTime();
    Together together = new Together(theCase, started);
    for (int i = 0; i < theCase.clients(); i++) {
      run(theCase, time(theCase), together::add);
    }
  }

  private Duration time(Case theCase) {
    if (theCase.group() == Group.PATIENCE) {
      return PATIENCE;
    }
    return theCase.sendsMuch() ? settings.caseTime().multipliedBy(MORE_TIME) : settings.caseTime();
  }

  private void run(Case theCase, Duration time, Consumer<Observation> done) {
    CaseRun.Common common = new CaseRun.Common(loop, pool, settings.seed());
    peer.run(common, theCase, echoes(theCase), settle, time, done);
  }

  private void judged(Case theCase, Verdict verdict, boolean reached, boolean isSilent) {
    busy--;
    countSilent(theCase, isSilent && verdict.outcome() != Outcome.PASS);
    unreachable = reached ? 0 : unreachable + 1;
    lastReached = reached ? theCase.id() : lastReached;
    if (!stopping) {
      listener.judged(theCase, verdict);
      if (unreachable == MOST_UNREACHABLE) {
        ending = Ending.UNREACHABLE;
        loop.stop();
      } else {
        loop.execute(this::next);
      }
    }
  }

  /** A server that waits forever would take the whole time of each case. */
  private void countSilent(Case theCase, boolean isSilent) {
    int kind = kind(theCase);
    silent[kind] = isSilent ? silent[kind] + 1 : 0;
    if (silent[kind] >= MOST_SILENT) {
      hasLeftOutSilent |= waiting.removeIf(other -> kind(other) == kind);
    }
  }

  /**
   * Whether silence of the other end counts: that of a server, unless the case tries its patience.
   */
  private static boolean silenceCounts(Case theCase) {
    return theCase.checked() == Endpoint.SERVER && theCase.group() != Group.PATIENCE;
  }

  private static int kind(Case theCase) {
    return Judge.mustReject(theCase.expectation()) ? 1 : 0;
  }

  /** The clients of a case: the worst of their verdicts counts. */
  private final class Together {
    private final Case theCase;
    private final long started;
    private int left;
    private @Nullable Verdict worst;
    private boolean reached = true;
    private boolean isSilent = true;

    Together(Case theCase, long started) {
      this.theCase = theCase;
      this.started = started;
      left = theCase.clients();
    }

    void add(Observation seen) {
      if (theCase.expectation() instanceof Expectation.ServesOthers
          && seen.othersServed == null
          && seen.unreachable == null) {
        Case other = ProbeCase.other(settings.seed());
        run(
            other,
            settings.caseTime(),
            next -> {
              seen.othersServed = next.pong;
              add(seen);
            });
        return;
      }
      reached &= seen.unreachable == null;
      isSilent &= silenceCounts(theCase) && reached && seen.isSilent();
      Verdict verdict = verdict(seen);
      if (worst == null || rank(verdict) > rank(worst)) {
        worst = verdict;
      }
      left--;
      if (left == 0) {
        judged(theCase, worst, reached, isSilent);
      }
    }

    private Verdict verdict(Observation seen) {
      Verdict verdict = Judge.judge(theCase, seen, echoes(theCase), System.nanoTime() - started);
      // The case before may have ended the server.
      return seen.unreachable == null || lastReached.isEmpty()
          ? verdict
          : new Verdict(
              verdict.outcome(),
              verdict.expected(),
              verdict.came() + "; the last case that reached the server was " + lastReached,
              verdict.broken(),
              verdict.nanos());
    }

    private int rank(Verdict verdict) {
      return switch (verdict.outcome()) {
        case PASS -> 0;
        case LENIENT -> 1;
        case NOT_JUDGEABLE -> 2;
        case HANG -> 3;
        case FAIL -> 4;
      };
    }
  }
}
