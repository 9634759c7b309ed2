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
   * @param number the number of the connection, from 1
   * @return the listener for all events of the connection except its end
   */
  ExchangeListener connected(long number);

  /** A connection is gone. */
  void disconnected(Disconnected event);

  /** Receives an event that belongs to no connection. */
  void event(Event event);

  /**
   * A client wants to watch: it receives only events of other connections. Called before the
   * handshake of that client.
   *
   * @param watcher the client's connection, which accepts text messages while it is open and does
   *     not lag
   * @param all whether it receives the events of all connections; otherwise, those of {@link
   *     #watched}
   */
  void watches(Connection watcher, boolean all);

  /**
   * A client requests that a watcher receive all events of its connection. Called before the
   * handshake of that connection.
   *
   * @param number the number of the connection
   * @param watcher the number of the watcher's connection
   */
  void watched(long number, long watcher);

  /** The number of copies of each unfinished message that the listeners of a connection keep. */
  default int copies() {
    return 0;
  }

  /** A round of events has ended, so output should be flushed. */
  void roundEnded();
}
