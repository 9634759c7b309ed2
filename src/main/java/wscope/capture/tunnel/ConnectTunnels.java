package wscope.capture.tunnel;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.packet.TcpConnection;
import wscope.packet.TcpEnd;
import wscope.packet.TcpEndpoint;
import wscope.packet.TcpListener;
import wscope.packet.TcpRelease;

/**
 * Finds the tunnels that clients open with CONNECT (RFC 9110 §9.3.6), and passes on what is inside.
 * All other streams pass unchanged. All connections together hold at most {@link #MOST_HELD} bytes,
 * and one segment more.
 */
public final class ConnectTunnels implements TcpListener {
  /** The number of bytes that all connections hold until it is clear what they are. */
  static final int MOST_HELD = 8 << 20;

  private final TunnelListener next;

  /** The connections that may be tunnels. */
  private final Map<Long, TunnelStart> starts = new HashMap<>();

  private long held;

  /**
   * Creates a finder.
   *
   * @param next gets the streams
   */
  public ConnectTunnels(TunnelListener next) {
    this.next = next;
  }

  @Override
  public void opened(TcpConnection connection) {
    starts.put(connection.number(), new TunnelStart());
    next.opened(connection);
  }

  @Override
  public void bytes(TcpConnection connection, TcpEndpoint sender, ByteBuffer bytes) {
    TunnelStart start = start(connection);
    if (start == null) {
      next.bytes(connection, sender, bytes);
      return;
    }
    held -= start.size();
    TunnelStart.Found found = start.add(sender, bytes);
    held += start.size();
    if (found == TunnelStart.Found.TUNNEL) {
      next.tunnelled(connection, start.target());
    }
    if (found != TunnelStart.Found.UNCLEAR || held > MOST_HELD) {
      pass(connection, start);
    }
  }

  private @Nullable TunnelStart start(TcpConnection connection) {
    return starts.isEmpty() ? null : starts.get(connection.number());
  }

  /** Passes on what was held. */
  private void pass(TcpConnection connection, TunnelStart start) {
    starts.remove(connection.number());
    held -= start.size();
    start.pass((sender, bytes) -> next.bytes(connection, sender, bytes));
  }

  /** What may be a tunnel is none, because it does not go on. */
  private void settle(TcpConnection connection) {
    TunnelStart start = start(connection);
    if (start != null) {
      pass(connection, start);
    }
  }

  @Override
  public void gap(TcpConnection connection, TcpEndpoint sender, long missingBytes) {
    settle(connection);
    next.gap(connection, sender, missingBytes);
  }

  @Override
  public void differs(TcpConnection connection, TcpEndpoint sender, long offset, int count) {
    next.differs(connection, sender, offset, count);
  }

  @Override
  public void ended(TcpConnection connection, TcpEndpoint sender, TcpEnd end) {
    settle(connection);
    next.ended(connection, sender, end);
  }

  @Override
  public void released(TcpConnection connection, TcpRelease why) {
    settle(connection);
    next.released(connection, why);
  }
}
