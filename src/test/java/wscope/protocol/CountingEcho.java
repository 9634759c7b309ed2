package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/**
 * A server's session that echoes, and only counts what it sends: for input too large to compare
 * byte for byte.
 */
final class CountingEcho
    implements SessionHandler, UpgradeHandler, ExchangeListener, TransportWriter {
  private final Session session;
  private long written;
  private int status;
  private int ends;

  /** A new connection, which accepts permessage-deflate. */
  CountingEcho(Limits limits) {
    session = Session.ofServer(limits, new BufferPool(), this, this, this, this);
  }

  /** A connection after the opening handshake, with or without permessage-deflate. */
  static CountingEcho open(Limits limits, boolean deflate) {
    CountingEcho echo = new CountingEcho(limits);
    String request = new String(Peer.request(), ISO_8859_1);
    String offer = "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
    String head = request.substring(0, request.length() - 2) + (deflate ? offer : "\r\n");
    echo.feed(head.getBytes(ISO_8859_1));
    assertEquals(101, echo.status);
    echo.written = 0;
    return echo;
  }

  Session session() {
    return session;
  }

  /** How many bytes the session has written after its response. */
  long written() {
    return written;
  }

  /** The status of the response; 0 before it was written. */
  int status() {
    return status;
  }

  /** How often the session has ended TCP. */
  int ends() {
    return ends;
  }

  void feed(byte[] bytes) {
    session.feed(ByteBuffer.wrap(bytes));
  }

  @Override
  public void message(Session to, Opcode type, ByteBuffer payload) {
    to.send(type, payload);
  }

  @Override
  public UpgradeDecision upgrade(RequestHead request) {
    return new UpgradeDecision.Accept(null, DeflateParameters.DEFAULT, List.of(), List.of());
  }

  @Override
  public PageDecision page(RequestHead request) {
    return new PageDecision.Page(new HttpResponse(200, "OK", List.of(), "page"));
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Responded responded) {
      status = responded.response().status();
    } else if (event instanceof Event.FaultImpossible fault) {
      throw new AssertionError(fault.id());
    }
  }

  @Override
  public void write(ByteBuffer bytes) {
    written += bytes.remaining();
    bytes.position(bytes.limit());
  }

  @Override
  public void end() {
    ends++;
  }
}
