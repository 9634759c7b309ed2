package wscope.protocol.handshake;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateResponse;
import wscope.protocol.rule.Violation;

/** The reaction of a server to a request (RFC 6455 §4.2). */
public sealed interface HandshakeResult {
  /** The violations in the request; only warnings if the request is accepted. */
  List<Violation> violations();

  /**
   * A WebSocket opens.
   *
   * @param request the request for the WebSocket
   * @param key the key from which the accept value was derived
   * @param subprotocol the subprotocol that the server chose; null for none
   * @param deflate the response to the offers of permessage-deflate
   * @param response the 101 response
   */
  record Accepted(
      RequestHead request,
      AcceptKey key,
      List<Violation> violations,
      @Nullable String subprotocol,
      DeflateResponse deflate,
      HttpResponse response)
      implements HandshakeResult {}

  /**
   * The server rejects a correct request, for a WebSocket or a page, by its policy or on request
   * (§4.2.2, step 5).
   *
   * @param violations the violations in the request, only warnings
   * @param response the response, with a status of 300 to 599
   * @param why the reason in words
   */
  record Rejected(
      RequestHead request, List<Violation> violations, HttpResponse response, String why)
      implements HandshakeResult {}

  /**
   * The request is invalid. The response reports its first error.
   *
   * @param response the response, with a status of 400 to 599
   */
  record Invalid(List<Violation> violations, HttpResponse response) implements HandshakeResult {}

  /** A plain HTTP request, such as a browser's request for a page. */
  record PlainRequest(RequestHead request) implements HandshakeResult {
    @Override
    public List<Violation> violations() {
      return List.of();
    }
  }
}
