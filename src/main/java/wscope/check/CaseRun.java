package wscope.check;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.net.SocketFailure;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.Compression;
import wscope.protocol.frame.Opcode;

/**
 * Runs one case on one connection: sends its bytes, and notes what comes. {@link ServerRun} is the
 * client of a server that is checked, {@link ClientRun} the server of a client.
 */
abstract class CaseRun implements LinkHandler, Received.Controls {
  /** The payload of the ping that shows whether the server still serves. */
  static final String LAST_PING = "still there?";

  /** The time between two pieces that arrive separately. */
  private static final Duration GAP = Duration.ofMillis(1);

  /** The time that the other endpoint has to end TCP after a case is decided. */
  private static final Duration LINGER = Duration.ofMillis(250);

  /** An endpoint that is slow has so many times the usual time before more is sent. */
  private static final int LONGER = 4;

  final EventLoop loop;
  final Case theCase;
  final Observation seen = new Observation();
  final List<ByteBuffer> pieces = new ArrayList<>();
  @Nullable Link link;
  private final BufferPool pool;
  private final boolean echoes;
  private final Duration settle;
  private final FrameBytes frames;
  private final Consumer<Observation> done;
  private @Nullable FrameReader reader;
  private @Nullable Deadline timeout;
  private @Nullable Deadline pause;
  private int nextStep;
  private @Nullable String awaited;
  private boolean watching;
  private boolean answersPings;
  private boolean lastPingSent;
  private boolean decided;
  private boolean over;
  private boolean reported;
  private long lastSent = System.nanoTime();

  /** What all runs of a check share. */
  record Common(EventLoop loop, BufferPool pool, long seed) {}

  /**
   * Creates a run.
   *
   * @param echoes whether the checked endpoint is known to return messages
   * @param settle the time in which it has closed, if it closes
   * @param done receives the result, once
   */
  CaseRun(
      Common common, Case theCase, boolean echoes, Duration settle, Consumer<Observation> done) {
    loop = common.loop();
    pool = common.pool();
    this.theCase = theCase;
    this.echoes = echoes;
    this.settle = settle;
    this.done = done;
    frames =
        new FrameBytes(
            theCase.checked().peer(), new Random(common.seed() ^ theCase.id().hashCode()));
  }

  /**
   * Begins.
   *
   * @param time the time for the case once the connection is established
   */
  abstract void start(Duration time);

  /** Reads the head that begins what the other endpoint sends. */
  abstract void readHead(ByteBuffer bytes);

  /** The input ends before the head does. */
  abstract void endHead();

  /** All pieces of the head of wscope are sent. */
  abstract void headSent();

  /** Whether TCP is connected, and TLS is established. */
  abstract boolean isEstablished();

  /** Something was received, and did not decide the case. */
  void inputRead() {}

  /** The connection is no longer needed. */
  void cancelConnecting() {}

  /** The connection is over; the report may have to wait for more. */
  void finish(Runnable report) {
    report.run();
  }

  /** Gives up: what was seen so far is the result. */
  final void stop() {
    decide();
  }

  final void allow(Duration time) {
    cancel(timeout);
    timeout = loop.after(time, this::decide);
  }

  final boolean isDecided() {
    return decided;
  }

  /** Sends the head, each piece in a segment of its own. */
  final void sendPieces() {
    if (decided) {
      return;
    }
    if (!pieces.isEmpty()) {
      send(pieces.remove(0));
    }
    if (!pieces.isEmpty()) {
      pause = loop.after(GAP, this::sendPieces);
    } else {
      headSent();
    }
  }

  private void send(ByteBuffer bytes) {
    lastSent = System.nanoTime();
    if (link != null && !over) {
      link.write(bytes.duplicate());
    }
  }

  @Override
  public final void received(ByteBuffer bytes) {
    if (decided) {
      bytes.position(bytes.limit());
      return;
    }
    seen.reactionNanos = System.nanoTime() - lastSent;
    if (reader == null) {
      readHead(bytes);
    }
    if (reader != null && !decided) {
      reader.feed(bytes);
    }
    bytes.position(bytes.limit());
    check();
  }

  /** The handshake is over: what follows are frames. */
  final void openReader() {
    Compression compression = seen.deflate == null ? null : new Compression(seen.deflate, pool);
    reader =
        new FrameReader(
            theCase.checked(),
            Limits.NONE,
            compression,
            0,
            new Received(seen, wantedBytes(), this));
    seen.openedAt = System.nanoTime();
    seen.lastFrameAt = seen.openedAt;
  }

  private long wantedBytes() {
    long bytes = 0;
    for (Payload wanted : Judge.wanted(theCase.expectation())) {
      bytes += wanted.bytes().remaining();
    }
    return bytes;
  }

  @Override
  public final void ping(ByteBuffer payload) {
    if (answersPings && !decided) {
      byte[] bytes = new byte[payload.remaining()];
      payload.duplicate().get(bytes);
      send(frames.frame(Opcode.PONG, bytes).bytes());
    }
  }

  @Override
  public final void pong(String payload) {
    if (payload.equals(awaited)) {
      awaited = null;
      seen.roundTrip = System.nanoTime() - lastSent;
      // Take the next steps after the reader has returned.
      loop.execute(this::step);
    }
    seen.pong |= lastPingSent && payload.equals(LAST_PING);
  }

  /** Takes steps until one has to wait. */
  final void step() {
    while (!decided && awaited == null && !watching && nextStep < theCase.steps().size()) {
      Step step = theCase.steps().get(nextStep++);
      if (step instanceof Step.Send sent) {
        send(sent.bytes());
      } else if (step instanceof Step.SendMade made) {
        send(made.maker().get());
      } else if (step instanceof Step.Pause wait) {
        pause = loop.after(wait.time(), this::step);
        return;
      } else if (step instanceof Step.AwaitPong wait) {
        awaited = wait.payload();
        return;
      } else {
        take(step);
      }
    }
    if (!decided && awaited == null && !watching) {
      allSent();
    }
  }

  private void take(Step step) {
    if (step instanceof Step.Watch) {
      watching = true;
      pause = loop.after(settle.multipliedBy(LONGER), this::watched);
    } else if (step instanceof Step.AnswerPings) {
      answersPings = true;
    } else if (link != null && step instanceof Step.StopReading) {
      link.hold(true);
    } else if (link != null && step instanceof Step.Finish) {
      link.end();
    } else if (link != null && step instanceof Step.Reset) {
      over = true;
      link.reset();
      decide();
    }
  }

  private void watched() {
    watching = false;
    if (!decided) {
      step();
    }
  }

  /** All is sent: what follows shows whether the server still serves. */
  private void allSent() {
    if (seen.allSent) {
      return;
    }
    seen.allSent = true;
    if (Judge.needsPing(theCase.expectation())) {
      sendLastPing();
    } else if (Judge.needsLatePing(theCase.expectation())) {
      pause = loop.after(settle, this::sendLastPing);
    }
    check();
  }

  private void sendLastPing() {
    if (!decided && !lastPingSent) {
      lastPingSent = true;
      send(frames.ping(LAST_PING).bytes());
    }
  }

  /** Decides if nothing that follows can change the verdict. */
  private void check() {
    if (watching && seen.closedOrEnded()) {
      seen.early = true;
    }
    if (!decided && Judge.isDecided(theCase, seen, echoes)) {
      decide();
    }
    if (!decided) {
      inputRead();
    }
  }

  @Override
  public final void ended() {
    if (!decided) {
      seen.reactionNanos = System.nanoTime() - lastSent;
      seen.end = Observation.End.FIN;
      endReader();
      check();
      decide();
    }
    if (link != null && !over) {
      link.end();
    }
  }

  private void endReader() {
    if (reader != null) {
      reader.end();
    } else {
      endHead();
    }
  }

  @Override
  public final void closed(@Nullable Exception cause) {
    boolean first = !over;
    over = true;
    if (cause instanceof RuntimeException bug) {
      throw bug;
    }
    if (!decided) {
      seen.reactionNanos = System.nanoTime() - lastSent;
      boolean reset = cause != null && SocketFailure.of(cause).isReset();
      seen.end = reset ? Observation.End.RESET : Observation.End.FIN;
      seen.tlsFailed = !isEstablished() && cause != null;
      seen.unreachable = isEstablished() ? null : cause;
      endReader();
      check();
      decide();
    }
    if (first) {
      finished();
    }
  }

  /** The verdict is certain, or the time is over: closes as a well-behaved endpoint does. */
  final void decide() {
    if (decided) {
      return;
    }
    decided = true;
    seen.decidedAt = System.nanoTime();
    cancel(timeout);
    cancel(pause);
    cancelConnecting();
    if (over || link == null) {
      over = true;
      finished();
      return;
    }
    link.hold(false);
    if (seen.opened() && seen.end == Observation.End.NONE && seen.allSent) {
      send(frames.close(1000, "").bytes());
      Link open = link;
      open.end();
      loop.after(LINGER, this::abort);
    } else {
      loop.execute(this::abort);
    }
  }

  private void abort() {
    if (!over && link != null) {
      over = true;
      link.abort();
      finished();
    }
  }

  private static void cancel(@Nullable Deadline deadline) {
    if (deadline != null) {
      deadline.cancel();
    }
  }

  private void finished() {
    if (!reported) {
      reported = true;
      if (reader != null) {
        reader.close();
      }
      finish(() -> done.accept(seen));
    }
  }
}
