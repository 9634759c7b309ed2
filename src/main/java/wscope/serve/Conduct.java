package wscope.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.protocol.FrameFault;
import wscope.protocol.Limits;
import wscope.protocol.PageAnswer;
import wscope.protocol.Reception;
import wscope.protocol.RoundTrips;
import wscope.protocol.Session;
import wscope.protocol.SessionHandler;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Framing;
import wscope.protocol.message.Outgoing;
import wscope.protocol.rule.Endpoint;
import wscope.serve.Behaviour.Moment;
import wscope.serve.Behaviour.Reply;
import wscope.serve.Behaviour.Silence;

/** Carries out a {@link Behaviour} on one connection. */
final class Conduct implements SessionHandler {
  private static final Framing PLAIN = Framing.of(Endpoint.SERVER);
  private static final long MOST_FRAGMENTS = Limits.SERVER.mostFragments();

  /** How much is sent for what came in one turn before others have theirs, in bytes. */
  private static final long MOST_IN_A_TURN = 1 << 20;

  /** What a message costs beside its bytes, in bytes, roughly. */
  private static final int MESSAGE_OVERHEAD = 256;

  private final Entrance entrance;
  private final Connection connection;
  private final Connections all;
  private final Watchers watchers;
  private final Link link;
  private final Pings pings = new Pings();
  private final List<Deadline> timers = new ArrayList<>(0);
  private Behaviour behaviour = Behaviour.DEFAULT;
  private boolean mayHearOthers;
  private @Nullable Delays delays;
  private @Nullable Session session;
  private List<FrameFault> faults = List.of();
  private int committed;
  private String target = "";
  private boolean watches;
  private long received;
  private long sentInTurn;
  private long ticks;

  Conduct(Connection connection, Server server, Link link) {
    this.connection = connection;
    entrance = server.entrance();
    all = server.connections();
    watchers = server.watchers();
    this.link = link;
  }

  RoundTrips roundTrips() {
    return pings.roundTrips();
  }

  /** What the client asked for, as it came; empty before it did. */
  String target() {
    return target;
  }

  /** Whether this connection only tells what happens on others. */
  boolean watches() {
    return watches;
  }

  /** How many bytes of replies wait for their time. */
  long waiting() {
    return delays == null ? 0 : delays.waiting();
  }

  @Override
  public PageAnswer page(RequestHead request) {
    return entrance.page(request);
  }

  @Override
  public Reception receive(RequestHead request) {
    target = request.target();
    Entrance.Admission admission = entrance.receive(request);
    behaviour = admission.behaviour();
    mayHearOthers = admission.mayHearOthers();
    if (admission.watched() != null) {
      watchers.watched(connection, admission.watched());
    }
    if (admission.watch() == null || admission.reception() instanceof Reception.Denial) {
      return admission.reception();
    }
    watches = watchers.add(connection, admission.watch());
    return watches ? admission.reception() : Refusals.watchedAlready();
  }

  @Override
  public void opened(Session opened) {
    session = opened;
    faults = Entrance.frameFaults(behaviour).stream().filter(opened::allows).toList();
    connection.opened(behaviour);
    if (!behaviour.delay().isZero()) {
      delays = new Delays(link, behaviour.delay(), connection::balance);
    }
    if (!behaviour.greet().isEmpty()) {
      sendText(behaviour.greet());
    }
    if (!behaviour.every().isZero()) {
      each(behaviour.every(), this::tick);
    }
    if (!behaviour.ping().isZero()) {
      each(behaviour.ping(), this::ping);
    }
    if (behaviour.close() != null && behaviour.after() instanceof Moment.Elapsed elapsed) {
      timers.add(link.after(elapsed.time(), this::close));
    }
    reached();
  }

  /** The next bytes of the client have come. */
  void turnBegins() {
    sentInTurn = 0;
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
      for (Connection other : all.open()) {
        if (other != connection || reply == Reply.BROADCAST) {
          sentInTurn += cost;
          other.conduct().relay(type, payload.duplicate());
        }
      }
    }
    if (behaviour != Behaviour.DEFAULT) {
      reached();
    }
    if (connection.isPaused() || sentInTurn > MOST_IN_A_TURN) {
      from.pause();
    }
  }

  @Override
  public void pong(ByteBuffer payload) {
    pings.answered(payload);
  }

  @Override
  public boolean answersPing() {
    return !behaviour.silent().contains(Silence.PONG);
  }

  @Override
  public boolean answersClose() {
    return !behaviour.silent().contains(Silence.CLOSE);
  }

  /** Sends what a client said to all, unless this one may not hear it, or takes too little. */
  void relay(Opcode type, ByteBuffer payload) {
    if (!mayHearOthers) {
      return;
    }
    if (connection.isLagging()) {
      connection.skipped();
    } else {
      reply(type, payload);
    }
  }

  /** Sends a ping now; its pong is timed. */
  boolean ping() {
    return session != null
        && session.takes(Opcode.PING)
        && !connection.isLagging()
        && session.send(Opcode.PING, pings.next());
  }

  /** The connection is gone: nothing is done any more. */
  void stop() {
    timers.forEach(Deadline::cancel);
    timers.clear();
    if (delays != null) {
      delays.stop();
    }
  }

  /** Sends a message as this connection's settings want it: later, in pieces, or broken. */
  private void reply(Opcode type, ByteBuffer payload) {
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
      session.commit(nextFault(), new Outgoing(type, payload, framing(payload.remaining())));
      connection.watchState();
    } else if (behaviour.fragment() > 0) {
      session.send(new Outgoing(type, payload, framing(payload.remaining())));
    } else {
      session.send(type, payload);
    }
  }

  /** Each message breaks the next rule, and then the first one again. */
  private FrameFault nextFault() {
    FrameFault fault = faults.get(committed % faults.size());
    committed++;
    return fault;
  }

  /** Pieces as small as asked for, but no more of them than a server by default takes. */
  private Framing framing(int length) {
    int longest = behaviour.fragment();
    if (longest == 0) {
      return PLAIN;
    }
    long least = 1 + length / MOST_FRAGMENTS;
    return PLAIN.longestPayload((int) Math.max(longest, least));
  }

  private void sendText(String text) {
    send(Opcode.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A message without a cause; its turn is passed over while the client takes too little. */
  private void tick() {
    if (!connection.isLagging()) {
      ticks++;
      String own = behaviour.message();
      sendText(own.isEmpty() ? ticks + " " + Instant.now().truncatedTo(ChronoUnit.MILLIS) : own);
    }
  }

  /** Does what is due after so many messages of the client. */
  private void reached() {
    if (behaviour.close() != null && isNow(behaviour.after())) {
      later(this::close);
    }
    Moment drop = behaviour.drop();
    if (drop != null && isNow(drop)) {
      later(() -> connection.drop(drop));
    }
  }

  private boolean isNow(@Nullable Moment moment) {
    return moment instanceof Moment.Messages messages && messages.count() == received;
  }

  /** Behind the replies that wait. */
  private void later(Runnable action) {
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
      session.commit(nextFault(), new Outgoing(Opcode.CLOSE, body, PLAIN));
    }
    connection.watchState();
  }

  private void each(Duration interval, Runnable action) {
    int place = timers.size();
    timers.add(link.after(interval, () -> again(place, interval, action)));
  }

  private void again(int place, Duration interval, Runnable action) {
    timers.set(place, link.after(interval, () -> again(place, interval, action)));
    action.run();
  }
}
