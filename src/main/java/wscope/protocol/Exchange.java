package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.MessagePool;
import wscope.protocol.event.Awaited;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.rule.Endpoint;

/**
 * One connection as the bytes of both directions tell it, in any cuts and any order between the
 * directions. Each direction has its own decoder and receiver; the opening handshake and what it
 * agreed on are shared. Frames, messages and offsets are counted for each direction, from its first
 * frame.
 *
 * <p>Not safe for use by several threads.
 */
public final class Exchange implements AutoCloseable {
  private final Opening opening;
  private final DirectionReader client;
  private final DirectionReader server;
  private boolean serverEnded;

  /**
   * For bytes that were seen on their way. A direction may begin with its head or, where the start
   * was missed, with its frames.
   *
   * @param agreed for permessage-deflate; null to learn it from the response
   * @param pool of the thread that reads
   */
  public Exchange(
      Limits limits,
      @Nullable DeflateParameters agreed,
      MessagePool pool,
      ExchangeListener listener) {
    opening = new Opening(limits, limits, agreed, listener, UnaryOperator.identity());
    client = new DirectionReader(Endpoint.CLIENT, limits, pool, listener, opening, false);
    server = new DirectionReader(Endpoint.SERVER, limits, pool, listener, opening, false);
  }

  private Exchange(
      Endpoint self,
      Limits limits,
      MessagePool pool,
      ExchangeListener listener,
      UnaryOperator<HandshakeResult> decision) {
    Limits ofClient = self == Endpoint.CLIENT ? Limits.OWN : limits;
    Limits ofServer = self == Endpoint.SERVER ? Limits.OWN : limits;
    opening = new Opening(ofClient, ofServer, null, listener, decision);
    client = new DirectionReader(Endpoint.CLIENT, ofClient, pool, listener, opening, true);
    server = new DirectionReader(Endpoint.SERVER, ofServer, pool, listener, opening, true);
  }

  /**
   * As one of the endpoints reads it, which knows that each direction begins with a head.
   *
   * @param self the endpoint, whose own frames have no limits
   * @param limits for what its peer sends
   * @param decision what the server makes of the result that the rules give
   */
  public static Exchange ofEndpoint(
      Endpoint self,
      Limits limits,
      MessagePool pool,
      ExchangeListener listener,
      UnaryOperator<HandshakeResult> decision) {
    return new Exchange(self, limits, pool, listener, decision);
  }

  /**
   * Reads what an endpoint has sent; what was read is used up: payloads are unmasked in place. What
   * follows a request, or frames of a client for which no agreement is known, stays in the buffer
   * until the server's direction tells how to read it: by a response, by frames, or by its end. A
   * response is held against the request that came before it.
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

  /** An endpoint sends no more. All that it sent was read, but what the response leaves open. */
  public void end(Endpoint sender) {
    serverEnded |= sender == Endpoint.SERVER;
    if (isResponseKnown()) {
      responseKnown();
    }
    reader(sender).end();
  }

  /** Whether both directions have got to their frames, as they stay. */
  private boolean isInFrames() {
    return client.isInFrames() && server.isInFrames();
  }

  /** Whether it is told how a client's bytes are to be read, or will not be told any more. */
  private boolean isResponseKnown() {
    return opening.hasResponse() || server.isInFrames() || serverEnded;
  }

  private void responseKnown() {
    boolean opened = opening.opened() || !opening.hasResponse();
    client.responseKnown(opened);
    server.responseKnown(opened);
  }

  /** What an endpoint would send next. */
  public Awaited awaited(Endpoint sender) {
    return reader(sender).awaited();
  }

  /** Releases what open messages hold; nothing is fed afterwards. */
  @Override
  public void close() {
    client.close();
    server.close();
  }

  /** Whether an endpoint has begun a frame or a message and not ended it. */
  boolean isInside(Endpoint sender) {
    return reader(sender).isInside();
  }

  /** An endpoint knows what it agrees on, whatever its response says. */
  public void agree(@Nullable DeflateParameters agreed) {
    opening.agree(agreed);
  }

  /** An endpoint has opened the WebSocket, whatever its response says. */
  public void open() {
    client.startFrames();
    server.startFrames();
  }

  /** What the heads agreed on for permessage-deflate; null if it is not in use. */
  @Nullable DeflateParameters agreed() {
    return opening.agreed();
  }

  /** What an endpoint compresses with; null if permessage-deflate is not in use. */
  @Nullable DeflateParameters sendingWith(Endpoint self) {
    return opening.sendingWith(self);
  }

  /** Whether somebody hears of the frames of an endpoint. */
  boolean isHeard(Endpoint sender) {
    return reader(sender).isHeard();
  }

  /** Leaves what follows the message at hand to the next feed. */
  void pause(Endpoint sender) {
    reader(sender).pause();
  }

  /** Whether the last feed left bytes to the next. */
  boolean isPaused(Endpoint sender) {
    return reader(sender).isPaused();
  }

  /** Nothing more of an endpoint is read. */
  public void stop(Endpoint sender) {
    reader(sender).stop();
  }

  private DirectionReader reader(Endpoint sender) {
    return sender == Endpoint.CLIENT ? client : server;
  }
}
