package wscope.connection;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.net.SocketFailure;
import wscope.protocol.FrameFault;
import wscope.protocol.SendResult;
import wscope.protocol.Session;
import wscope.protocol.TransportWriter;
import wscope.protocol.UpgradeHandler;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/**
 * One end of a connection, client or server. Joins a link to a session and sets the deadlines of
 * the session's states. For the thread of the loop only.
 */
public final class Connection implements LinkHandler, TransportWriter {
  /** How long a peer may stall before an event reports it. */
  private static final Duration STALL_TIMEOUT = Duration.ofSeconds(2);

  private final long number;
  private final EventLoop loop;
  private final Link link;
  private final ConnectionSettings settings;
  private final ConnectionOwner owner;
  private final ExchangeListener listener;
  private final BehaviourHandler handler;
  private final Session session;
  private final @Nullable HttpRequest request;
  private final long startNanos = System.nanoTime();

  /** Receives the session's bytes: the link, or a writer that delays or cuts them. */
  private TransportWriter output;

  private @Nullable Pacer pacer;
  private Role role = Role.UNKNOWN;
  private @Nullable Deadline deadline;
  private Disconnected.@Nullable Timeout timeout;
  private @Nullable TransportEnd end;
  private Behaviour.@Nullable Trigger dropped;
  private boolean closing;
  private long skipped;

  /** When to report a peer that stalls; null if nothing is expected from it. */
  private @Nullable Deadline stall;

  /** The last time that the peer began to owe something. */
  private long awaitingSince;

  private Connection(
      long number,
      EventLoop loop,
      Link link,
      ConnectionSettings settings,
      ConnectionOwner owner,
      ExchangeListener listener,
      @Nullable HttpRequest request,
      Function<Connection, Session> sessions) {
    this.number = number;
    this.loop = loop;
    this.link = link;
    this.settings = settings;
    this.owner = owner;
    this.listener = listener;
    this.request = request;
    output = new ToLink(link);
    Endpoint self = request == null ? Endpoint.SERVER : Endpoint.CLIENT;
    handler = new BehaviourHandler(this, self, link);
    listener.event(new Event.Connected(Addresses.of(link.remote())));
    session = sessions.apply(this);
    setDeadline(settings.timeouts().handshake(), Disconnected.Timeout.HANDSHAKE);
  }

  /**
   * The server's end of a link that was accepted.
   *
   * @param number from 1
   * @param pool of the loop's thread
   * @param upgrades decides about the requests of this connection
   */
  public static Connection ofServer(
      long number,
      EventLoop loop,
      Link link,
      ConnectionSettings settings,
      BufferPool pool,
      ConnectionOwner owner,
      ExchangeListener listener,
      Function<Connection, UpgradeHandler> upgrades) {
    return new Connection(
        number,
        loop,
        link,
        settings,
        owner,
        listener,
        null,
        it ->
            Session.ofServer(
                settings.limits(), pool, upgrades.apply(it), it.handler, listener, it));
  }

  /**
   * The client's end of a link that was opened; the request is sent once the link is established.
   *
   * @param number from 1
   * @param pool of the loop's thread
   * @param request for a WebSocket
   * @param maskingKeys gives an unpredictable key for each frame (RFC 6455 §5.3)
   */
  public static Connection ofClient(
      long number,
      EventLoop loop,
      Link link,
      ConnectionSettings settings,
      BufferPool pool,
      ConnectionOwner owner,
      ExchangeListener listener,
      HttpRequest request,
      IntSupplier maskingKeys) {
    return new Connection(
        number,
        loop,
        link,
        settings,
        owner,
        listener,
        request,
        it -> Session.ofClient(settings.limits(), pool, maskingKeys, it.handler, listener, it));
  }

  /** Sets its role and its behaviour once it is open. */
  public void admit(Role admitted, Behaviour behaviour) {
    role = admitted;
    handler.behave(behaviour);
  }

  /** The number of the connection, from 1. */
  public long number() {
    return number;
  }

  public InetSocketAddress remote() {
    return link.remote();
  }

  /** The target of the request, as received; empty before that. */
  public String target() {
    return role.target();
  }

  /** Whether messages go both ways. */
  public boolean isOpen() {
    return state() == Session.State.OPEN;
  }

  /** The state of the session. */
  public Session.State state() {
    return session.state();
  }

  /** Whether it only receives events of other connections. */
  public boolean watches() {
    return role.watches();
  }

  public Duration lasted() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Sends a message or a pong. */
  public SendResult send(Opcode opcode, ByteBuffer payload) {
    return session.send(opcode, payload);
  }

  /** Sends a ping whose pong is timed. */
  public SendResult ping() {
    return handler.ping();
  }

  /** Sends bytes as they are. */
  public SendResult sendRaw(ByteBuffer bytes) {
    return session.sendRaw(bytes);
  }

  /** Sends a text that commits a fault. */
  public SendResult commit(FrameFault fault, ByteBuffer text) {
    return session.commit(
        fault, new OutgoingMessage(Opcode.TEXT, text, Framing.of(session.self())));
  }

  /** Starts the closing handshake, or drops a client that has not finished the opening one. */
  public void close(int code, String reason) {
    session.close(code, reason);
  }

  @Override
  public void established() {
    if (request != null) {
      session.connect(request);
    }
  }

  @Override
  public void received(ByteBuffer bytes) {
    handler.beginTurn();
    session.feed(bytes);
    if (session.isAwaiting()) {
      startAwaiting();
    }
  }

  @Override
  public void ended() {
    end = new TransportEnd(session.self().peer(), TransportEnd.Manner.FIN);
    session.end();
  }

  @Override
  public void closed(@Nullable Exception cause) {
    cancelDeadline();
    if (stall != null) {
      stall.cancel();
    }
    handler.stop();
    if (pacer != null) {
      pacer.stop();
    }
    session.end();
    owner.gone(
        this,
        new Disconnected(
            number,
            session.hasOpened(),
            session.closure(),
            end(cause),
            dropped,
            timeout,
            isReset(cause) ? null : cause,
            new ConnectionTotals(
                session.totalsReceived(), session.totalsSent(), handler.roundTrips(), skipped),
            lasted()));
  }

  @Override
  public void write(ByteBuffer bytes) {
    output.write(bytes);
  }

  @Override
  public void end() {
    output.end();
  }

  /** Sends a message of another connection, unless this one lags or may not receive it. */
  void relay(Opcode type, ByteBuffer payload) {
    if (role.receivesOthers()) {
      if (isLagging()) {
        skipped();
      } else {
        handler.reply(type, payload);
      }
    }
  }

  /** The open connections that may receive a message. */
  List<Connection> audience() {
    return owner.audience(this);
  }

  /** The WebSocket is open: from now on the behaviour shapes the output. */
  void opened(Behaviour behaviour) {
    if (behaviour.drop() instanceof Behaviour.Trigger.Bytes drop) {
      output = new CutOff(output, drop.count(), () -> drop(drop));
    }
    if (behaviour.rate() > 0) {
      pacer = new Pacer(link, output, behaviour.rate(), this::balance);
      output = pacer;
    }
  }

  /** Whether too much output is queued for the client; messages of others are then dropped. */
  public boolean isLagging() {
    return link.waiting() > settings.highWater();
  }

  /** Whether input is paused until the queued output has been sent. */
  boolean isPaused() {
    return link.isPaused();
  }

  /** A message of another connection was dropped. */
  public void skipped() {
    skipped++;
    if (skipped == 1) {
      listener.event(new Event.Lagging());
    }
  }

  /** Pauses input while too many delayed bytes are queued. */
  void balance() {
    long kept = handler.waiting() + (pacer == null ? 0 : pacer.waiting());
    link.kept(kept);
    link.hold(kept > settings.highWater());
  }

  /** Ends TCP with RST after the output of this turn; nothing more is sent or read. */
  void drop(Behaviour.Trigger trigger) {
    dropped = trigger;
    end = new TransportEnd(session.self(), TransportEnd.Manner.DROP);
    session.abandon();
    loop.execute(link::reset);
  }

  /** Closes TCP at once. */
  public void abort() {
    end = new TransportEnd(session.self(), TransportEnd.Manner.ABORT);
    link.abort();
  }

  private TransportEnd end(@Nullable Exception cause) {
    if (isReset(cause)) {
      return new TransportEnd(session.self().peer(), TransportEnd.Manner.RESET);
    }
    if (end != null) {
      return end;
    }
    return new TransportEnd(
        session.self(), cause == null ? TransportEnd.Manner.FIN : TransportEnd.Manner.ABORT);
  }

  private static boolean isReset(@Nullable Exception cause) {
    return cause != null && SocketFailure.of(cause).isReset();
  }

  /**
   * Each state has its deadline. The one for closing starts with our last frame, and restarts while
   * the peer reads output queued before it.
   */
  void stateChanged(Session.State state) {
    owner.stateChanged(this);
    boolean wasClosing = closing;
    closing = state == Session.State.CLOSING || state == Session.State.CLOSED;
    if (!closing) {
      cancelDeadline();
    } else if (!wasClosing) {
      setDeadline(settings.timeouts().close(), Disconnected.Timeout.CLOSE);
    }
    if (state == Session.State.CLOSING) {
      startAwaiting();
    }
  }

  /** The peer owes something from now on. */
  private void startAwaiting() {
    awaitingSince = System.nanoTime();
    if (stall == null) {
      watchStall(STALL_TIMEOUT);
    }
  }

  /** Reports once if the expected bytes do not arrive for a while. */
  private void watchStall(Duration delay) {
    stall = link.after(delay, this::checkStall);
  }

  private void checkStall() {
    stall = null;
    long idle = System.nanoTime() - awaitingSince;
    if (!session.isAwaiting()) {
      return;
    }
    if (idle < STALL_TIMEOUT.toNanos()) {
      watchStall(STALL_TIMEOUT.minusNanos(idle));
    } else {
      listener.event(new Event.Waiting(session.self().peer(), session.awaited(), idle));
    }
  }

  private void setDeadline(Duration delay, Disconnected.Timeout missed) {
    cancelDeadline();
    // It starts after this turn, when its output has been written as far as possible.
    deadline =
        link.after(
            Duration.ZERO, () -> setDeadline(delay, missed, link.written() + link.waiting()));
  }

  /**
   * @param owed what {@link Link#written} returns once all output queued now has been sent
   */
  private void setDeadline(Duration delay, Disconnected.Timeout missed, long owed) {
    cancelDeadline();
    long before = link.written();
    deadline =
        link.after(
            delay,
            () -> {
              boolean slow = before < owed && link.written() > before;
              if (missed == Disconnected.Timeout.CLOSE && slow) {
                // A peer that still reads output queued before our Close gets the same time again.
                setDeadline(delay, missed, owed);
              } else {
                timeout = missed;
                end = new TransportEnd(session.self(), TransportEnd.Manner.DEADLINE);
                link.abort();
              }
            });
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel();
      deadline = null;
    }
  }

  /** Writes to the link. */
  private record ToLink(Link link) implements TransportWriter {
    @Override
    public void write(ByteBuffer bytes) {
      link.write(bytes);
    }

    @Override
    public void end() {
      link.end();
    }
  }
}
