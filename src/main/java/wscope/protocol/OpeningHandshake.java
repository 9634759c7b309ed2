package wscope.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.handshake.ClientHandshake;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.LegacyProtocol;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * The opening handshake (RFC 6455 §4), shared by both directions of an exchange. Each direction
 * contributes one head.
 */
final class OpeningHandshake {
  private final ExchangeListener listener;
  private final UnaryOperator<HandshakeResult> decision;
  private final Limits ofClient;
  private final Limits ofServer;

  /** The decoder of the request, while its head is being read. */
  private @Nullable RequestDecoder requestDecoder;

  private @Nullable ResponseDecoder responseDecoder;
  private @Nullable DeflateParameters agreed;
  private boolean agreementKnown;
  private @Nullable RequestHead request;
  private @Nullable LegacyProtocol legacy;
  private boolean requestRead;
  private boolean responseRead;
  private boolean opened;

  /**
   * Creates the handshake of one exchange.
   *
   * @param ofClient the limits for the head of the request
   * @param ofServer the limits for the head of the response
   * @param agreed the negotiated parameters of permessage-deflate; null to take them from the
   *     response
   * @param decision turns the result that the rules give into the decision of the server, before it
   *     is shown
   */
  OpeningHandshake(
      Limits ofClient,
      Limits ofServer,
      @Nullable DeflateParameters agreed,
      ExchangeListener listener,
      UnaryOperator<HandshakeResult> decision) {
    this.agreed = agreed;
    agreementKnown = agreed != null;
    this.listener = listener;
    this.decision = decision;
    this.ofClient = ofClient;
    this.ofServer = ofServer;
  }

  /** The decoder of the request, created if there is none. */
  RequestDecoder requestDecoder() {
    RequestDecoder decoder = requestDecoder;
    if (decoder == null) {
      decoder = new RequestDecoder(ofClient.maxHead(), ofClient.maxHeaderFields());
      requestDecoder = decoder;
    }
    return decoder;
  }

  /** The decoder of the response, created if there is none. */
  ResponseDecoder responseDecoder() {
    ResponseDecoder decoder = responseDecoder;
    if (decoder == null) {
      decoder = new ResponseDecoder(ofServer.maxHead(), ofServer.maxHeaderFields());
      responseDecoder = decoder;
    }
    return decoder;
  }

  /**
   * The parameters of permessage-deflate, as far as they are known; null if the extension is not in
   * use.
   */
  @Nullable DeflateParameters agreed() {
    return agreed;
  }

  /** The parameters with which an endpoint compresses; null if permessage-deflate is not in use. */
  @Nullable DeflateParameters compressionOf(Endpoint self) {
    return agreed == null || self == Endpoint.SERVER
        ? agreed
        : ClientHandshake.announced(request, agreed);
  }

  /** Whether the result of negotiating permessage-deflate is known. */
  boolean isAgreementKnown() {
    return agreementKnown;
  }

  /** The compression of the frames that follow, for an endpoint; null if it is not in use. */
  @Nullable Compression compression(BufferPool pool) {
    return agreed == null ? null : new Compression(agreed, pool);
  }

  /**
   * The compression of the frames that follow, for an observer, who may not have seen the
   * handshake; null if it is neither in use nor tried.
   *
   * @param assumes whether RSV1 may be taken for a compressed message where no response was seen
   */
  @Nullable Compression observedCompression(BufferPool pool, boolean assumes) {
    if (agreed != null) {
      return new Compression(agreed, pool);
    }
    boolean unknown = !agreementKnown;
    if (unknown && !assumes) {
      return null;
    }
    return new Compression(
        DeflateParameters.DEFAULT, pool, unknown ? Compression.Use.ASSUMED : Compression.Use.TRIED);
  }

  /** Whether a request was seen that does not offer permessage-deflate, which it then rules out. */
  boolean offersNoDeflate() {
    return request != null
        && request.all("Sec-WebSocket-Extensions").stream()
            .noneMatch(field -> field.value().contains(DeflateParameters.EXTENSION));
  }

  /** Sets the parameters that the endpoints agreed on, regardless of the response. */
  void agree(@Nullable DeflateParameters parameters) {
    agreed = parameters;
    agreementKnown = true;
  }

  /**
   * The head of the request; null before it arrives, if it is unreadable, or after the response.
   */
  @Nullable RequestHead request() {
    return request;
  }

  /** Whether a request has arrived, readable or not. */
  boolean hasRequest() {
    return requestRead;
  }

  /** Whether a response has arrived, readable or not. */
  boolean hasResponse() {
    return responseRead;
  }

  /** Whether the response has the status 101, so that frames follow. */
  boolean opened() {
    return opened;
  }

  /**
   * Ends the request.
   *
   * @param offset the offset of its first byte
   */
  void requestRead(long offset) {
    RequestDecoder decoder = requestDecoder();
    requestDecoder = null;
    requestRead = true;
    request = decoder.head();
    legacy = request == null ? null : LegacyProtocol.of(request);
    HandshakeResult result = decision.apply(ServerHandshake.check(request, decoder.violations()));
    listener.event(new Event.Request(offset, decoder.received(), request, result));
  }

  /** The legacy protocol of the last head; null for RFC 6455. */
  @Nullable LegacyProtocol legacy() {
    return legacy;
  }

  /** Whether eight bytes follow the head of the request, as in hixie-76. */
  boolean expectsChallenge() {
    return legacy == LegacyProtocol.HIXIE_76 || legacy == LegacyProtocol.HYBI_01_TO_03;
  }

  private boolean hixie() {
    return legacy != null && legacy.hasHixieFrames();
  }

  /**
   * Ends the response.
   *
   * @param offset the offset of its first byte
   * @return whether the response is final; otherwise another one follows
   */
  boolean responseRead(long offset) {
    ResponseDecoder decoder = responseDecoder();
    responseDecoder = null;
    Event.Response interim = interim(decoder, offset);
    if (interim.isInterim()) {
      listener.event(new Event.Interim(interim));
      return false;
    }
    responseRead = true;
    ResponseHead head = decoder.head();
    opened = head != null && head.status() == 101;
    List<Violation> violations = new ArrayList<>(decoder.violations());
    if (head != null) {
      LegacyProtocol ofResponse = LegacyProtocol.of(head);
      boolean accepts = head.first("Sec-WebSocket-Accept") != null;
      legacy = ofResponse != null || (accepts && hixie()) ? ofResponse : legacy;
      ClientHandshake.Result result = ClientHandshake.check(request, head);
      violations.addAll(result.violations());
      agree(agreementKnown ? agreed : result.deflate());
    }
    listener.event(new Event.Response(offset, decoder.received(), request, head, violations));
    request = null;
    return true;
  }

  private Event.Response interim(ResponseDecoder decoder, long offset) {
    return new Event.Response(
        offset, decoder.received(), request, decoder.head(), decoder.violations());
  }
}
