package wscope.serve;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.net.SocketFailure;
import wscope.protocol.FrameFault;
import wscope.protocol.Outlet;
import wscope.protocol.Session;
import wscope.protocol.SessionListener;
import wscope.protocol.TcpEnd;
import wscope.protocol.Traffic;
import wscope.protocol.deflate.MessagePool;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Framing;
import wscope.protocol.message.Outgoing;
import wscope.protocol.rule.Endpoint;

/**
 * One client of a server. Joins a link to a session: bytes both ways, and the deadlines of the
 * session's states. For the thread of the server's loop only.
 */
public final class Connection implements LinkHandler, Outlet {
  private final long number;
  private final EventLoop loop;
  private final Link link;
  private final Server server;
  private final Conduct conduct;
  private final Session session;
  private final long startNanos = System.nanoTime();

  /** Where the session's bytes go: the link, or what shapes them on their way to it. */
  private Outlet output;

  private @Nullable Pacer pacer;
  private @Nullable Deadline deadline;
  private Session.@Nullable State watched;
  private Disconnected.@Nullable Timeout timeout;
  private @Nullable TcpEnd tcpEnd;
  private Behaviour.@Nullable Moment dropped;
  private long skipped;

  Connection(
      long number,
      EventLoop loop,
      Link link,
      Server server,
      MessagePool pool,
      SessionListener listener) {
    this.number = number;
    this.loop = loop;
    this.link = link;
    this.server = server;
    output = new ToLink(link);
    conduct = new Conduct(this, server, link);
    session = new Session(server.settings().limits(), pool, conduct, listener, this);
    watchState();
  }

  /** Its number on this server, from 1. */
  public long number() {
    return number;
  }

  public InetSocketAddress remote() {
    return link.remote();
  }

  /** What the client asked for, as it came; empty before it did. */
  public String target() {
    return conduct.target();
  }

  /** Whether messages go both ways. */
  public boolean isOpen() {
    return state() == Session.State.OPEN;
  }

  /** How far its handshakes are. */
  public Session.State state() {
    return session.state();
  }

  /** Whether it only tells what happens on other connections. */
  public boolean watches() {
    return conduct.watches();
  }

  public Duration lasted() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /**
   * Sends a message or a pong.
   *
   * @return false, and nothing is sent, unless the connection is open
   */
  public boolean send(Opcode opcode, ByteBuffer payload) {
    return session.send(opcode, payload);
  }

  /**
   * Sends a ping whose pong is timed.
   *
   * @return false, and nothing is sent, unless the connection is open
   */
  public boolean ping() {
    return conduct.ping();
  }

  /**
   * Sends bytes as they are.
   *
   * @return false, and nothing is sent, unless the connection is open or closing
   */
  public boolean sendRaw(ByteBuffer bytes) {
    return session.sendRaw(bytes);
  }

  /**
   * Sends a text that commits a fault.
   *
   * @return false, and nothing is sent, unless the connection is open
   */
  public boolean commit(FrameFault fault, ByteBuffer text) {
    boolean sent =
        session.commit(fault, new Outgoing(Opcode.TEXT, text, Framing.of(Endpoint.SERVER)));
    watchState();
    return sent;
  }

  /** Starts the closing handshake, or drops a client that has not finished the opening one. */
  public void close(int code, String reason) {
    session.close(code, reason);
    watchState();
  }

  @Override
  public void received(ByteBuffer bytes) {
    conduct.turnBegins();
    session.feed(bytes);
    watchState();
  }

  @Override
  public void ended() {
    tcpEnd = TcpEnd.CLIENT_FIN;
    session.end();
    watchState();
  }

  @Override
  public void closed(@Nullable Exception cause) {
    cancelDeadline();
    conduct.stop();
    if (pacer != null) {
      pacer.stop();
    }
    session.end();
    server.gone(
        this,
        new Disconnected(
            number,
            session.hasOpened(),
            session.closure(),
            tcpEnd(cause),
            dropped,
            timeout,
            isReset(cause) ? null : cause,
            new Traffic(session.flowReceived(), session.flowSent(), conduct.roundTrips(), skipped),
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

  Conduct conduct() {
    return conduct;
  }

  /** The WebSocket is open: from now on the behaviour shapes what goes out. */
  void opened(Behaviour behaviour) {
    if (behaviour.drop() instanceof Behaviour.Moment.Bytes drop) {
      output = new CutOff(output, drop.count(), () -> drop(drop));
    }
    if (behaviour.rate() > 0) {
      pacer = new Pacer(link, output, behaviour.rate(), this::balance);
      output = pacer;
    }
  }

  /** Whether more waits for the client than may: what others cause is not sent to it then. */
  public boolean isLagging() {
    return link.waiting() > server.settings().link().highWater();
  }

  /** Whether nothing more of the client is to be answered before what waits for it has gone. */
  boolean isPaused() {
    return link.isPaused();
  }

  /** A message of others was not sent to it. */
  void skipped() {
    skipped++;
    if (skipped == 1) {
      server.lagging(this);
    }
  }

  /** Stops taking what would be answered while too much waits for its time. */
  void balance() {
    long kept = conduct.waiting() + (pacer == null ? 0 : pacer.waiting());
    link.kept(kept);
    link.hold(kept > server.settings().link().highWater());
  }

  /** Ends TCP with RST, behind what was sent in this turn; nothing more is sent or read. */
  void drop(Behaviour.Moment moment) {
    dropped = moment;
    tcpEnd = TcpEnd.SERVER_DROP;
    session.abandon();
    loop.execute(link::reset);
  }

  void abort() {
    tcpEnd = TcpEnd.SERVER_ABORT;
    link.abort();
  }

  private TcpEnd tcpEnd(@Nullable Exception cause) {
    if (isReset(cause)) {
      return TcpEnd.CLIENT_RESET;
    }
    if (tcpEnd != null) {
      return tcpEnd;
    }
    return cause == null ? TcpEnd.SERVER_FIN : TcpEnd.SERVER_ABORT;
  }

  private static boolean isReset(@Nullable Exception cause) {
    return cause != null && SocketFailure.of(cause).isReset();
  }

  /**
   * Each state has its deadline. The one for closing starts with our last frame, and begins anew as
   * long as the client takes what waited then.
   */
  void watchState() {
    Session.State state = session.state();
    if (state == watched) {
      return;
    }
    boolean wasClosing = watched == Session.State.CLOSING;
    watched = state;
    server.connections().changed();
    Timeouts timeouts = server.settings().timeouts();
    switch (state) {
      case CONNECTING -> setDeadline(timeouts.handshake(), Disconnected.Timeout.HANDSHAKE);
      case OPEN -> cancelDeadline();
      case CLOSING -> setDeadline(timeouts.close(), Disconnected.Timeout.CLOSE);
      case CLOSED -> {
        if (!wasClosing) {
          setDeadline(timeouts.close(), Disconnected.Timeout.CLOSE);
        }
      }
    }
  }

  private void setDeadline(Duration delay, Disconnected.Timeout missed) {
    cancelDeadline();
    // It starts when the turn is over, and what was written in it has gone as far as it goes.
    deadline =
        link.after(
            Duration.ZERO, () -> setDeadline(delay, missed, link.written() + link.waiting()));
  }

  /**
   * @param owed how much will have been written when all that waited at first is gone
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
                // A client that still takes what came before our Close gets as long again.
                setDeadline(delay, missed, owed);
              } else {
                timeout = missed;
                tcpEnd = TcpEnd.SERVER_DEADLINE;
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

  /** The end of the line. */
  private record ToLink(Link link) implements Outlet {
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
