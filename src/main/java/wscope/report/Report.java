package wscope.report;

import java.io.Flushable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;

/**
 * What a command shows on its standard output, as text or as JSON. Everything is gathered and
 * written by {@link #flush}, earlier if it grows large; then each method throws {@link
 * java.io.UncheckedIOException} if the output takes nothing more.
 */
public interface Report extends Flushable {
  /**
   * For a stream of bytes that is decoded; ask for one only.
   *
   * @param totals count the stream
   */
  ExchangeListener stream(Totals totals);

  /**
   * For a connection, from {@link Event.Connected} to {@link Event.Disconnected}.
   *
   * @param self the end that shows it
   * @param number of the connection, from 1
   */
  ExchangeListener connection(Endpoint self, long number);

  /** Shows what happens to no single connection. */
  void event(Event event);

  /** Writes out what was gathered. */
  @Override
  void flush();
}
