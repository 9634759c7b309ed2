package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.MessagePool;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/**
 * A session of a server that echoes, and of which only numbers are kept: for input that is too
 * large to be compared byte for byte.
 */
final class SilentEcho implements SessionHandler, SessionListener, Outlet {
  private final Session session;
  private long written;
  private int status;
  private int ends;

  /** A connection on which nothing has been sent; permessage-deflate is accepted. */
  SilentEcho(Limits limits) {
    session = new Session(limits, new MessagePool(), this, this, this);
  }

  /** A connection with the opening handshake done, and permessage-deflate agreed on if offered. */
  static SilentEcho open(Limits limits, boolean deflate) {
    SilentEcho echo = new SilentEcho(limits);
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

  /** How many bytes have come back, behind the answer to the handshake. */
  long written() {
    return written;
  }

  /** Of the answer to the handshake; 0 before there is one. */
  int status() {
    return status;
  }

  /** How often the connection was ended by the server. */
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
  public Reception receive(RequestHead request) {
    return new Reception.Welcome(null, DeflateParameters.DEFAULT, List.of(), List.of());
  }

  @Override
  public PageAnswer page(RequestHead request) {
    return new PageAnswer.Page(new HttpResponse(200, "OK", List.of(), "page"));
  }

  @Override
  public void unable(Fault fault) {
    throw new AssertionError(fault.id());
  }

  @Override
  public void handshake(String received, Handshake handshake, HttpResponse response) {
    status = response.status();
  }

  @Override
  public void requestTorn(String received) {}

  @Override
  public InspectionListener received() {
    return new InspectionListener() {};
  }

  @Override
  public @Nullable InspectionListener sent() {
    return null;
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
