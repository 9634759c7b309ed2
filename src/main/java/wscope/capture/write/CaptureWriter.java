package wscope.capture.write;

import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;

/** Writes connections to a {@link CaptureFile}. */
public interface CaptureWriter extends AutoCloseable {
  /**
   * Returns the listener for a connection.
   *
   * @param self the endpoint that reports the connection
   * @param number the number of the connection, from 1
   */
  ExchangeListener connection(Endpoint self, long number);

  /** Receives an event that belongs to no single connection. */
  void event(Event event);

  /** Writes what has been gathered. */
  void flush();

  /** Writes the rest. The caller closes the file. */
  @Override
  void close();
}
