package wscope.proxy;

import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;

/** Receives the events of a {@link Proxy}. */
public interface ProxyListener {
  /**
   * A client has sent a request.
   *
   * @param number the number of the connection, from 1
   * @return the listener for all events of the connection
   */
  ExchangeListener connected(long number);

  /** Receives an event that belongs to no connection. */
  void event(Event event);

  /** A round of events has ended, so output should be flushed. */
  void roundEnded();
}
