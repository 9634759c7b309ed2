package wscope.capture;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;

/** Receives the events of a recording in the order of its lines. */
public interface RecordingListener {
  /** Receives the time of the events that follow. */
  void time(Instant time);

  /**
   * A connection begins.
   *
   * @param self the endpoint from whose side the recording was made; null for a proxy
   * @param number the number of the connection, from 1
   */
  ExchangeListener connection(@Nullable Endpoint self, long number);

  /** The recording was redacted: other characters stand in place of secrets. */
  default void redacted() {}

  /** Receives an event that belongs to no single connection. */
  void event(Event event);
}
