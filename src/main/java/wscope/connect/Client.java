package wscope.connect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour;
import wscope.connection.Connection;
import wscope.connection.ConnectionOwner;
import wscope.connection.Disconnected;
import wscope.net.Deadline;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.net.SocketFailure;
import wscope.protocol.Session;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.OutgoingMessage;

/** A WebSocket client on one event loop, with one connection at a time. */
public final class Client implements ConnectionOwner, AutoCloseable {
  /** The time that a server has to reply to the Close of a stopping client. */
  private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final Attempts attempts;
  private final ClientListener listener;
  private final Conversation conversation;
  private Behaviour behaviour;
  private final BufferPool pool = new BufferPool();
  private final Opening opening;
  private Observations observations = new Observations(false);
  private ExchangeListener shown = new Observations(false);
  private @Nullable Dialling dialling;
  private @Nullable Connection connection;
  private @Nullable Disconnected disconnected;
  private @Nullable ConnectFailure failure;
  private @Nullable Deadline waiting;
  private @Nullable Silence silence;
  private long number;
  private boolean reconnecting;
  private boolean stopping;

  /**
   * No connection could be established.
   *
   * @param cause the last failure
   */
  public record ConnectFailure(SocketFailure failure, IOException cause) {}

  public Client(ClientSettings settings, ClientListener listener) throws IOException {
    attempts = new Attempts(settings);
    this.listener = listener;
    loop = EventLoop.open(settings.link(), Runtime.getRuntime().maxMemory() / 2);
    loop.onRoundEnd(listener::roundEnded);
    behaviour = settings.behaviour();
    conversation = new Conversation(loop, settings.script());
    opening = new Opening(loop, pool, this);
  }

  /** Connects, and returns when the connection has ended or could not be established. */
  public void run() throws IOException {
    loop.execute(this::dial);
    loop.run();
  }

  /** Closes the connection, or gives up connecting. May be called from any thread. */
  public void stop() {
    loop.execute(this::shutDown);
  }

  /** Runs a task on the thread of {@link #run}, soon. May be called from any thread. */
  public void execute(Runnable task) {
    loop.execute(task);
  }

  /** The conversation, for tasks of {@link #execute}. */
  public Conversation conversation() {
    return conversation;
  }

  /** The connection, for tasks of {@link #execute}; null if there is none. */
  public @Nullable Connection connection() {
    return connection;
  }

  /** Changes the behaviour from now on. */
  public void behave(UnaryOperator<Behaviour> change) {
    behaviour = change.apply(behaviour);
    if (connection != null) {
      Opening.behave(connection, attempts.settings(), behaviour);
    }
  }

  /** The end of the last connection; null if none was established. */
  public @Nullable Disconnected disconnected() {
    return disconnected;
  }

  /** The failure to connect; null if a connection was established or the client was stopped. */
  public @Nullable ConnectFailure failure() {
    return failure;
  }

  /** Whether the user stopped the client, perhaps before it was connected. */
  public boolean wasStopped() {
    return stopping;
  }

  /** What the client has seen of the server on its last connection. */
  public Observations observations() {
    return observations;
  }

  @Override
  public void close() throws IOException {
    loop.close();
    pool.close();
  }

  /** Connects to the target of the user. */
  private void begin() {
    attempts.restart();
    dial();
  }

  private void dial() {
    if (stopping) {
      return;
    }
    failure = null;
    disconnected = null;
    ClientSettings settings = attempts.settings();
    DialSettings how =
        new DialSettings(settings.route(), settings.connectTimeout(), settings.tls());
    dialling = new Dialling(loop, settings.target(), how, listener::event, new Dialled());
    dialling.start();
  }

  /**
   * Connects again if that is wanted, waits for {@link #reconnect}, or ends the loop.
   *
   * @param abnormally whether the connection failed, or ended in another way than it should
   */
  private void ended(boolean abnormally) {
    Event.Retrying retry = stopping || !abnormally ? null : attempts.retry();
    if (retry != null) {
      listener.event(retry);
      waiting = loop.after(Duration.ofNanos(retry.nanos()), this::begin);
    } else if (!stopping && attempts.settings().interactive()) {
      listener.idle();
    } else {
      conversation.end();
      loop.stop();
    }
  }

  /**
   * Connects again, after closing the connection if there is one. A connection that is not open, or
   * no longer, is aborted, because its server may be silent.
   */
  public void reconnect() {
    Connection current = connection;
    if (current != null) {
      reconnecting = true;
      if (current.isOpen()) {
        conversation.close();
      } else {
        current.abort();
      }
    } else if (dialling == null) {
      if (waiting != null) {
        waiting.cancel();
      }
      begin();
    }
  }

  private void shutDown() {
    stopping = true;
    if (dialling != null) {
      dialling.cancel();
    }
    Connection current = connection;
    if (current == null) {
      ended(false);
      return;
    }
    conversation.close();
    if (current.state() == Session.State.CONNECTING) {
      Behaviour.Close close = attempts.settings().script().close();
      current.close(close.code(), close.reason());
    }
    loop.after(CLOSE_TIME, current::abort);
  }

  @Override
  public List<OutgoingMessage> coalesced() {
    return behaviour.coalesce() ? conversation.coalesce() : List.of();
  }

  @Override
  public void opened(Connection opened) {
    attempts.opened();
    silence = new Silence(loop, opened, observations, shown);
    conversation.opened(opened, observations, shown);
  }

  @Override
  public void message(Connection from, Opcode type, ByteBuffer payload) {
    conversation.heard(type, payload);
  }

  @Override
  public void gone(Connection gone, Disconnected event) {
    connection = null;
    disconnected = event;
    conversation.gone();
    if (silence != null) {
      silence.stop();
    }
    listener.disconnected(event);
    if (reconnecting && !stopping) {
      reconnecting = false;
      begin();
    } else if (!isRedirected(event)) {
      ended(!Endings.isNormal(event));
    }
  }

  /** Follows a redirect, or reports why not; false if there is none to follow. */
  private boolean isRedirected(Disconnected event) {
    Event.Redirect redirect = event.opened() || stopping ? null : attempts.redirect(observations);
    if (redirect == null) {
      return false;
    }
    listener.event(redirect);
    boolean follows = redirect.trouble() == null;
    if (follows) {
      dial();
    }
    return follows;
  }

  /** The target of the last attempt, which a redirect may have named. */
  public Target target() {
    return attempts.settings().target();
  }

  /** Turns a link into a connection. */
  private final class Dialled implements DialResult {
    @Override
    public LinkHandler connected(Link link, long nanos) {
      dialling = null;
      number++;
      ClientSettings settings = attempts.settings();
      observations = new Observations(settings.script().hasExpectations());
      shown = TeeListener.of(listener.connected(number), observations);
      Connection opened = opening.open(number, link, nanos, settings, behaviour, shown);
      connection = opened;
      return settings.tls() == null
          ? opened
          : new SecuredLink(link, opened, shown, settings.certificates());
    }

    @Override
    public void failed(SocketFailure reason, IOException cause) {
      dialling = null;
      failure = new ConnectFailure(reason, cause);
      ended(true);
    }
  }
}
