package wscope.serve;

import java.util.ArrayList;
import java.util.List;
import wscope.connection.Behaviour.HandshakeRejection;
import wscope.protocol.UpgradeDecision;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.handshake.ReasonPhrases;

/**
 * The responses in plain text. Most of them reject a request, by the policy of the server or
 * because a parameter requests it. Each has the fields that RFC 9110 §15 requires for its status.
 */
final class PlainResponses {
  /** The default Retry-After, in seconds. */
  private static final long RETRY_AFTER = 10;

  private static final OutgoingHeaderField CHALLENGE =
      new OutgoingHeaderField("WWW-Authenticate", "Basic realm=\"wscope\", charset=\"UTF-8\"");

  private PlainResponses() {}

  /** The response to a request that the server rejects. */
  static UpgradeDecision.Reject of(Rejection rejection, Wording wording) {
    return of(rejection, wording, rejection.words() + wording.advice(rejection) + "\n");
  }

  /** The response to a request that the server rejects, with another body. */
  static UpgradeDecision.Reject of(Rejection rejection, Wording wording, String text) {
    int status = rejection.reason().status();
    return new UpgradeDecision.Reject(
        explained(status, status == 401 ? List.of(CHALLENGE) : List.of(), text),
        rejection.words() + wording.advice(rejection));
  }

  /** The response that a behaviour requests. */
  static UpgradeDecision.Reject of(HandshakeRejection requested) {
    return requested instanceof HandshakeRejection.Redirect redirect
        ? redirect(redirect)
        : status((HandshakeRejection.Status) requested);
  }

  /** The response to a watcher that comes after others. */
  static UpgradeDecision.Reject cannotWatch(String why) {
    return new UpgradeDecision.Reject(explained(409, List.of(), why + "\n"), why);
  }

  private static UpgradeDecision.Reject redirect(HandshakeRejection.Redirect redirect) {
    OutgoingHeaderField location = new OutgoingHeaderField("Location", redirect.location());
    String text =
        """
        The WebSocket is at another URL; see Location.
        The redirect parameter requests this response.
        """;
    return new UpgradeDecision.Reject(
        explained(redirect.code(), List.of(location), text),
        "redirected, as the redirect parameter requests");
  }

  private static UpgradeDecision.Reject status(HandshakeRejection.Status status) {
    String text = "The status parameter requests this response.\n";
    return new UpgradeDecision.Reject(
        explained(status.code(), fields(status), text),
        "rejected with " + status.code() + ", as the status parameter requests");
  }

  private static List<OutgoingHeaderField> fields(HandshakeRejection.Status status) {
    List<OutgoingHeaderField> fields = new ArrayList<>();
    switch (status.code()) {
      case 401 -> fields.add(new OutgoingHeaderField("WWW-Authenticate", "Basic realm=\"wscope\""));
      case 405 -> fields.add(new OutgoingHeaderField("Allow", ""));
      case 407 ->
          fields.add(new OutgoingHeaderField("Proxy-Authenticate", "Basic realm=\"wscope\""));
      case 426 -> {
        fields.add(new OutgoingHeaderField("Upgrade", "websocket"));
        fields.add(new OutgoingHeaderField("Sec-WebSocket-Version", "13"));
      }
      default -> {}
    }
    Long requested = status.retryAfter();
    if (requested != null || status.code() == 429 || status.code() == 503) {
      long seconds = requested == null ? RETRY_AFTER : requested;
      fields.add(new OutgoingHeaderField("Retry-After", String.valueOf(seconds)));
    }
    return fields;
  }

  /** Creates a response that ends the connection, with its status and a text for people. */
  static HttpResponse explained(int status, List<OutgoingHeaderField> more, String text) {
    return plainText(status, more, status + " " + ReasonPhrases.of(status) + "\n\n" + text);
  }

  /** Creates a response that ends the connection, with a text for people. */
  static HttpResponse plainText(int status, List<OutgoingHeaderField> more, String text) {
    List<OutgoingHeaderField> fields = new ArrayList<>();
    fields.add(new OutgoingHeaderField("Connection", status == 426 ? "Upgrade, close" : "close"));
    fields.addAll(more);
    fields.add(new OutgoingHeaderField("Content-Type", "text/plain; charset=utf-8"));
    fields.add(new OutgoingHeaderField("X-Content-Type-Options", "nosniff"));
    return new HttpResponse(status, List.copyOf(fields), text);
  }
}
