package wscope.protocol.handshake;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateResponse;
import wscope.protocol.rule.Violation;

/** The reaction of a server to a request (RFC 6455 §4.2). */
public sealed interface HandshakeResult {
  /** The violations of the request; only warnings if it is accepted. */
  List<Violation> violations();

  /**
   * A WebSocket opens.
   *
   * @param request that asked for the WebSocket
   * @param key from which the accept value was derived
   * @param subprotocol the one that the server chose; null for none
   * @param deflate the response to the offers of permessage-deflate
   * @param response the 101
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
   * The server rejects a correct request, for a WebSocket or a page, by its policy or on demand
   * (§4.2.2, step 5).
   *
   * @param violations only warnings
   * @param response with a status of 300 to 599
   * @param why in words
   */
  record Rejected(
      RequestHead request, List<Violation> violations, HttpResponse response, String why)
      implements HandshakeResult {}

  /**
   * The request is invalid. The response reports its first error.
   *
   * @param response with a status of 400 to 599
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
