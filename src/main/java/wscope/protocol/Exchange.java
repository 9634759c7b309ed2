package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.rule.Endpoint;

/**
 * Decodes the bytes of one connection, split anywhere and in any order between its two directions.
 * Each direction has its own decoder and receiver; both share the opening handshake and its
 * agreement. Each direction counts its frames, messages and offsets from its first frame.
 *
 * <p>Not safe for use by several threads.
 */
public final class Exchange implements AutoCloseable {
  private final OpeningHandshake handshake;
  private final DirectionReader client;
  private final DirectionReader server;
  private boolean serverEnded;

  /**
   * Creates an exchange for observed bytes. A direction may begin with its head or, if its start
   * was missed, with frames.
   *
   * @param agreed the negotiated parameters of permessage-deflate; null to take them from the
   *     response
   * @param pool the buffer pool of the thread that reads
   */
  public Exchange(
      Limits limits,
      @Nullable DeflateParameters agreed,
      BufferPool pool,
      ExchangeListener listener) {
    handshake = new OpeningHandshake(limits, limits, agreed, listener, UnaryOperator.identity());
    client = new DirectionReader(Endpoint.CLIENT, limits, pool, listener, handshake, false);
    server = new DirectionReader(Endpoint.SERVER, limits, pool, listener, handshake, false);
  }

  private Exchange(
      Endpoint self,
      Limits limits,
      BufferPool pool,
      ExchangeListener listener,
      UnaryOperator<HandshakeResult> decision) {
    Limits ofClient = self == Endpoint.CLIENT ? Limits.OWN : limits;
    Limits ofServer = self == Endpoint.SERVER ? Limits.OWN : limits;
    handshake = new OpeningHandshake(ofClient, ofServer, null, listener, decision);
    client = new DirectionReader(Endpoint.CLIENT, ofClient, pool, listener, handshake, true);
    server = new DirectionReader(Endpoint.SERVER, ofServer, pool, listener, handshake, true);
  }

  /**
   * Creates an exchange for one of the endpoints. Each direction begins with a head.
   *
   * @param self the endpoint; no limits apply to its own frames
   * @param limits the limits for the peer's input
   * @param decision turns the result that the rules give into the decision of the server
   */
  public static Exchange ofEndpoint(
      Endpoint self,
      Limits limits,
      BufferPool pool,
      ExchangeListener listener,
      UnaryOperator<HandshakeResult> decision) {
    return new Exchange(self, limits, pool, listener, decision);
  }

  /**
   * Reads bytes that an endpoint has sent. It unmasks payloads in place: do not use the bytes
   * again. Bytes after a request, and frames of a client without a known agreement, stay in the
   * buffer until the server's direction shows how to read them: by a response, by frames or by its
   * end. A response is checked against its request.
   */
  public void feed(Endpoint sender, ByteBuffer in) {
    DirectionReader reader = reader(sender);
    reader.feed(in);
    if (!isInFrames() && isResponseKnown()) {
      boolean waited = reader.awaitsResponse();
      responseKnown();
      if (waited) {
        reader.feed(in);
      }
    }
  }

  /** Ends a direction. All its bytes have been read, except those that wait for the response. */
  public void end(Endpoint sender) {
    serverEnded |= sender == Endpoint.SERVER;
    if (isResponseKnown()) {
      responseKnown();
    }
    reader(sender).end();
  }

  /** Whether both directions are reading frames. Once true, this never changes. */
  private boolean isInFrames() {
    return client.isInFrames() && server.isInFrames();
  }

  /** Whether it is known, or will never be known, how to read the client's bytes. */
  private boolean isResponseKnown() {
    return handshake.hasResponse() || server.isInFrames() || serverEnded;
  }

  private void responseKnown() {
    boolean opened = handshake.opened() || !handshake.hasResponse();
    client.responseKnown(opened);
    server.responseKnown(opened);
  }

  /** The input that an endpoint is expected to send next. */
  public AwaitedInput awaited(Endpoint sender) {
    return reader(sender).awaited();
  }

  /** Releases the memory of open messages. Do not call {@link #feed} afterwards. */
  @Override
  public void close() {
    client.close();
    server.close();
  }

  /** Whether an endpoint has begun but not ended a frame or a message. */
  boolean isInside(Endpoint sender) {
    return reader(sender).isInside();
  }

  /** Sets the parameters that the endpoints agreed on, regardless of the response. */
  public void agree(@Nullable DeflateParameters agreed) {
    handshake.agree(agreed);
  }

  /** Opens the WebSocket, regardless of the response. */
  public void open() {
    client.startFrames();
    server.startFrames();
  }

  /** The negotiated parameters of permessage-deflate; null if it is not in use. */
  @Nullable DeflateParameters agreed() {
    return handshake.agreed();
  }

  /** The parameters with which an endpoint compresses; null if permessage-deflate is not in use. */
  @Nullable DeflateParameters compressionOf(Endpoint self) {
    return handshake.compressionOf(self);
  }

  /** Whether a listener receives the frames of an endpoint. */
  boolean hasListener(Endpoint sender) {
    return reader(sender).hasListener();
  }

  /** Leaves the bytes after the current message for the next feed. */
  void pause(Endpoint sender) {
    reader(sender).pause();
  }

  /** Whether the last feed left bytes for the next one. */
  boolean isPaused(Endpoint sender) {
    return reader(sender).isPaused();
  }

  /** Reads nothing more from an endpoint. */
  public void stop(Endpoint sender) {
    reader(sender).stop();
  }

  private DirectionReader reader(Endpoint sender) {
    return sender == Endpoint.CLIENT ? client : server;
  }
}
