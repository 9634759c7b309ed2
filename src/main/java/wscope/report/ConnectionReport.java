package wscope.report;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Closure;
import wscope.protocol.SessionListener;
import wscope.protocol.TcpEnd;
import wscope.protocol.Traffic;

/** Shows one connection to a server, up to its end. */
public interface ConnectionReport extends SessionListener {
  /** The client is only told what happens on other connections; see {@link WatcherReport}. */
  void watches();

  /**
   * Everything on this connection is told to a watcher too.
   *
   * @param watcher the number of its connection
   */
  void watched(long watcher);

  /**
   * The client takes so little that messages which others cause are not sent to it any more; told
   * once.
   */
  void lagging();

  /**
   * The connection is gone.
   *
   * @param opened whether the opening handshake had succeeded
   * @param tcpEnd who ended TCP, and how
   * @param trouble what went wrong below the protocol, in words; null if nothing did
   * @param traffic all that went over it
   * @param lasted from the connection to its end
   */
  void disconnected(
      boolean opened,
      Closure closure,
      TcpEnd tcpEnd,
      @Nullable String trouble,
      Traffic traffic,
      Duration lasted);
}
