package wscope.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.protocol.handshake.AcceptKey;
import wscope.protocol.handshake.ClientHandshake;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.rule.Violation;

/** One case for a client: wscope is the server, and waits for the connection. */
final class ClientRun extends CaseRun {
  private static final int MOST_HEAD = 4 << 20;

  /** The time in which the connection of a program that has ended arrives. */
  private static final Duration ARRIVES = Duration.ofMillis(200);

  private final @Nullable Duration connectTime;
  private final Consumer<ClientRun> late;
  private @Nullable Deadline connecting;
  private @Nullable Duration grace;
  private ClientStarter.@Nullable Running program;
  private @Nullable Runnable report;
  private Duration time = Duration.ZERO;
  private final long started = System.nanoTime();

  /**
   * Creates a run.
   *
   * @param connectTime the time that the client has to connect; null if the user starts it
   * @param late receives the run when that time is over
   */
  ClientRun(
      Common common,
      Case theCase,
      boolean echoes,
      Duration settle,
      @Nullable Duration connectTime,
      Consumer<ClientRun> late,
      Consumer<Observation> done) {
    super(common, theCase, echoes, settle, done);
    this.connectTime = connectTime;
    this.late = late;
  }

  @Override
  void start(Duration limit) {
    time = limit;
    if (connectTime != null) {
      connecting = loop.after(connectTime, () -> late.accept(this));
    }
  }

  /**
   * A program is started for this case.
   *
   * @param time the time that it has to end after the conversation
   */
  void awaitProgram(Duration time) {
    grace = time;
  }

  void program(ClientStarter.Running running) {
    program = running;
  }

  /** The program cannot be started. */
  void notStarted(IOException cause) {
    grace = null;
    seen.unreachable = cause;
    decide();
  }

  /** The program has ended. */
  void programEnded(ClientStarter.Ended ended) {
    if (grace == null) {
      return;
    }
    grace = null;
    seen.ended = ended;
    if (isWaiting()) {
      loop.after(ARRIVES, () -> absent("the client did not connect; " + ended.words()));
    }
    report();
  }

  private void programIsLate() {
    if (report != null) {
      killProgram();
      report();
    }
  }

  /** Ends the program, if one runs. */
  void killProgram() {
    if (grace != null && program != null) {
      grace = null;
      program.kill();
    }
  }

  @Override
  void finish(Runnable result) {
    report = result;
    if (grace == null) {
      report();
    } else {
      loop.after(grace, this::programIsLate);
    }
  }

  private void report() {
    Runnable result = report;
    if (result != null) {
      report = null;
      result.run();
    }
  }

  /** The client will not connect. */
  void absent(String why) {
    if (!isDecided() && !isEstablished()) {
      seen.unreachable = new IOException(why);
      decide();
    }
  }

  /** Whether the client has not connected yet. */
  boolean isWaiting() {
    return !isEstablished() && !isDecided();
  }

  @Override
  boolean isEstablished() {
    return link != null;
  }

  /** The client has connected, and sent something that is not a request. */
  void unreadable(Link from, String received, List<Violation> violations) {
    connected(from);
    seen.unreadable = received;
    seen.ofHandshake = violations;
    decide();
  }

  /** The client has connected, but the case says nothing about it. */
  void inapplicable(Link from, String why) {
    connected(from);
    seen.inapplicable = why;
    decide();
  }

  /** The client has connected, and sent its request. */
  void requested(Link from, RequestHead request, List<Violation> violations) {
    connected(from);
    seen.request = request;
    seen.ofHandshake = violations;
    try {
      HeaderField key = request.first("Sec-WebSocket-Key");
      HttpResponse correct = ServerHandshake.response(AcceptKey.of(key == null ? "" : key.value()));
      pieces.addAll(((Reply) theCase.beginning()).pieces(request, correct));
    } catch (Reply.Inapplicable e) {
      seen.inapplicable = e.getMessage();
      decide();
      return;
    }
    agree(request, FrameBytes.join(pieces.toArray(ByteBuffer[]::new)));
    if (Judge.lacksAgreement(theCase, seen)) {
      seen.inapplicable = "the client's offer rules out what the case needs";
      decide();
      return;
    }
    openReader();
    sendPieces();
  }

  private void connected(Link from) {
    link = from;
    seen.connectNanos = System.nanoTime() - started;
    if (connecting != null) {
      connecting.cancel();
    }
    allow(time);
  }

  /** Reads the response as the client does. */
  private void agree(RequestHead request, ByteBuffer response) {
    ResponseDecoder decoder = new ResponseDecoder(MOST_HEAD, MOST_HEAD);
    ResponseHead head = null;
    while (response.hasRemaining() && decoder.feed(response)) {
      head = decoder.head();
      if (head == null || head.status() == 101 || head.status() / 100 != 1) {
        break;
      }
      decoder = new ResponseDecoder(MOST_HEAD, MOST_HEAD);
    }
    if (head != null && head.status() == 101) {
      seen.responded = true;
      seen.deflate = ClientHandshake.check(request, head).deflate();
    }
  }

  @Override
  void headSent() {
    step();
  }

  @Override
  void readHead(ByteBuffer bytes) {
    // The request was read before the run got the connection.
  }

  @Override
  void endHead() {}

  @Override
  void cancelConnecting() {
    if (connecting != null) {
      connecting.cancel();
    }
  }

  @Override
  void inputRead() {
    // RFC 6455 §7.1.1: the server ends TCP first.
    if (seen.close != Observation.NO_CLOSE && link != null && theCase.group() != Group.PATIENCE) {
      link.end();
    }
  }
}
