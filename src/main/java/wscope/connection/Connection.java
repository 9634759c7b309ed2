package wscope.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.protocol.FrameFault;
import wscope.protocol.SendResult;
import wscope.protocol.Session;
import wscope.protocol.UpgradeHandler;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.event.Withholding;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/**
 * One end of a connection, client or server. It joins a link to a session and sets the deadlines
 * for the session's states. Not thread-safe: use it only on the event-loop thread.
 */
public final class Connection implements LinkHandler {
  private final long number;
  private final EventLoop loop;
  private final Link link;
  private final ConnectionSettings settings;
  private final ConnectionOwner owner;
  private final ExchangeListener listener;
  private final BehaviourHandler handler;
  private final Session session;
  private final @Nullable HttpRequest request;
  private final ShapedOutput output;
  private final ConnectionMemory memory;
  private final TransportEnding ending;
  private final StateDeadline deadline;
  private final StallReport stall;
  private final long startNanos = System.nanoTime();

  private Role role = Role.UNKNOWN;
  private boolean closing;

  /** Whether input is discarded, because no response follows. */
  private boolean discards;

  private long skipped;

  private Connection(
      long number,
      EventLoop loop,
      Link link,
      ConnectionSettings settings,
      ConnectionOwner owner,
      ExchangeListener listener,
      @Nullable HttpRequest request,
      long connectNanos,
      Function<Connection, Session> sessions) {
    this.number = number;
    this.loop = loop;
    this.link = link;
    this.settings = settings;
    this.owner = owner;
    this.listener = listener;
    this.request = request;
    Endpoint self = request == null ? Endpoint.SERVER : Endpoint.CLIENT;
    output = new ShapedOutput(link, this::balance);
    memory = new ConnectionMemory(link, settings.highWater(), owner, this::delayed);
    ending = new TransportEnding(self);
    deadline = new StateDeadline(link, this::missed);
    handler = new BehaviourHandler(this, self, link);
    listener.event(new Event.Connected(peer(), Addresses.of(link.local()), connectNanos));
    session = sessions.apply(this);
    stall = new StallReport(link, session, listener);
    deadline.set(settings.timeouts().handshake(), Disconnected.Timeout.HANDSHAKE);
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
        -1,
        it ->
            Session.ofServer(
                settings.limits(), pool, upgrades.apply(it), it.handler, listener, it.output));
  }

  /**
   * Creates the client's end of a link that was opened. The request is sent once the link is
   * established.
   *
   * @param number the number of the connection, from 1
   * @param pool the buffer pool of the loop's thread
   * @param request the request for a WebSocket
   * @param connectNanos the time that the connection took
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
      long connectNanos,
      IntSupplier maskingKeys) {
    return new Connection(
        number,
        loop,
        link,
        settings,
        owner,
        listener,
        request,
        connectNanos,
        it ->
            Session.ofClient(
                settings.limits(), pool, maskingKeys, it.handler, listener, it.output));
  }

  /**
   * Sets the role of the connection, and its behaviour for the time after the WebSocket has opened.
   */
  public void admit(Role admitted, Behaviour behaviour) {
    role = admitted;
    handler.behave(behaviour);
    if (!behaviour.trickle().isZero()) {
      output.trickle(behaviour.trickle());
    }
  }

  /** The number of the connection, from 1. */
  public long number() {
    return number;
  }

  /** The address of the peer. */
  public Event.Address peer() {
    return Addresses.of(link.remote());
  }

  /** Whether the peer is on this machine, as its address shows. */
  public boolean isLocal() {
    return Addresses.isLocal(link.remote());
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

  /**
   * Whether the connection may receive messages that are not replies to its own: those of other
   * clients, and of the user.
   */
  public boolean receivesOthers() {
    return role.receivesOthers();
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

  /** Sends a message as the behaviour requires: delayed, fragmented or with a fault. */
  public SendResult speak(Opcode type, ByteBuffer payload) {
    SendResult result = session.check(type);
    if (result.isSent()) {
      handler.reply(type, payload);
    }
    return result;
  }

  /** Sends a message in its own framing. */
  public SendResult send(OutgoingMessage message) {
    return session.send(message);
  }

  /** Whether this frame or message could be sent now, or the reason why not. */
  public SendResult check(Opcode opcode) {
    return session.check(opcode);
  }

  /** The link, whose peer and TLS details may be of interest. */
  public Link link() {
    return link;
  }

  /** Sends a ping and measures the time until its pong. */
  public SendResult ping() {
    return handler.ping();
  }

  /**
   * The time at which the oldest ping without a pong was sent, as a value of {@link
   * System#nanoTime}; 0 if there is none.
   */
  public long pendingPing() {
    return handler.pendingPing();
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
      if (handler.behaviour().split() > 0) {
        output.split(handler.behaviour().split());
      }
      session.connect(request, owner.coalesced());
    }
  }

  @Override
  public void received(ByteBuffer bytes) {
    handler.beginTurn();
    if (handler.continueSending()) {
      link.requestTurn();
      return;
    }
    if (!discards && bytes.hasRemaining()) {
      int before = bytes.remaining();
      session.feed(bytes);
      memory.countHead(before - bytes.remaining(), state() == Session.State.CONNECTING);
    }
    if (discards) {
      bytes.position(bytes.limit());
    } else if (bytes.hasRemaining() && session.awaitsOwnResponse()) {
      // What follows the request waits for the response.
      memory.pause();
    }
    if (session.isAwaiting()) {
      stall.await();
    }
  }

  @Override
  public void drained() {
    output.drained();
  }

  @Override
  public boolean isTurnHeavy() {
    return handler.isTurnHeavy();
  }

  @Override
  public void freeMemory() {
    handler.stop();
    session.freeMessages();
  }

  @Override
  public void giveUp() {
    handler.giveUp();
    balance();
  }

  @Override
  public void ended() {
    ending.peerEnded();
    session.end();
  }

  @Override
  public void closed(@Nullable Exception cause) {
    deadline.cancel();
    stall.stop();
    handler.stop();
    session.freeMessages();
    output.stop();
    session.end();
    owner.gone(
        this,
        new Disconnected(
            number,
            session.hasOpened(),
            session.closure(),
            ending.of(cause),
            ending.dropped(),
            ending.timeout(),
            TransportEnding.isReset(cause) ? null : cause,
            new ConnectionTotals(
                session.totalsReceived(), session.totalsSent(), handler.roundTrips(), skipped),
            lasted()));
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

  /** The WebSocket is open, and messages may be sent. */
  void ready() {
    owner.opened(this);
  }

  /** A message has arrived. */
  void heard(Opcode type, ByteBuffer payload) {
    int start = payload.position();
    int end = payload.limit();
    owner.message(this, type, payload);
    payload.limit(end).position(start);
  }

  /** The open connections that may receive a message. */
  List<Connection> audience() {
    return owner.audience(this);
  }

  /** Lets the behaviour shape the output from now on, because the WebSocket is open. */
  void opened(Behaviour behaviour) {
    if (!role.left().names().isEmpty()) {
      listener.event(role.left());
    }
    if (behaviour.drop() instanceof Behaviour.Trigger.Bytes drop) {
      output.cutOff(drop.count(), () -> drop(drop));
    }
    if (behaviour.rate() > 0) {
      output.limit(behaviour.rate());
    }
    if (behaviour.stopReading()) {
      memory.stopReading();
      withhold(Withholding.READING);
    }
  }

  /**
   * Whether too much output is queued for the client. If so, messages from other connections are
   * dropped.
   */
  public boolean isLagging() {
    return memory.isLagging();
  }

  /** Whether input is paused until the queued output has been sent. */
  boolean isPaused() {
    return link.isPaused();
  }

  /** Whether too much output waits for the client, apart from what is held back for it. */
  boolean isBackedUp() {
    return memory.isBackedUp();
  }

  /** Reports an event of this connection. */
  void report(Event event) {
    listener.event(event);
  }

  /** Counts a message from another connection that was dropped. */
  public void skipped() {
    skipped++;
    if (skipped == 1) {
      listener.event(new Event.Lagging());
    }
  }

  /** Pauses input while too many delayed bytes are queued, and counts what is held. */
  void balance() {
    memory.balance();
    output.drained();
  }

  /** Whether there is memory for a copy that is about to be kept. */
  boolean fits(long more) {
    return link.fits(more);
  }

  /**
   * Counts the bytes that the session holds.
   *
   * @param bytes the number of bytes from now on
   * @param more the number of bytes that are about to be allocated
   * @return false if they must not be allocated
   */
  boolean holds(long bytes, long more) {
    return memory.holds(bytes, more);
  }

  /** Reports that something never happens, and ends the connection after a while. */
  void withhold(Withholding what) {
    withhold(what, settings.timeouts().withheld());
    deadline.set(settings.timeouts().withheld(), Disconnected.Timeout.WITHHELD);
    discards = what != Withholding.READING;
    balance();
  }

  /** The longest time for which something may be withheld. */
  Duration longestWithholding() {
    return settings.timeouts().withheld();
  }

  /** Reports that something happens only after a delay. No other deadline ends the connection. */
  void withhold(Withholding what, Duration delay) {
    deadline.cancel();
    listener.event(new Event.Withheld(what, delay.toNanos()));
  }

  private long delayed() {
    return handler.waiting() + output.waiting();
  }

  /** Ends TCP with a RST once the output so far is written. Nothing more is sent or read. */
  void drop(Behaviour.Trigger trigger) {
    ending.dropped(trigger);
    abandon();
    loop.execute(output::reset);
  }

  /** Ends TCP with a RST, because the user of wscope requests that. Nothing more is sent. */
  public void reset() {
    abandon();
    loop.execute(link::reset);
  }

  private void abandon() {
    ending.own(TransportEnd.Manner.DROP);
    session.abandon();
    deadline.cancel();
  }

  /** Ends the output with a TCP FIN, without a Close. The peer may still send. */
  public void halfClose() {
    ending.own(TransportEnd.Manner.FIN);
    output.end();
    deadline.set(settings.timeouts().close(), Disconnected.Timeout.CLOSE);
  }

  /** Closes TCP at once. */
  public void abort() {
    ending.own(TransportEnd.Manner.ABORT);
    link.abort();
  }

  /**
   * Sets the deadline of the new state. The deadline for closing starts with our last frame, and
   * restarts a few times while the peer reads output queued before that frame.
   */
  void stateChanged(Session.State state) {
    owner.stateChanged(this);
    boolean wasClosing = closing;
    closing = state == Session.State.CLOSING || state == Session.State.CLOSED;
    if (closing) {
      memory.readOn();
    }
    if (!closing) {
      deadline.cancel();
    } else if (!wasClosing) {
      deadline.set(settings.timeouts().close(), Disconnected.Timeout.CLOSE);
    }
    if (state == Session.State.CLOSING) {
      stall.await();
    }
  }

  private void missed(Disconnected.Timeout timeout) {
    ending.missed(timeout);
    link.abort();
  }
}
