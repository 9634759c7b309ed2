package wscope.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how long a connection may be idle: on two connections, wscope says nothing. It answers
 * the pings on one of them, which keeps a connection alive that the server watches.
 */
final class IdleWatch {
  /** The name of the step about the connection on which pings are answered. */
  static final String IDLE = "idle";

  private static final String NO_PONGS = "no pongs";
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long MINUTE = 60 * SECOND;

  private final Duration time;
  private final long started = System.nanoTime();
  private @Nullable Observation answering;
  private @Nullable Observation ignoring;

  /**
   * Begins to watch.
   *
   * @param time how long to wait for an end
   */
  IdleWatch(Duration time) {
    this.time = time;
  }

  /** What wscope does on one of the connections. */
  Case quiet(boolean answersPings) {
    CaseBuilder quiet =
        CaseBuilder.of(
            Group.PATIENCE, answersPings ? "idle" : "idle-without-pongs", "RFC 6455 §5.5.2");
    if (answersPings) {
      quiet.step(new Step.AnswerPings());
    }
    return quiet
        .sends("nothing, and a ping at the end")
        .step(new Step.Pause(time))
        .expect(new Expectation.Serves(List.of()));
  }

  /** Notes what was seen on a connection; whether it was the last one. */
  boolean ended(boolean answersPings, Observation seen) {
    if (answersPings) {
      answering = seen;
    } else {
      ignoring = seen;
    }
    return answering != null && ignoring != null;
  }

  /** What was found up to now. */
  List<ProbeStep> steps() {
    List<ProbeStep> steps = new ArrayList<>();
    steps.add(answering == null ? unended(IDLE) : step(IDLE, answering));
    // Without pings, both connections show the same.
    boolean pinged =
        (answering != null && answering.pings > 0) || (ignoring != null && ignoring.pings > 0);
    if (pinged) {
      steps.add(ignoring == null ? unended(NO_PONGS) : step(NO_PONGS, ignoring));
    }
    return steps;
  }

  private ProbeStep unended(String name) {
    return ProbeStep.noted(
        name,
        "nothing had ended the connection after "
            + words(System.nanoTime() - started)
            + ", when the check was interrupted");
  }

  private ProbeStep step(String name, Observation seen) {
    if (!seen.opened()) {
      boolean answers = name.equals(IDLE);
      return ProbeStep.failed(name, new Words(quiet(answers), seen, false).came());
    }
    String frames = frames(name, seen);
    if (seen.pong) {
      return ProbeStep.done(
          name, "nothing ended the connection within " + words(time.toNanos()) + frames);
    }
    if (!seen.closedOrEnded()) {
      return ProbeStep.noted(
          name,
          "nothing ended the connection within "
              + words(time.toNanos())
              + ", but then a ping got no pong: something between has dropped the connection, or"
              + " the server hangs"
              + frames);
    }
    return ProbeStep.noted(name, when(seen) + end(seen) + frames);
  }

  private static String when(Observation seen) {
    long silence = seen.decidedAt - seen.lastFrameAt;
    boolean whole = seen.lastFrameAt == seen.openedAt;
    String since = whole ? "" : ", " + words(seen.decidedAt - seen.openedAt) + " after the opening";
    return "after " + words(silence) + " of silence" + since + ", ";
  }

  /** Who ended the connection, as far as one can know. */
  private static String end(Observation seen) {
    if (seen.close != Observation.NO_CLOSE) {
      String reason = seen.closeReason.isEmpty() ? "" : ": " + seen.closeReason;
      return "the server sent " + Judge.name(seen.close) + reason;
    }
    String how = seen.end == Observation.End.RESET ? "was reset (RST)" : "ended (FIN)";
    return "TCP " + how + " without a Close: by a proxy between, or by a server that sends none";
  }

  private static String frames(String name, Observation seen) {
    int others = seen.frames - seen.pings - (seen.pong ? 1 : 0);
    others -= seen.close != Observation.NO_CLOSE ? 1 : 0;
    StringBuilder words = new StringBuilder();
    if (seen.pings > 0) {
      words.append("; ").append(seen.pings).append(seen.pings == 1 ? " ping" : " pings");
      words.append(name.equals(IDLE) ? " came and got pongs" : " came and got no pong");
    }
    if (others > 0) {
      words.append("; ").append(others).append(others == 1 ? " other frame" : " other frames");
      words.append(" came, so the connection was not idle");
    }
    return words.toString();
  }

  private static String words(long nanos) {
    if (nanos < SECOND) {
      return nanos / MILLI + " ms";
    }
    return nanos < 2 * MINUTE
        ? nanos / SECOND + "." + nanos / (SECOND / 10) % 10 + " s"
        : nanos / MINUTE + " min " + nanos / SECOND % 60 + " s";
  }
}
