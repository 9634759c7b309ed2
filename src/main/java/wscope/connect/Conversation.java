package wscope.connect;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.connection.Connection;
import wscope.net.Deadline;
import wscope.net.EventLoop;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/** Carries out a {@link Script} on one connection after the other. */
public final class Conversation {
  /** How often a sender that waits for the server to read looks again. */
  private static final Duration RETRY = Duration.ofMillis(5);

  private final EventLoop loop;
  private final Script script;
  private final List<Deadline> timers = new ArrayList<>();
  private @Nullable Connection connection;
  private @Nullable ExchangeListener listener;
  private @Nullable Observations observations;
  private @Nullable Deadline quiet;
  private @Nullable Deadline within;

  /** Why the first message that could not be compared was not; null if all could be. */
  private @Nullable String doubt;

  private boolean inputEnded;
  private boolean failed;

  /** Sends the message of the input that waits for a connection; null if there is none. */
  private @Nullable Runnable waiting;

  /** Sends the message of the input that waits for the server to read; null if there is none. */
  private @Nullable Runnable lagging;

  /** Whether no further connection follows. */
  private boolean ended;

  /** The number of first steps that were taken with the request. */
  private int coalesced;

  private int step;
  private long stepBegan;
  private long received;

  /** The time of the last message while {@link #quiet} waits for another one. */
  private long lastHeard;

  Conversation(EventLoop loop, Script script) {
    this.loop = loop;
    this.script = script;
    inputEnded = !script.hasInput();
  }

  /** Whether an expected message never arrived. */
  public boolean hasFailed() {
    return failed;
  }

  /**
   * Sends a message as soon as the server has read enough of the earlier ones.
   *
   * @param done runs when the message has been sent, or can no longer be sent
   */
  public void send(Script.Send message, Runnable done) {
    Connection open = connection;
    if (open != null && open.isOpen() && open.isLagging()) {
      timers.add(loop.after(RETRY, () -> send(message, done)));
      return;
    }
    if (open != null) {
      open.speak(message.type(), message.payload());
    }
    done.run();
  }

  /**
   * Sends a message of the input like {@link #send}, but not before the steps of the script. If the
   * connection ends before, the message waits for the next one.
   *
   * @param done runs when the message has been sent, or can no longer be sent
   */
  public void sendWhenOpen(Script.Send message, Runnable done) {
    if (connection == null && !ended) {
      waiting = () -> sendWhenOpen(message, done);
      return;
    }
    lagging = () -> sendWhenOpen(message, done);
    send(
        message,
        () -> {
          lagging = null;
          done.run();
        });
  }

  /**
   * Sends a message again and again, as long as the connection is open.
   *
   * @param times how often
   * @param every the time between two of them
   */
  public void repeat(Script.Send message, long times, Duration every) {
    if (connection != null && times > 0) {
      send(message, () -> {});
      timers.add(loop.after(every, () -> repeat(message, times - 1, every)));
    }
  }

  /** No further messages follow. */
  public void endInput() {
    inputEnded = true;
    closeWhenDone();
  }

  /** Takes the first steps with the request: the messages before the first expectation. */
  List<OutgoingMessage> coalesce() {
    List<OutgoingMessage> messages =
        script.first().stream()
            .map(
                first ->
                    new OutgoingMessage(first.type(), first.payload(), Framing.of(Endpoint.CLIENT)))
            .toList();
    coalesced = messages.size();
    return messages;
  }

  /**
   * The WebSocket is open.
   *
   * @param seen what the client sees of the server
   * @param shown receives the events of the script
   */
  void opened(Connection opened, Observations seen, ExchangeListener shown) {
    connection = opened;
    observations = seen;
    listener = shown;
    received = 0;
    step = coalesced;
    Duration lasts = script.lasts();
    if (lasts != null) {
      timers.add(loop.after(lasts, this::close));
    }
    takeSteps();
    Runnable first = waiting;
    waiting = null;
    if (first != null) {
      first.run();
    }
  }

  /** Takes steps until one has to wait. */
  private void takeSteps() {
    stepBegan = System.nanoTime();
    doubt = null;
    if (step == script.steps().size()) {
      closeWhenDone();
      return;
    }
    Script.Step next = script.steps().get(step);
    if (next instanceof Script.Send message) {
      send(message, this::stepTaken);
    } else if (next instanceof Script.Expect expectation) {
      within = loop.after(script.within(), () -> fail(expectation));
    }
  }

  private void stepTaken() {
    step++;
    takeSteps();
  }

  /** A message has arrived. */
  void heard(Opcode type, ByteBuffer payload) {
    received++;
    if (quiet != null) {
      lastHeard = System.nanoTime();
    }
    Script.Expect expectation = expectation();
    if (expectation != null) {
      compare(expectation, type, payload);
    }
    if (received == script.count()) {
      close();
    }
  }

  private void compare(Script.Expect expectation, Opcode type, ByteBuffer payload) {
    Script.Match match = expectation.matcher().compare(type, payload);
    if (match.fits()) {
      report(expectation, true);
      cancelWithin();
      stepTaken();
    } else if (match.doubt() != null && doubt == null) {
      doubt = "message " + received + ": " + match.doubt();
    }
  }

  /** The expectation that waits for a message; null if there is none. */
  private Script.@Nullable Expect expectation() {
    boolean waits = within != null && step < script.steps().size();
    return waits && script.steps().get(step) instanceof Script.Expect expectation
        ? expectation
        : null;
  }

  private void fail(Script.Expect expectation) {
    failed = true;
    within = null;
    report(expectation, false);
    close();
  }

  private void report(Script.Expect expectation, boolean met) {
    if (listener != null) {
      long nanos = System.nanoTime() - stepBegan;
      listener.event(new Event.Expectation(expectation.expected(), met, nanos, met ? null : why()));
    }
  }

  /** Why an expected message may be missing, in words; null if nothing is known. */
  private @Nullable String why() {
    return doubt == null && observations != null ? observations.hint() : doubt;
  }

  /** The connection ends: nothing more can arrive. */
  void gone() {
    Script.Expect missed = expectation();
    if (missed != null) {
      failed = true;
      report(missed, false);
    }
    failed |= script.steps().stream().skip(step).anyMatch(Script.Expect.class::isInstance);
    connection = null;
    listener = null;
    waiting = lagging == null ? waiting : lagging;
    lagging = null;
    timers.forEach(Deadline::cancel);
    timers.clear();
    cancelWithin();
    if (quiet != null) {
      quiet.cancel();
      quiet = null;
    }
  }

  private void cancelWithin() {
    if (within != null) {
      within.cancel();
      within = null;
    }
  }

  /** No further connection follows. */
  void end() {
    ended = true;
    Runnable left = waiting;
    waiting = null;
    if (left != null) {
      left.run();
    }
  }

  /** Starts the closing handshake. */
  public void close() {
    Connection open = connection;
    if (open != null && script.halfCloses() && open.isOpen()) {
      open.halfClose();
    } else if (open != null) {
      open.close(script.close().code(), script.close().reason());
    }
  }

  /** Closes once everything is sent, and what was expected or may still arrive has arrived. */
  private void closeWhenDone() {
    boolean hasOtherEnd = script.lasts() != null || script.count() > 0 || script.staysOpen();
    boolean done = inputEnded && step == script.steps().size() && connection != null;
    if (!done || hasOtherEnd || quiet != null) {
      return;
    }
    if (script.hasExpectations()) {
      close();
    } else {
      lastHeard = System.nanoTime();
      quiet = loop.after(script.linger(), this::checkQuiet);
    }
  }

  private void checkQuiet() {
    long left = script.linger().toNanos() - (System.nanoTime() - lastHeard);
    if (left <= 0) {
      close();
    } else {
      quiet = loop.after(Duration.ofNanos(left), this::checkQuiet);
    }
  }
}
