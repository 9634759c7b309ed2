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
 * One end of a connection, client or server. It joins a link to a session and sets the deadlines
 * for the session's states. Not thread-safe: use it only on the event-loop thread.
 */
public final class Connection implements LinkHandler, TransportWriter {
  /** The time after which an event reports a stalled peer. */
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

  /** The receiver of the session's bytes: the link, or a writer that delays or truncates them. */
  private TransportWriter output;

  private @Nullable Pacer pacer;
  private Role role = Role.UNKNOWN;
  private @Nullable Deadline deadline;
  private Disconnected.@Nullable Timeout timeout;
  private @Nullable TransportEnd end;
  private Behaviour.@Nullable Trigger dropped;
  private boolean closing;
  private long skipped;

  /** The deadline for reporting a stalled peer; null if nothing is expected from the peer. */
  private @Nullable Deadline stall;

  /** The last time at which the session began to wait for input. */
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
   * Creates the server's end of a link that was accepted.
   *
   * @param number the number of the connection, from 1
   * @param pool the buffer pool of the loop's thread
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
   * Creates the client's end of a link that was opened. The request is sent once the link is
   * established.
   *
   * @param number the number of the connection, from 1
   * @param pool the buffer pool of the loop's thread
   * @param request the request for a WebSocket
   * @param maskingKeys supplies an unpredictable key for each frame (RFC 6455 §5.3)
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

  /**
   * Sets the role of the connection, and its behaviour for the time after the WebSocket has opened.
   */
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

  /** The target of the request, as received; empty before the request has arrived. */
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

  /** Whether this connection only receives events of other connections. */
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

  /** Sends a ping and measures the time until its pong. */
  public SendResult ping() {
    return handler.ping();
  }

  /** Sends bytes unchanged. */
  public SendResult sendRaw(ByteBuffer bytes) {
    return session.sendRaw(bytes);
  }

  /** Sends a text message that commits a fault. */
  public SendResult commit(FrameFault fault, ByteBuffer text) {
    return session.commit(
        fault, new OutgoingMessage(Opcode.TEXT, text, Framing.of(session.self())));
  }

  /**
   * Starts the closing handshake, or drops a client that has not finished the opening handshake.
   */
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

  /** Sends a message from another connection, unless this connection lags or may not receive it. */
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

  /** Lets the behaviour shape the output from now on, because the WebSocket is open. */
  void opened(Behaviour behaviour) {
    if (behaviour.drop() instanceof Behaviour.Trigger.Bytes drop) {
      output = new CutOff(output, drop.count(), () -> drop(drop));
    }
    if (behaviour.rate() > 0) {
      pacer = new Pacer(link, output, behaviour.rate(), this::balance);
      output = pacer;
    }
  }

  /**
   * Whether too much output is queued for the client. If so, messages from other connections are
   * dropped.
   */
  public boolean isLagging() {
    return link.waiting() > settings.highWater();
  }

  /** Whether input is paused until the queued output has been sent. */
  boolean isPaused() {
    return link.isPaused();
  }

  /** Counts a message from another connection that was dropped. */
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

  /** Ends TCP with a RST after the output of this turn. Nothing more is sent or read. */
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
   * Sets the deadline of the new state. The deadline for closing starts with our last frame, and
   * restarts while the peer reads output queued before that frame.
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

  /** Starts to wait for input that the peer has to send. */
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
    // The deadline starts after this turn, when the output has been written as far as possible.
    deadline =
        link.after(
            Duration.ZERO, () -> setDeadline(delay, missed, link.written() + link.waiting()));
  }

  /**
   * Sets a deadline that starts after this turn.
   *
   * @param owed the value of {@link Link#written} once all output queued now has been sent
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
                // If the peer still reads output queued before our Close, start again.
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
