package wscope.protocol.handshake;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateResponse;
import wscope.protocol.rule.Violation;

/** What a server makes of a request (RFC 6455 §4.2). */
public sealed interface HandshakeResult {
  /** What the request breaks: warnings for one that is accepted. */
  List<Violation> violations();

  /**
   * A WebSocket opens.
   *
   * @param request that asked for it
   * @param key from which the accept value was derived
   * @param subprotocol that the server chose; null for none
   * @param deflate what became of the offers of permessage-deflate
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
   * A correct request, for a WebSocket or a page, that the server turns away all the same, by its
   * policy or because it was asked to (§4.2.2, step 5).
   *
   * @param violations warnings
   * @param response with a status of 300 to 599
   * @param why in words
   */
  record Rejected(
      RequestHead request, List<Violation> violations, HttpResponse response, String why)
      implements HandshakeResult {}

  /**
   * The first violation of severity error is answered.
   *
   * @param response with a status of 400 to 599
   */
  record Invalid(List<Violation> violations, HttpResponse response) implements HandshakeResult {}

  /** A plain HTTP request that does not ask for a WebSocket, such as a browser's for a page. */
  record PlainRequest(RequestHead request) implements HandshakeResult {
    @Override
    public List<Violation> violations() {
      return List.of();
    }
  }
}
