package wscope.connect;

import java.util.function.Consumer;
import wscope.connection.Behaviour;
import wscope.connection.Connection;
import wscope.connection.ConnectionOwner;
import wscope.connection.Role;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.protocol.RequestFault;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.rule.Endpoint;

/**
 * Opens connections on links to a server: sends the request, with the faults of the behaviour.
 *
 * @param pool the buffers of all connections
 * @param owner learns what happens to the connections
 */
record Opening(EventLoop loop, BufferPool pool, ConnectionOwner owner) {
  /**
   * Opens a connection.
   *
   * @param nanos the time that TCP took to connect
   * @param shown receives the events of the connection
   */
  Connection open(
      long number,
      Link link,
      long nanos,
      ClientSettings settings,
      Behaviour behaviour,
      ExchangeListener shown) {
    Connection opened =
        Connection.ofClient(
            number,
            loop,
            link,
            settings.connection(),
            pool,
            owner,
            shown,
            broken(settings.requests().get(), behaviour, shown::event),
            nanos,
            settings.maskingKeys());
    behave(opened, settings, behaviour);
    return opened;
  }

  /** Changes the behaviour of a connection. */
  static void behave(Connection connection, ClientSettings settings, Behaviour behaviour) {
    String resource = settings.target().resource();
    connection.admit(new Role(resource, false, false, Event.QueryLeft.NOTHING), behaviour);
  }

  /** Commits the faults of a behaviour in a request, as far as possible. */
  private static HttpRequest broken(
      HttpRequest correct, Behaviour behaviour, Consumer<Event> events) {
    HttpRequest request = correct;
    for (RequestFault fault : behaviour.faults(Endpoint.CLIENT, RequestFault.class)) {
      HttpRequest changed = fault.commit(request);
      if (changed == null) {
        events.accept(new Event.FaultImpossible(fault.id()));
      } else {
        request = changed;
      }
    }
    return request;
  }
}
