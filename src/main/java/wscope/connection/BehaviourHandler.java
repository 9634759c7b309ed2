package wscope.connection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour.Reply;
import wscope.connection.Behaviour.Suppressed;
import wscope.connection.Behaviour.Trigger;
import wscope.connection.reply.Replies;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.protocol.FrameFault;
import wscope.protocol.Limits;
import wscope.protocol.SendResult;
import wscope.protocol.Session;
import wscope.protocol.SessionHandler;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.PingRoundTrips;
import wscope.protocol.event.Withholding;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/** Carries out a {@link Behaviour} on one connection. */
final class BehaviourHandler implements SessionHandler {
  private static final long MOST_FRAGMENTS = Limits.SERVER.maxFragments();

  /**
   * The number of bytes that may be inflated or sent in one turn before other connections get their
   * turns.
   */
  private static final long MOST_IN_A_TURN = 1 << 20;

  /** The number of bytes in a turn from which on it may take long. */
  private static final long HEAVY_TURN = 8 << 10;

  /** The approximate overhead of a message, in bytes. */
  private static final int MESSAGE_OVERHEAD = 256;

  /** The approximate overhead of a received frame, which is also shown, in bytes. */
  private static final int FRAME_OVERHEAD = 512;

  /** The number of frames of a message that commits a fault, which is sent in one turn. */
  private static final long MOST_FAULTY_FRAMES = 4096;

  private final Connection connection;
  private final Endpoint self;
  private final Framing plain;
  private final Link link;
  private final Pings pings = new Pings();
  private final List<Deadline> timers = new ArrayList<>(0);
  private Behaviour behaviour = Behaviour.DEFAULT;
  private @Nullable Delays delays;
  private @Nullable Replier replier;
  private @Nullable Session session;
  private FaultSchedule faults = FaultSchedule.NONE;
  private long received;
  private long workInTurn;
  private long ticks;

  BehaviourHandler(Connection connection, Endpoint self, Link link) {
    this.connection = connection;
    this.self = self;
    this.link = link;
    plain = Framing.of(self);
  }

  /** Sets the behaviour for the time after the WebSocket has opened. */
  void behave(Behaviour chosen) {
    behaviour = chosen;
  }

  /** The behaviour of this connection. */
  Behaviour behaviour() {
    return behaviour;
  }

  PingRoundTrips roundTrips() {
    return pings.roundTrips();
  }

  /** The time at which the oldest ping without a pong was sent; 0 if there is none. */
  long pendingPing() {
    return pings.pending();
  }

  /** The number of bytes in delayed replies and in what a script holds. */
  long waiting() {
    return (delays == null ? 0 : delays.waiting()) + (replier == null ? 0 : replier.waiting());
  }

  @Override
  public void opened(Session opened) {
    session = opened;
    faults = FaultSchedule.of(behaviour.faults(), self, opened::allows);
    connection.opened(behaviour);
    if (!behaviour.coalesce()) {
      link.push();
    }
    if (!behaviour.delay().isZero()) {
      queue();
    }
    if (!behaviour.greet().isEmpty()) {
      sendText(behaviour.greet());
    }
    if (!behaviour.every().isZero()) {
      repeat(behaviour.every(), this::tick);
    }
    if (!behaviour.ping().isZero()) {
      repeat(behaviour.ping(), this::ping);
    }
    if (behaviour.close() != null && behaviour.after() instanceof Trigger.Elapsed elapsed) {
      timers.add(link.after(elapsed.time(), this::close));
    }
    Replies replies = behaviour.replies();
    if (replies != null) {
      replier = new Replier(connection, this, link, replies);
      replier.opened();
    }
    connection.ready();
    checkTriggers();
  }

  @Override
  public boolean respondsAtOnce(Session asked) {
    if (behaviour.never()) {
      connection.withhold(Withholding.RESPONSE);
      return false;
    }
    Duration longest = connection.longestWithholding();
    Duration wanted = behaviour.handshakeDelay();
    Duration delay = wanted.compareTo(longest) < 0 ? wanted : longest;
    if (delay.isZero() && !behaviour.half()) {
      return true;
    }
    if (!delay.isZero()) {
      connection.withhold(Withholding.RESPONSE_FOR_NOW, delay);
    }
    timers.add(link.after(delay, () -> respondLater(asked)));
    return false;
  }

  private void respondLater(Session asked) {
    if (behaviour.half()) {
      asked.respondInPart();
      connection.withhold(Withholding.REST_OF_RESPONSE);
    } else {
      asked.respond();
      connection.balance();
    }
  }

  /** Starts a turn, because the next bytes from the peer have arrived. */
  void beginTurn() {
    workInTurn = 0;
  }

  /** Whether the work of this turn may take long. */
  boolean isTurnHeavy() {
    return workInTurn > HEAVY_TURN;
  }

  /**
   * Takes the next step of a message that is sent in steps.
   *
   * @return whether the turn is over, because the message is not finished
   */
  boolean continueSending() {
    if (session == null || !session.isSending()) {
      return false;
    }
    session.continueSending();
    if (isSending()) {
      return true;
    }
    if (delays != null) {
      delays.resume();
    }
    return false;
  }

  private boolean isSending() {
    return session != null && session.isSending();
  }

  /** Frees what is held for the client, and starts to close. */
  void giveUp() {
    if (delays != null) {
      delays.stop();
    }
    if (replier != null) {
      replier.stop();
    }
    if (session != null) {
      session.giveUp();
    }
  }

  @Override
  public void progress(Session from, int bytes) {
    workInTurn += bytes + FRAME_OVERHEAD;
    if (workInTurn > MOST_IN_A_TURN) {
      from.pause();
    }
  }

  @Override
  public boolean holds(long bytes, long more) {
    return connection.holds(bytes, more);
  }

  @Override
  public boolean findsMemory() {
    return link.findsMemory();
  }

  @Override
  public void stateChanged(Session.State state) {
    connection.stateChanged(state);
  }

  @Override
  public void message(Session from, Opcode type, ByteBuffer payload) {
    received++;
    pings.message(payload);
    connection.heard(type, payload);
    long cost = (long) payload.remaining() + MESSAGE_OVERHEAD;
    workInTurn += cost;
    if (replier == null || !replier.hasScript()) {
      replyTo(type, payload, cost);
    } else {
      script(replier, type, payload);
    }
    if (behaviour != Behaviour.DEFAULT) {
      checkTriggers();
    }
    if (connection.isPaused() || isSending() || workInTurn > MOST_IN_A_TURN) {
      from.pause();
    }
  }

  /** Replies by a script. Each nanosecond counts like a byte: an expression may take long. */
  private void script(Replier scripted, Opcode type, ByteBuffer payload) {
    long start = System.nanoTime();
    scripted.message(type, payload);
    workInTurn += System.nanoTime() - start;
  }

  private void replyTo(Opcode type, ByteBuffer payload, long cost) {
    Reply reply = behaviour.reply();
    if (reply == Reply.ECHO) {
      reply(type, payload);
    } else if (reply != Reply.NONE) {
      for (Connection other : connection.audience()) {
        if (other != connection || reply == Reply.BROADCAST) {
          workInTurn += cost;
          other.relay(type, payload.duplicate());
        }
      }
    }
  }

  @Override
  public void pong(ByteBuffer payload) {
    pings.pong(payload);
  }

  @Override
  public boolean repliesToPing() {
    return !behaviour.silent().contains(Suppressed.PONG);
  }

  @Override
  public boolean repliesToClose() {
    return !behaviour.silent().contains(Suppressed.CLOSE);
  }

  /** Sends a ping now and measures the time until its pong. */
  SendResult ping() {
    SendResult result = session == null ? SendResult.NOT_OPEN : session.check(Opcode.PING);
    if (session == null || !result.isSent()) {
      return result;
    }
    return connection.isLagging() ? SendResult.LAGGING : session.send(Opcode.PING, pings.next());
  }

  /** Cancels everything, because the connection is gone. */
  void stop() {
    timers.forEach(Deadline::cancel);
    timers.clear();
    if (delays != null) {
      delays.stop();
    }
    if (replier != null) {
      replier.stop();
    }
  }

  /** Sends a message of a script like a reply. */
  void sendScripted(Opcode type, ByteBuffer payload) {
    workInTurn += (long) payload.remaining() + MESSAGE_OVERHEAD;
    reply(type, payload);
  }

  /** Sends a message as the behaviour requires: delayed, fragmented or with a fault. */
  void reply(Opcode type, ByteBuffer payload) {
    if (isFree()) {
      send(type, payload, false);
      return;
    }
    long memory = BufferPool.memory(payload.remaining());
    if (connection.fits(memory)) {
      ByteBuffer kept = copy(payload);
      queue().add(memory, () -> send(type, kept, true));
    } else {
      giveUp();
    }
  }

  /** Whether the next message can be sent now: no earlier one waits or is being sent. */
  private boolean isFree() {
    return behaviour.delay().isZero() && !isSending() && (delays == null || delays.waiting() == 0);
  }

  private Delays queue() {
    if (delays == null) {
      delays = new Delays(link, behaviour.delay(), connection::balance, this::isSending);
    }
    return delays;
  }

  /**
   * Sends a message now, in steps if it takes long.
   *
   * @param own whether the payload stays unchanged after this call
   */
  private void send(Opcode type, ByteBuffer payload, boolean own) {
    if (session == null) {
      return;
    }
    int length = payload.remaining();
    FrameFault fault = faults.next();
    if (fault != null) {
      Framing framing = framing(length, MOST_FAULTY_FRAMES);
      session.commit(fault, new OutgoingMessage(type, payload, framing));
      return;
    }
    Framing framing = framing(length, MOST_FRAGMENTS);
    if (session.takesLong(length, framing)) {
      sendInSteps(session, new OutgoingMessage(type, payload, framing), own);
    } else if (behaviour.fragment() > 0) {
      session.send(new OutgoingMessage(type, payload, framing));
    } else {
      session.send(type, payload);
    }
  }

  private void sendInSteps(Session open, OutgoingMessage message, boolean own) {
    if (own || connection.fits(BufferPool.memory(message.payload().remaining()))) {
      open.sendInSteps(own ? message : message.payload(copy(message.payload())));
      link.requestTurn();
    } else {
      giveUp();
    }
  }

  private static ByteBuffer copy(ByteBuffer payload) {
    return ByteBuffer.allocate(payload.remaining()).put(payload).flip();
  }

  /**
   * Makes fragments as small as requested, but not too many of them.
   *
   * @param most the maximum number of fragments
   */
  private Framing framing(int length, long most) {
    int longest = behaviour.fragment();
    if (longest == 0) {
      return plain;
    }
    long least = 1 + length / most;
    return plain.maxPayload((int) Math.max(longest, least));
  }

  private void sendText(String text) {
    send(Opcode.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true);
  }

  /** Sends an unprompted message, unless the client reads too slowly. */
  private void tick() {
    if (!connection.isLagging() && !isSending()) {
      ticks++;
      String own = behaviour.message();
      sendText(own.isEmpty() ? ticks + " " + Instant.now().truncatedTo(ChronoUnit.MILLIS) : own);
    }
  }

  /** Closes or drops the connection if that is due after the current number of messages. */
  private void checkTriggers() {
    if (behaviour.close() != null && isNow(behaviour.after())) {
      afterReplies(this::close);
    }
    Trigger drop = behaviour.drop();
    if (drop != null && isNow(drop)) {
      afterReplies(() -> connection.drop(drop));
    }
  }

  private boolean isNow(@Nullable Trigger trigger) {
    return trigger instanceof Trigger.Messages messages && messages.count() == received;
  }

  /** Runs an action after the delayed replies. */
  void afterReplies(Runnable action) {
    if (isFree()) {
      action.run();
    } else {
      queue().add(0, action);
    }
  }

  private void close() {
    Behaviour.Close close = behaviour.close();
    if (close == null || session == null) {
      return;
    }
    FrameFault fault = faults.next();
    if (fault == null) {
      session.close(close.code(), close.reason());
    } else {
      ByteBuffer body = CloseBody.of(close.code(), close.reason()).bytes();
      session.commit(fault, new OutgoingMessage(Opcode.CLOSE, body, plain));
    }
  }

  private void repeat(Duration interval, Runnable action) {
    int place = timers.size();
    timers.add(link.after(interval, () -> runAndRepeat(place, interval, action)));
  }

  private void runAndRepeat(int place, Duration interval, Runnable action) {
    timers.set(place, link.after(interval, () -> runAndRepeat(place, interval, action)));
    action.run();
  }
}
