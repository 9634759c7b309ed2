package wscope.cli.connect;

import org.jspecify.annotations.Nullable;
import wscope.cli.dial.ConnectAdvice;
import wscope.cli.option.EndTrouble;
import wscope.connect.ClientListener;
import wscope.connection.Disconnected;
import wscope.connection.Timeouts;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;
import wscope.report.Report;

/** Passes the events of a client to its report. */
final class ConnectEvents implements ClientListener {
  private final Report report;
  private final Timeouts timeouts;
  private final Runnable onIdle;
  private @Nullable ExchangeListener connection;

  /**
   * Creates the listener.
   *
   * @param onIdle runs when only a user can decide what follows
   */
  ConnectEvents(Report report, Timeouts timeouts, Runnable onIdle) {
    this.report = report;
    this.timeouts = timeouts;
    this.onIdle = onIdle;
  }

  @Override
  public ExchangeListener connected(long number) {
    ExchangeListener opened = report.connection(Endpoint.CLIENT, number);
    connection = opened;
    return opened;
  }

  @Override
  public void disconnected(Disconnected event) {
    if (connection != null) {
      connection.event(
          new Event.Disconnected(
              Endpoint.CLIENT,
              event.opened(),
              event.closure(),
              event.end(),
              EndTrouble.of(event, Endpoint.CLIENT, timeouts, ConnectAdvice::onTls),
              event.totals(),
              event.lasted().toNanos()));
    }
  }

  @Override
  public void idle() {
    onIdle.run();
  }

  @Override
  public void event(Event event) {
    report.event(event);
  }

  @Override
  public void roundEnded() {
    report.flush();
  }
}
