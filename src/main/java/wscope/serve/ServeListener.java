package wscope.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import wscope.protocol.SessionListener;

/** Hears of the connections of a {@link Server}. */
public interface ServeListener {
  /**
   * A client has connected.
   *
   * @param number of the connection, from 1
   * @return hears of everything on it
   */
  SessionListener connected(long number, InetSocketAddress remote);

  /** A connection is gone. */
  void disconnected(Disconnected event);

  /**
   * A client takes so little that messages which others cause are not sent to it any more; told
   * once of each connection.
   */
  void lagging(long number);

  /**
   * A client only wants to be told what happens on other connections; told before its handshake.
   *
   * @param watcher takes texts, as long as it is open and does not lag
   */
  void watches(Connection watcher);

  /**
   * A client asks that a watcher is told of everything on its connection; told before its
   * handshake.
   *
   * @param watcher the number of the watcher's connection
   */
  void watched(long number, long watcher);

  /** A client was turned away: there are as many connections as are allowed. */
  void turnedAway(InetSocketAddress remote);

  /** A client could not be accepted, for want of file descriptors as a rule. */
  void acceptFailed(IOException cause);

  /** A round of events is over; a good time to write them out. */
  void roundEnded();
}
