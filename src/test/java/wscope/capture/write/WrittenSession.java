package wscope.capture.write;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Limits;
import wscope.protocol.PageDecision;
import wscope.protocol.Session;
import wscope.protocol.SessionHandler;
import wscope.protocol.TransportWriter;
import wscope.protocol.UpgradeDecision;
import wscope.protocol.UpgradeHandler;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;

/** An echo server's session that a writer records, one millisecond for each read. */
final class WrittenSession implements SessionHandler, UpgradeHandler, TransportWriter {
  static final String REQUEST =
      """
      GET /chat?a=1&b HTTP/1.1\r
      Host: example.com:8080\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      """;

  /** A clock that only a test moves. */
  static final class Clock implements InstantSource {
    Instant now = Instant.parse("2026-11-28T12:00:00.000001Z");

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** A file in memory, as its contract says. */
  static final class MemoryFile implements CaptureFile {
    byte[] bytes = {};
    int tail;
    int appends;

    @Override
    public void append(byte[] more, int length, int tailLength) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(bytes, 0, bytes.length - tail);
      all.write(more, 0, length);
      bytes = all.toByteArray();
      tail = tailLength;
      appends++;
    }
  }

  final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final CaptureWriter writer;
  private final Clock clock;
  private final BufferPool pool = new BufferPool();
  private final ExchangeListener listener;
  private final Session session;

  WrittenSession(CaptureWriter writer, Clock clock, long number, String server, String client) {
    this.writer = writer;
    this.clock = clock;
    listener = writer.connection(Endpoint.SERVER, number);
    listener.event(
        new Event.Connected(
            new Event.Address.Tcp(client, 52100), new Event.Address.Tcp(server, 8080), -1));
    session = Session.ofServer(Limits.SERVER, pool, this, this, listener, this);
  }

  void feed(byte[] bytes) {
    clock.now = clock.now.plusMillis(1);
    session.feed(ByteBuffer.wrap(bytes.clone()));
    writer.flush();
  }

  void disconnect(TransportEnd end) {
    clock.now = clock.now.plusMillis(1);
    session.end();
    listener.event(
        new Event.Disconnected(
            Endpoint.SERVER,
            session.hasOpened(),
            session.closure(),
            end,
            null,
            ConnectionTotals.NONE,
            1));
    writer.flush();
    pool.close();
  }

  boolean isOpen() {
    return session.state() == Session.State.OPEN;
  }

  @Override
  public PageDecision page(RequestHead request) {
    return new PageDecision.Page(new HttpResponse(200, List.of(), "a page \u00e9\n"));
  }

  @Override
  public UpgradeDecision upgrade(RequestHead request) {
    List<String> offered = request.subprotocols();
    @Nullable String subprotocol = offered.isEmpty() ? null : offered.get(0);
    return new UpgradeDecision.Accept(subprotocol, DeflateParameters.DEFAULT, List.of(), List.of());
  }

  @Override
  public void message(Session to, Opcode type, ByteBuffer payload) {
    to.send(type, payload);
  }

  @Override
  public void write(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    sent.writeBytes(copy);
  }

  @Override
  public void end() {}
}
