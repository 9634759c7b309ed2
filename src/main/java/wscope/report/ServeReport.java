package wscope.report;

import java.net.InetSocketAddress;

/**
 * What a server shows. Everything is gathered and written by {@link #flush}, earlier if it grows
 * large; then each method throws {@link java.io.UncheckedIOException} if the output takes nothing
 * more.
 */
public interface ServeReport {
  /** A server listens. */
  void listening(Listening server);

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
   * Events can no longer be recorded; the file ends with the last one that could.
   *
   * @param cause in words
   */
  void recordingStopped(String cause);

  /**
   * The server has stopped.
   *
   * @param connections how many clients had connected
   */
  void stopped(long connections);

  /** Writes out what was gathered. */
  void flush();
}
