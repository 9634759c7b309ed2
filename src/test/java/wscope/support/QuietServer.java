package wscope.support;

import wscope.connection.Connection;
import wscope.connection.Disconnected;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.serve.ServeListener;

/** Ignores all events of a server. */
public final class QuietServer implements ServeListener {
  @Override
  public ExchangeListener connected(long number) {
    return new ExchangeListener() {};
  }

  @Override
  public void disconnected(Disconnected event) {}

  @Override
  public void event(Event event) {}

  @Override
  public void watches(Connection watcher, boolean all) {}

  @Override
  public void watched(long number, long watcher) {}

  @Override
  public void roundEnded() {}
}
