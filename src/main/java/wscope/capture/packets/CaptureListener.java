package wscope.capture.packets;

import wscope.protocol.event.ExchangeListener;

/** Receives the WebSocket connections of a capture, in the order of its packets. */
public interface CaptureListener {
  /**
   * Receives the time of the events that follow.
   *
   * @param nanos since 1970
   */
  void time(long nanos);

  /**
   * A connection begins.
   *
   * @param number the number of the connection, from 1
   */
  ExchangeListener connection(long number);
}
