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
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.protocol.FrameFault;
import wscope.protocol.Limits;
import wscope.protocol.SendResult;
import wscope.protocol.Session;
import wscope.protocol.SessionHandler;
import wscope.protocol.event.PingRoundTrips;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/** Carries out a {@link Behaviour} on one connection. */
final class BehaviourHandler implements SessionHandler {
  private static final long MOST_FRAGMENTS = Limits.SERVER.maxFragments();

  /**
   * The number of bytes that may be sent in response to one turn's input before other connections
   * get their turns.
   */
  private static final long MOST_IN_A_TURN = 1 << 20;

  /** The approximate overhead of a message, in bytes. */
  private static final int MESSAGE_OVERHEAD = 256;

  private final Connection connection;
  private final Endpoint self;
  private final Framing plain;
  private final Link link;
  private final Pings pings = new Pings();
  private final List<Deadline> timers = new ArrayList<>(0);
  private Behaviour behaviour = Behaviour.DEFAULT;
  private @Nullable Delays delays;
  private @Nullable Session session;
  private List<FrameFault> faults = List.of();
  private int committed;
  private long received;
  private long sentInTurn;
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

  PingRoundTrips roundTrips() {
    return pings.roundTrips();
  }

  /** The number of bytes in delayed replies. */
  long waiting() {
    return delays == null ? 0 : delays.waiting();
  }

  @Override
  public void opened(Session opened) {
    session = opened;
    faults = behaviour.faults(self, FrameFault.class).stream().filter(opened::allows).toList();
    connection.opened(behaviour);
    if (!behaviour.delay().isZero()) {
      delays = new Delays(link, behaviour.delay(), connection::balance);
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
    checkTriggers();
  }

  /** Starts a turn, because the next bytes from the peer have arrived. */
  void beginTurn() {
    sentInTurn = 0;
  }

  @Override
  public void stateChanged(Session.State state) {
    connection.stateChanged(state);
  }

  @Override
  public void message(Session from, Opcode type, ByteBuffer payload) {
    received++;
    long cost = (long) payload.remaining() + MESSAGE_OVERHEAD;
    sentInTurn += cost;
    Reply reply = behaviour.reply();
    if (reply == Reply.ECHO) {
      reply(type, payload);
    } else if (reply != Reply.NONE) {
      for (Connection other : connection.audience()) {
        if (other != connection || reply == Reply.BROADCAST) {
          sentInTurn += cost;
          other.relay(type, payload.duplicate());
        }
      }
    }
    if (behaviour != Behaviour.DEFAULT) {
      checkTriggers();
    }
    if (connection.isPaused() || sentInTurn > MOST_IN_A_TURN) {
      from.pause();
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
  }

  /** Sends a message as the behaviour requires: delayed, fragmented or with a fault. */
  void reply(Opcode type, ByteBuffer payload) {
    if (delays == null) {
      send(type, payload);
    } else {
      ByteBuffer kept = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
      delays.add(kept.remaining(), () -> send(type, kept));
    }
  }

  private void send(Opcode type, ByteBuffer payload) {
    if (session == null) {
      return;
    }
    if (!faults.isEmpty()) {
      session.commit(nextFault(), new OutgoingMessage(type, payload, framing(payload.remaining())));
    } else if (behaviour.fragment() > 0) {
      session.send(new OutgoingMessage(type, payload, framing(payload.remaining())));
    } else {
      session.send(type, payload);
    }
  }

  /** Each message commits the next fault. The first fault follows the last one. */
  private FrameFault nextFault() {
    FrameFault fault = faults.get(committed % faults.size());
    committed++;
    return fault;
  }

  /**
   * Makes fragments as small as requested, but not more of them than a server accepts by default.
   */
  private Framing framing(int length) {
    int longest = behaviour.fragment();
    if (longest == 0) {
      return plain;
    }
    long least = 1 + length / MOST_FRAGMENTS;
    return plain.maxPayload((int) Math.max(longest, least));
  }

  private void sendText(String text) {
    send(Opcode.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends an unprompted message, unless the client reads too slowly. */
  private void tick() {
    if (!connection.isLagging()) {
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
  private void afterReplies(Runnable action) {
    if (delays == null) {
      action.run();
    } else {
      delays.add(0, action);
    }
  }

  private void close() {
    Behaviour.Close close = behaviour.close();
    if (close == null || session == null) {
      return;
    }
    if (faults.isEmpty()) {
      session.close(close.code(), close.reason());
    } else {
      ByteBuffer body = CloseBody.of(close.code(), close.reason()).bytes();
      session.commit(nextFault(), new OutgoingMessage(Opcode.CLOSE, body, plain));
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
