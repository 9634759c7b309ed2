package wscope.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The events of a link that is opened or accepted, in order. The link ends when its peer does. */
public final class LinkEvents implements LinkConnector, LinkAcceptor, LinkHandler {
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private volatile Link link;
  private volatile TlsDetails tls;

  public Link link() {
    return link;
  }

  /** The details of TLS when the link was established. */
  public TlsDetails tls() {
    return tls;
  }

  public void expect(String... expected) throws InterruptedException {
    for (String event : expected) {
      assertEquals(event, next());
    }
  }

  public String next() throws InterruptedException {
    String event = events.poll(10, SECONDS);
    assertNotNull(event, "nothing happened");
    return event;
  }

  public boolean isEmpty() {
    return events.isEmpty();
  }

  /** Expects the bytes of a text, in any number of pieces. */
  public void expectText(String expected) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    while (text.length() < expected.length()) {
      String event = next();
      assertEquals("received ", event.substring(0, Math.min(9, event.length())), event);
      text.append(event, 9, event.length());
    }
    assertEquals(expected, text.toString());
  }

  public static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  @Override
  public LinkHandler connected(Link link) {
    return accepted(link);
  }

  @Override
  public LinkHandler accepted(Link link) {
    this.link = link;
    return this;
  }

  @Override
  public void failed(SocketFailure failure, IOException cause) {
    events.add("failed " + failure);
  }

  @Override
  public void failed(IOException cause) {
    events.add("failed " + cause);
  }

  @Override
  public void established() {
    tls = link.tls();
    events.add("established");
  }

  @Override
  public void received(ByteBuffer bytes) {
    events.add("received " + ISO_8859_1.decode(bytes));
  }

  @Override
  public void ended() {
    events.add("ended");
    link.end();
  }

  @Override
  public void closed(Exception cause) {
    events.add(
        cause == null ? "closed" : "closed " + SocketFailure.of(cause) + " " + cause.getMessage());
  }
}
