package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * Either end of a connection without a network: a {@link Session}, what its handler and its
 * listener receive, and the bytes that it sends. Fails the test if anything is sent after the end
 * of TCP.
 */
final class TestEndpoint
    implements SessionHandler, UpgradeHandler, ExchangeListener, TransportWriter {
  /** A key of zeros, which leaves payloads readable. */
  static final IntSupplier KEY_ZERO = () -> 0;

  /** The key of RFC 6455 §5.7. */
  static final IntSupplier KEY_OF_RFC = () -> 0x37fa213d;

  private final Session session;
  private final Recorder received = new Recorder();
  private final Recorder sent = new Recorder();
  private final List<String> messages = new ArrayList<>();
  private final List<String> pongs = new ArrayList<>();
  private final List<Session.State> states = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Endpoint> listenedTo = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Bytes sent earlier, some of which were taken. */
  private byte[] queue = {};

  private int taken;
  private Function<RequestHead, UpgradeDecision> upgrades =
      request -> new UpgradeDecision.Accept(null, null, List.of(), List.of());
  private boolean echoes;
  private Runnable onMessage = () -> {};
  private int opened;
  private int ends;

  private TestEndpoint(Endpoint self, Limits limits, IntSupplier maskingKeys) {
    session =
        self == Endpoint.SERVER
            ? Session.ofServer(limits, new BufferPool(), this, this, this, this)
            : Session.ofClient(limits, new BufferPool(), maskingKeys, this, this, this);
  }

  /** A server that accepts every request and stores what it receives. */
  static TestEndpoint server(Limits limits) {
    return new TestEndpoint(Endpoint.SERVER, limits, KEY_ZERO);
  }

  /** A client that has sent nothing and stores what it receives. */
  static TestEndpoint client(Limits limits, IntSupplier maskingKeys) {
    return new TestEndpoint(Endpoint.CLIENT, limits, maskingKeys);
  }

  /** Echoes every message. */
  TestEndpoint echoing() {
    echoes = true;
    return this;
  }

  /** Decides about requests with this function. */
  TestEndpoint deciding(Function<RequestHead, UpgradeDecision> decision) {
    upgrades = decision;
    return this;
  }

  /** Runs this after each message. */
  void onMessage(Runnable then) {
    onMessage = then;
  }

  Session session() {
    return session;
  }

  /** Sends the request of a client. */
  void connect(HttpRequest request) {
    session.connect(request);
  }

  void feed(String hex) {
    feed(Vectors.bytes(hex));
  }

  void feedText(String text) {
    feed(text.getBytes(ISO_8859_1));
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

  /** Everything that was sent since the last call, in hex. */
  String out() {
    String hex = HexFormat.of().formatHex(out.toByteArray());
    out.reset();
    return hex;
  }

  /** The same as text, one character for each byte. */
  String outText() {
    return new String(Vectors.bytes(out()), ISO_8859_1);
  }

  /** Takes up to {@code most} of the bytes that were sent. */
  byte[] take(int most) {
    if (taken == queue.length) {
      queue = out.toByteArray();
      out.reset();
      taken = 0;
    }
    int from = taken;
    taken = (int) Math.min((long) from + most, queue.length);
    return Arrays.copyOfRange(queue, from, taken);
  }

  /** Whether some sent bytes were not taken. */
  boolean hasOutput() {
    return taken < queue.length || out.size() > 0;
  }

  /** How often this end has ended TCP. */
  int ends() {
    return ends;
  }

  /** How often the handler was notified of the open WebSocket. */
  int opened() {
    return opened;
  }

  /** The messages that the handler received: type and payload in hex. */
  List<String> messages() {
    return messages;
  }

  /** The payloads of the pongs that the handler received, in hex. */
  List<String> pongs() {
    return pongs;
  }

  /** The states that the handler was notified of. */
  List<Session.State> states() {
    return states;
  }

  /** The frames of the peer. */
  Recorder received() {
    return received;
  }

  /** The frames that this end has sent. */
  Recorder sent() {
    return sent;
  }

  /** The endpoints whose frames were announced to the listener. */
  List<Endpoint> listenedTo() {
    return listenedTo;
  }

  /** The events of a kind. */
  <T extends Event> List<T> events(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The body of a response that opens no WebSocket, as far as it was received. */
  String body() {
    StringBuilder body = new StringBuilder();
    for (Event.Body part : events(Event.Body.class)) {
      body.append(ISO_8859_1.decode(part.bytes()));
    }
    return body.toString();
  }

  /** The rules that the heads break. */
  List<Rule> brokenByHeads() {
    return events.stream().flatMap(TestEndpoint::violations).map(Violation::rule).toList();
  }

  /** The ids of the rules that the frames of the peer break. */
  List<String> brokenByFrames() {
    return received.found().stream().map(found -> found.substring(0, found.indexOf(':'))).toList();
  }

  private static Stream<Violation> violations(Event event) {
    return event instanceof Event.Request request
        ? request.result().violations().stream()
        : event instanceof Event.Response response
            ? response.violations().stream()
            : Stream.empty();
  }

  @Override
  public PageDecision page(RequestHead request) {
    return new PageDecision.Page(new HttpResponse(200, List.of(), "page"));
  }

  @Override
  public UpgradeDecision upgrade(RequestHead request) {
    return upgrades.apply(request);
  }

  @Override
  public void opened(Session open) {
    assertEquals(Session.State.OPEN, open.state());
    opened++;
  }

  @Override
  public void stateChanged(Session.State state) {
    states.add(state);
  }

  @Override
  public void message(Session to, Opcode type, ByteBuffer payload) {
    messages.add((type.label() + " " + hex(payload.duplicate())).strip());
    if (echoes) {
      assertTrue(to.send(type, payload).isSent());
    }
    onMessage.run();
  }

  @Override
  public void pong(ByteBuffer payload) {
    pongs.add(hex(payload));
  }

  /** Copies a buffer that is valid only during the call. */
  @Override
  public void event(Event event) {
    events.add(
        event instanceof Event.Body body
            ? new Event.Body(body.sender(), ByteBuffer.wrap(Vectors.bytes(hex(body.bytes()))))
            : event);
  }

  @Override
  public FrameListener frames(@Nullable Endpoint sender) {
    listenedTo.add(sender);
    return sender == session.self() ? sent : received;
  }

  @Override
  public void write(ByteBuffer bytes) {
    assertEquals(0, ends, "something is written after the end");
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    out.writeBytes(copy);
  }

  @Override
  public void end() {
    ends++;
  }

  private static String hex(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
