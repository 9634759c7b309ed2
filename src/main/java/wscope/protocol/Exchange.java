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
    DirectionReader.Kind kind = DirectionReader.Kind.CAPTURED;
    client = new DirectionReader(Endpoint.CLIENT, limits, pool, listener, handshake, kind);
    server = new DirectionReader(Endpoint.SERVER, limits, pool, listener, handshake, kind);
    compareFrames();
  }

  private Exchange(
      Limits limits, BufferPool pool, ExchangeListener listener, DirectionReader.Kind kind) {
    handshake = new OpeningHandshake(limits, limits, null, listener, UnaryOperator.identity());
    client = new DirectionReader(Endpoint.CLIENT, limits, pool, listener, handshake, kind);
    server = new DirectionReader(Endpoint.SERVER, limits, pool, listener, handshake, kind);
    if (kind == DirectionReader.Kind.PASSING) {
      compareFrames();
    }
  }

  /**
   * Creates an exchange for bytes that pass between two endpoints. Each direction begins with a
   * head. What cannot be read is reported as {@link wscope.protocol.event.Event.Opaque}.
   *
   * @param pool the buffer pool of the thread that reads
   */
  public static Exchange ofPassing(Limits limits, BufferPool pool, ExchangeListener listener) {
    return new Exchange(limits, pool, listener, DirectionReader.Kind.PASSING);
  }

  /**
   * Creates an exchange for what {@link #ofPassing} has read, whose listener recorded the causes
   * too.
   *
   * @param pool the buffer pool of the thread that reads
   */
  public static Exchange ofRecorded(Limits limits, BufferPool pool, ExchangeListener listener) {
    return new Exchange(limits, pool, listener, DirectionReader.Kind.OWN);
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
    DirectionReader.Kind kind = DirectionReader.Kind.OWN;
    client = new DirectionReader(Endpoint.CLIENT, ofClient, pool, listener, handshake, kind);
    server = new DirectionReader(Endpoint.SERVER, ofServer, pool, listener, handshake, kind);
    reader(self.peer()).strict();
    if (self == Endpoint.CLIENT) {
      compareFrames();
    }
  }

  /** Compares the frames of the server with those of the client, to find causes. */
  private void compareFrames() {
    SentFrames frames = new SentFrames();
    client.clientFrames(frames);
    server.clientFrames(frames);
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

  /**
   * Bytes of an endpoint are missing in what was captured. Its open frame and messages have no end.
   * If {@link #awaitsFrames} then holds, find out where the next frame begins, and {@link #resume}
   * there.
   *
   * @return the number of bytes after the missing ones that end the open frame, as its header says;
   *     -1 if no header does
   */
  public long gap(Endpoint sender, long missing) {
    return reader(sender).gap(missing);
  }

  /** Whether frames are all that may follow from an endpoint. */
  public boolean awaitsFrames(Endpoint sender) {
    return reader(sender).awaitsFrames();
  }

  /**
   * The next bytes of an endpoint begin a frame.
   *
   * @param skipped the number of bytes before it that were not fed
   */
  public void resume(Endpoint sender, long skipped) {
    reader(sender).resume(skipped);
  }

  /** Whether messages may be compressed, as far as the handshake is known. */
  public boolean mayCompress() {
    return handshake.agreed() != null || !handshake.isAgreementKnown();
  }

  /** Takes no message for a compressed one, unless a handshake negotiates it. */
  public void assumeNoDeflate() {
    client.assumeNoDeflate();
    server.assumeNoDeflate();
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
  public @Nullable DeflateParameters agreed() {
    return handshake.agreed();
  }

  /**
   * The parameters with which an endpoint compresses; null if permessage-deflate is not in use.
   * Those of a client are known only while the listener receives the response.
   */
  public @Nullable DeflateParameters compressionOf(Endpoint self) {
    return handshake.compressionOf(self);
  }

  /** Looks for the cause of a broken frame of an endpoint. */
  void findCauses(Endpoint sender) {
    reader(sender).findCauses();
  }

  /** Whether a listener receives the frames of an endpoint. */
  boolean hasListener(Endpoint sender) {
    return reader(sender).hasListener();
  }

  /** Leaves the bytes after the current slice for the next feed. The listener may call this. */
  public void pause(Endpoint sender) {
    reader(sender).pause();
  }

  /** Whether the last feed left bytes for the next one. */
  public boolean isPaused(Endpoint sender) {
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
