package wscope.connect;

import wscope.connection.Disconnected;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;

/** Receives the events of a {@link Client}. */
public interface ClientListener {
  /**
   * TCP is connected.
   *
   * @param number the number of the connection, from 1
   * @return the listener for all events of the connection except its end
   */
  ExchangeListener connected(long number);

  /** The connection is gone. */
  void disconnected(Disconnected event);

  /** The client waits for {@link Client#reconnect} or {@link Client#stop}. */
  void idle();

  /** Receives an event that belongs to no connection. */
  void event(Event event);

  /** A round of events has ended, so output should be flushed. */
  void roundEnded();
}
