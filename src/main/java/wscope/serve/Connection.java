package wscope.serve;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.protocol.Limits;
import wscope.protocol.Outlet;
import wscope.protocol.RoundTrips;
import wscope.protocol.Session;
import wscope.protocol.SessionHandler;
import wscope.protocol.SessionListener;
import wscope.protocol.Traffic;
import wscope.protocol.deflate.DeflatePool;

/** Joins a link to a session: bytes both ways, and the deadlines of the session's states. */
final class Connection implements LinkHandler, Outlet {
  /** Hears that a connection is gone. */
  interface Owner {
    void gone(Connection connection, Disconnected event);
  }

  private final long number;
  private final Link link;
  private final Session session;
  private final Timeouts timeouts;
  private final Owner owner;
  private final EventLoop loop;
  private final long startNanos = System.nanoTime();
  private @Nullable Deadline deadline;
  private Session.@Nullable State watched;
  private Disconnected.@Nullable Timeout timeout;

  Connection(
      long number,
      EventLoop loop,
      Link link,
      Limits limits,
      DeflatePool pool,
      Timeouts timeouts,
      SessionHandler handler,
      SessionListener listener,
      Owner owner) {
    this.number = number;
    this.link = link;
    this.timeouts = timeouts;
    this.loop = loop;
    this.owner = owner;
    session = new Session(limits, pool, handler, listener, this);
    watchState();
  }

  /** Starts the closing handshake, or drops a client that has not finished the opening one. */
  void close(int code, String reason) {
    session.close(code, reason);
    watchState();
  }

  void abort() {
    link.abort();
  }

  @Override
  public void received(ByteBuffer bytes) {
    session.feed(bytes);
    watchState();
  }

  @Override
  public void ended() {
    session.end();
    watchState();
  }

  @Override
  public void closed(@Nullable Exception cause) {
    cancelDeadline();
    session.end();
    owner.gone(
        this,
        new Disconnected(
            number,
            session.hasOpened(),
            session.closure(),
            timeout,
            cause,
            new Traffic(session.flowReceived(), session.flowSent(), RoundTrips.NONE),
            Duration.ofNanos(System.nanoTime() - startNanos)));
  }

  @Override
  public void write(ByteBuffer bytes) {
    link.write(bytes);
  }

  @Override
  public void end() {
    link.end();
  }

  /**
   * Each state has its deadline; the one for closing starts with our last frame and is not renewed.
   */
  private void watchState() {
    Session.State state = session.state();
    if (state == watched) {
      return;
    }
    boolean wasClosing = watched == Session.State.CLOSING;
    watched = state;
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
    long before = link.written();
    deadline =
        loop.after(
            delay,
            () -> {
              if (missed == Disconnected.Timeout.CLOSE && link.written() != before) {
                // A slow client that still takes what came before our Close gets as long again.
                setDeadline(delay, missed);
              } else {
                timeout = missed;
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
}
