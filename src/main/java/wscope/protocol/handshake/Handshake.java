package wscope.protocol.handshake;

import java.util.List;
import wscope.protocol.rule.Violation;

/** What a server makes of a request (RFC 6455 §4.2). */
public sealed interface Handshake {
  /** What the request breaks: warnings for one that is accepted. */
  List<Violation> violations();

  /**
   * A WebSocket opens.
   *
   * @param request that asked for it
   * @param key from which the accept value was derived
   * @param response the 101
   */
  record Accepted(
      RequestHead request, AcceptKey key, List<Violation> violations, HttpResponse response)
      implements Handshake {}

  /**
   * The first violation of severity error is answered.
   *
   * @param response with a status of 400 to 599
   */
  record Refused(List<Violation> violations, HttpResponse response) implements Handshake {}

  /** A plain HTTP request that does not ask for a WebSocket, such as a browser's for a page. */
  record PlainRequest(RequestHead request) implements Handshake {
    @Override
    public List<Violation> violations() {
      return List.of();
    }
  }
}
