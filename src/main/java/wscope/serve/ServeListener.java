package wscope.serve;

import wscope.connection.Connection;
import wscope.connection.Disconnected;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;

/** Hears of the connections of a {@link Server}. */
public interface ServeListener {
  /**
   * A client has connected.
   *
   * @param number of the connection, from 1
   * @return hears of everything on it but its end
   */
  ExchangeListener connected(long number);

  /** A connection is gone. */
  void disconnected(Disconnected event);

  /** Something has happened to no single connection. */
  void event(Event event);

  /**
   * A client only wants to hear of what happens on other connections; before its handshake.
   *
   * @param watcher takes texts, as long as it is open and does not lag
   */
  void watches(Connection watcher);

  /**
   * A client asks that a watcher hears of everything on its connection; before its handshake.
   *
   * @param watcher the number of the watcher's connection
   */
  void watched(long number, long watcher);

  /** A round of events is over; a good time to write them out. */
  void roundEnded();
}
