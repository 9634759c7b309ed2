package wscope.connect;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.net.TlsDetails;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;

/** Reports the result of the TLS handshake before the connection sends its request. */
public final class SecuredLink implements LinkHandler {
  private final Link link;
  private final LinkHandler connection;
  private final ExchangeListener listener;
  private final Function<TlsDetails, Event.@Nullable Certificate> certificates;
  private final long connected = System.nanoTime();

  /**
   * Creates the handler of a link to a server.
   *
   * @param connection the handler of everything else
   * @param certificates describes the certificate of the server; null if it sent none
   */
  public SecuredLink(
      Link link,
      LinkHandler connection,
      ExchangeListener listener,
      Function<TlsDetails, Event.@Nullable Certificate> certificates) {
    this.link = link;
    this.connection = connection;
    this.listener = listener;
    this.certificates = certificates;
  }

  @Override
  public void established() {
    TlsDetails tls = link.tls();
    if (tls != null) {
      listener.event(
          new Event.Secured(
              tls.version(),
              tls.cipherSuite(),
              tls.protocol(),
              certificates.apply(tls),
              System.nanoTime() - connected));
    }
    connection.established();
  }

  @Override
  public void received(ByteBuffer bytes) {
    connection.received(bytes);
  }

  @Override
  public void drained() {
    connection.drained();
  }

  @Override
  public void giveUp() {
    connection.giveUp();
  }

  @Override
  public void freeMemory() {
    connection.freeMemory();
  }

  @Override
  public void ended() {
    connection.ended();
  }

  @Override
  public void closed(@Nullable Exception cause) {
    connection.closed(cause);
  }
}
