package wscope.report;

import java.io.Flushable;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;

/**
 * The standard output of a command, as text or as JSON. Output is buffered and written by {@link
 * #flush}, or earlier if it grows large, so each method throws {@link java.io.UncheckedIOException}
 * if the output fails.
 */
public interface Report extends Flushable {
  /**
   * Returns the listener for a decoded stream. Call this method only once.
   *
   * @param totals counts the stream
   */
  ExchangeListener stream(Totals totals);

  /**
   * Returns the listener for a connection, which gets all events from {@link Event.Connected} to
   * {@link Event.Disconnected} or {@link Event.Parted}.
   *
   * @param self the endpoint that reports the connection; null for a proxy between both
   * @param number the number of the connection, from 1
   */
  ExchangeListener connection(@Nullable Endpoint self, long number);

  /** Reports an event that belongs to no single connection. */
  void event(Event event);

  /** Writes the buffered output. */
  @Override
  void flush();
}
