package wscope.capture;

import java.time.Instant;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;

/** Hears of a recording in the order of its lines. */
public interface RecordingListener {
  /** What follows happened at this time. */
  void time(Instant time);

  /**
   * A connection begins.
   *
   * @param self the end that was recorded
   * @param number from 1
   */
  ExchangeListener connection(Endpoint self, long number);

  /** Something happened to no single connection. */
  void event(Event event);
}
