package wscope.serve;

import wscope.connection.Connection;
import wscope.connection.Disconnected;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;

/** Receives the events of a {@link Server}. */
public interface ServeListener {
  /**
   * A client has connected.
   *
   * @param number of the connection, from 1
   * @return receives all its events except its end
   */
  ExchangeListener connected(long number);

  /** A connection is gone. */
  void disconnected(Disconnected event);

  /** An event that belongs to no connection. */
  void event(Event event);

  /**
   * A client watches: it receives only events of other connections. Called before its handshake.
   *
   * @param watcher accepts text messages while it is open and does not lag
   */
  void watches(Connection watcher);

  /**
   * A client requests that a watcher receive all events of its connection. Called before its
   * handshake.
   *
   * @param watcher the number of the watcher's connection
   */
  void watched(long number, long watcher);

  /** A round of events has ended: time to flush output. */
  void roundEnded();
}
