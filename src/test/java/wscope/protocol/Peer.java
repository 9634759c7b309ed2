package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;
import wscope.support.SampleHandshake;

/**
 * A client without a network: feeds literal bytes to a server's {@link Session}, which echoes, and
 * stores what comes back. Fails the test if anything is written after the end of TCP.
 */
final class Peer implements SessionHandler, UpgradeHandler, ExchangeListener, TransportWriter {
  private final Recorder received = new Recorder();
  private final Recorder sent = new Recorder();
  private final List<String> messages = new ArrayList<>();
  private final List<String> handshakes = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<String> impossibleFaults = new ArrayList<>();
  private final List<String> pongs = new ArrayList<>();
  private @Nullable DeflateParameters compression;
  private UpgradeDecision.@Nullable Reject rejection;
  private List<ResponseFault> faults = List.of();
  private boolean replies = true;
  private Session session;
  private String lastOut = "";
  private Runnable onMessage = () -> {};
  private Runnable onWrite = () -> {};
  private int opened;
  private int ends;

  private Peer() {}

  /** A new connection. */
  static Peer connect(Limits limits) {
    Peer peer = new Peer();
    peer.session = Session.ofServer(limits, new BufferPool(), peer, peer, peer, peer);
    return peer;
  }

  /** A connection after the opening handshake. */
  static Peer open(Limits limits) {
    Peer peer = connect(limits);
    peer.feed(request());
    assertEquals(response(), peer.out());
    return peer;
  }

  /**
   * A connection that opened with an offer of permessage-deflate.
   *
   * @param offer value of Sec-WebSocket-Extensions
   * @param accepted the value of it that the response must have; null for none
   */
  static Peer offering(Limits limits, String offer, @Nullable String accepted) {
    Peer peer = connect(limits);
    peer.compression = DeflateParameters.DEFAULT;
    peer.feed(withExtensions(SampleHandshake.REQUEST, offer).getBytes(ISO_8859_1));
    String expected =
        accepted == null
            ? SampleHandshake.RESPONSE
            : withExtensions(SampleHandshake.RESPONSE, accepted);
    assertEquals(expected, new String(Vectors.bytes(peer.out()), ISO_8859_1));
    return peer;
  }

  private static String withExtensions(String head, String value) {
    String field = "Sec-WebSocket-Extensions: " + value + "\r\n\r\n";
    return head.substring(0, head.length() - 2) + field;
  }

  /** The request of a client, as bytes. */
  static byte[] request() {
    return SampleHandshake.REQUEST.getBytes(ISO_8859_1);
  }

  /** The response to it, in hex. */
  static String response() {
    return HexFormat.of().formatHex(SampleHandshake.RESPONSE.getBytes(ISO_8859_1));
  }

  /**
   * The code of the Close frame at the end of some output, in hex. Its payload length has 7 bits.
   */
  static String closeCode(String out) {
    byte[] bytes = Vectors.bytes(out);
    for (int at = 0; at + 1 < bytes.length; at++) {
      if (bytes[at] == (byte) 0x88 && bytes[at + 1] == bytes.length - at - 2) {
        return out.substring(2 * at + 4, 2 * at + 8);
      }
    }
    throw new AssertionError("no Close at the end of " + out);
  }

  Session session() {
    return session;
  }

  /** The messages that the handler received: type and payload in hex. */
  List<String> messages() {
    return messages;
  }

  /** The handshakes that the listener received: type of the result and status of the response. */
  List<String> handshakes() {
    return handshakes;
  }

  /** Breaks the link at the next write. */
  void breakAtNextWrite() {
    onWrite =
        () -> {
          onWrite = () -> {};
          session.end();
        };
  }

  /** Rejects every request with this response. */
  void reject(UpgradeDecision.Reject with) {
    rejection = with;
  }

  /** Commits these faults in the response that opens the WebSocket. */
  void commit(List<ResponseFault> inTheResponse) {
    faults = inTheResponse;
  }

  /** Replies neither to pings nor to Closes. */
  void replyToNothing() {
    replies = false;
  }

  /** The payloads of the pongs that the handler received, in hex. */
  List<String> pongs() {
    return pongs;
  }

  /** How often the handler was notified of the open WebSocket. */
  int opened() {
    return opened;
  }

  /** The ids of the faults that could not be committed. */
  List<String> impossibleFaults() {
    return impossibleFaults;
  }

  /** How often the session has ended TCP. */
  int ends() {
    return ends;
  }

  /** Everything that came back since the last call, in hex. */
  String out() {
    lastOut = HexFormat.of().formatHex(out.toByteArray());
    out.reset();
    return lastOut;
  }

  /** The result of the last call of {@link #out}. */
  String lastOut() {
    return lastOut;
  }

  /** Runs this after each echo. */
  void onMessage(Runnable then) {
    onMessage = then;
  }

  void feed(String hex) {
    feed(Vectors.bytes(hex));
  }

  void feed(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes.clone());
    session.feed(in);
    assertEquals(0, in.remaining(), "bytes are left");
  }

  void feedByteByByte(byte[] bytes) {
    for (byte b : bytes) {
      feed(new byte[] {b});
    }
  }

  @Override
  public PageDecision page(RequestHead request) {
    if (rejection != null) {
      return rejection;
    }
    return new PageDecision.Page(
        new HttpResponse(
            200, "OK", List.of(new OutgoingHeaderField("Connection", "close")), "page"));
  }

  @Override
  public UpgradeDecision upgrade(RequestHead request) {
    return rejection != null
        ? rejection
        : new UpgradeDecision.Accept(null, compression, List.of(), faults);
  }

  @Override
  public void message(Session to, Opcode type, ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    messages.add((type.label() + " " + HexFormat.of().formatHex(bytes)).strip());
    assertTrue(to.send(type, payload).isSent());
    assertTrue(to.state() == Session.State.CLOSED || !payload.hasRemaining());
    onMessage.run();
  }

  @Override
  public void opened(Session open) {
    assertEquals(Session.State.OPEN, open.state());
    opened++;
  }

  @Override
  public void pong(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    pongs.add(HexFormat.of().formatHex(bytes));
  }

  @Override
  public boolean repliesToPing() {
    return replies;
  }

  @Override
  public boolean repliesToClose() {
    return replies;
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Responded responded) {
      handshakes.add(
          responded.result().getClass().getSimpleName() + " " + responded.response().status());
    } else if (event instanceof Event.HeadIncomplete head) {
      handshakes.add("incomplete after " + head.raw().length());
    } else if (event instanceof Event.FaultImpossible fault) {
      impossibleFaults.add(fault.id());
    }
  }

  @Override
  public FrameListener frames(@Nullable Endpoint sender) {
    return sender == Endpoint.CLIENT ? received : sent;
  }

  Recorder received() {
    return received;
  }

  Recorder sent() {
    return sent;
  }

  @Override
  public void write(ByteBuffer bytes) {
    assertEquals(0, ends, "something is written after the end");
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    out.writeBytes(copy);
    onWrite.run();
  }

  @Override
  public void end() {
    ends++;
  }
}
