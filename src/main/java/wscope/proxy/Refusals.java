package wscope.proxy;

import java.util.List;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.handshake.ReasonPhrases;

/** The responses of the proxy itself, which end the connection. */
final class Refusals {
  private static final List<OutgoingHeaderField> FIELDS =
      List.of(
          new OutgoingHeaderField("Connection", "close"),
          new OutgoingHeaderField("Content-Type", "text/plain; charset=utf-8"),
          new OutgoingHeaderField("X-Content-Type-Options", "nosniff"));

  private Refusals() {}

  /**
   * Creates a response with a text for people.
   *
   * @param method the method of the request; the response to HEAD has no body
   */
  static HttpResponse of(int status, String why, String method) {
    String text = status + " " + ReasonPhrases.of(status) + "\n\nwscope proxy: " + why + "\n";
    return new HttpResponse(status, FIELDS, method.equals("HEAD") ? "" : text);
  }
}
