package wscope.report;

import java.net.InetSocketAddress;
import wscope.protocol.ConversationListener;

/**
 * What a command shows on its standard output, as text or as JSON. Everything is gathered and
 * written by {@link #flush}, earlier if it grows large; then each method throws {@link
 * java.io.UncheckedIOException} if the output takes nothing more.
 */
public interface Report {
  /** For a stream of bytes that is decoded; ask for one only. */
  ConversationListener conversation();

  /**
   * A server listens.
   *
   * @param tls whether its clients are to speak TLS
   */
  void listening(InetSocketAddress address, boolean tls);

  /**
   * A client has connected to the server.
   *
   * @param number of the connection, from 1
   * @return for everything on it
   */
  ConnectionReport connected(long number, InetSocketAddress remote);

  /** A client was turned away: there are as many connections as are allowed. */
  void turnedAway(InetSocketAddress remote);

  /**
   * A client could not be accepted.
   *
   * @param cause in words
   */
  void acceptFailed(String cause);

  /**
   * The server has stopped.
   *
   * @param connections how many clients had connected
   */
  void stopped(long connections);

  /** Writes out what was gathered. */
  void flush();
}
