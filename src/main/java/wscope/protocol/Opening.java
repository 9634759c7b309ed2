package wscope.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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
 * The opening handshake as its two heads tell it (RFC 6455 §4): shared by both directions of an
 * exchange, each of which brings one head.
 */
final class Opening {
  private final ExchangeListener listener;
  private final UnaryOperator<HandshakeResult> decision;
  private final Limits ofClient;
  private final Limits ofServer;

  /** Of the heads, as long as they are being read. */
  private @Nullable RequestDecoder requestDecoder;

  private @Nullable ResponseDecoder responseDecoder;
  private @Nullable DeflateParameters agreed;
  private boolean agreementKnown;
  private @Nullable RequestHead request;
  private boolean requestRead;
  private boolean responseRead;
  private boolean opened;

  /**
   * @param ofClient limits for the head of the request
   * @param ofServer limits for the head of the response
   * @param agreed for permessage-deflate; null to learn it from the response
   * @param decision what the server makes of the result that the rules give, before it is shown
   */
  Opening(
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

  /** Reads the head of the request. */
  RequestDecoder requestDecoder() {
    RequestDecoder decoder = requestDecoder;
    if (decoder == null) {
      decoder = new RequestDecoder(ofClient.maxHead(), ofClient.maxHeaderFields());
      requestDecoder = decoder;
    }
    return decoder;
  }

  /** Reads the head of the response. */
  ResponseDecoder responseDecoder() {
    ResponseDecoder decoder = responseDecoder;
    if (decoder == null) {
      decoder = new ResponseDecoder(ofServer.maxHead(), ofServer.maxHeaderFields());
      responseDecoder = decoder;
    }
    return decoder;
  }

  /** What holds for permessage-deflate, as far as it is known; null if it is not in use. */
  @Nullable DeflateParameters agreed() {
    return agreed;
  }

  /** What an endpoint compresses with; null if permessage-deflate is not in use. */
  @Nullable DeflateParameters sendingWith(Endpoint self) {
    return agreed == null || self == Endpoint.SERVER
        ? agreed
        : ClientHandshake.announced(request, agreed);
  }

  /** Whether it is known what holds for permessage-deflate, or that it is not in use. */
  boolean isAgreementKnown() {
    return agreementKnown;
  }

  /** An endpoint knows what it agreed on, whatever its response says. */
  void agree(@Nullable DeflateParameters parameters) {
    agreed = parameters;
    agreementKnown = true;
  }

  /** The head of the request; null before it came, if it could not be read, or once responded. */
  @Nullable RequestHead request() {
    return request;
  }

  /** Whether a request has come, readable or not. */
  boolean hasRequest() {
    return requestRead;
  }

  /** Whether a response has come, readable or not. */
  boolean hasResponse() {
    return responseRead;
  }

  /** Whether the response has the status 101: frames follow. */
  boolean opened() {
    return opened;
  }

  /**
   * The request has come to its end.
   *
   * @param offset of its first byte
   */
  void requestRead(long offset) {
    RequestDecoder decoder = requestDecoder();
    requestDecoder = null;
    requestRead = true;
    request = decoder.head();
    HandshakeResult result = decision.apply(ServerHandshake.judge(request, decoder.violations()));
    listener.event(new Event.Request(offset, decoder.received(), request, result));
  }

  /** Whether eight bytes follow the head of the request, as in hixie-76. */
  boolean expectsChallenge() {
    LegacyProtocol legacy = request == null ? null : LegacyProtocol.of(request);
    return legacy == LegacyProtocol.HIXIE_76 || legacy == LegacyProtocol.HYBI_01_TO_03;
  }

  /**
   * The response has come to its end.
   *
   * @param offset of its first byte
   */
  void responseRead(long offset) {
    ResponseDecoder decoder = responseDecoder();
    responseDecoder = null;
    responseRead = true;
    ResponseHead head = decoder.head();
    opened = head != null && head.status() == 101;
    List<Violation> violations = new ArrayList<>(decoder.violations());
    if (head != null) {
      ClientHandshake.Result result = ClientHandshake.check(request, head);
      violations.addAll(result.violations());
      agree(agreementKnown ? agreed : result.deflate());
    }
    listener.event(new Event.Response(offset, decoder.received(), request, head, violations));
    request = null;
  }
}
