package wscope.serve;

import java.util.ArrayList;
import java.util.List;
import wscope.connection.Behaviour.HandshakeRejection;
import wscope.protocol.UpgradeResponse;
import wscope.protocol.handshake.HttpField;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.HttpStatus;

/**
 * The responses in plain text, most of them to requests that the server rejects, by its policy or
 * because a parameter requests it. Each has the fields that RFC 9110 §15 requires for its status.
 */
final class PlainResponses {
  /** The default Retry-After, in seconds. */
  private static final long RETRY_AFTER = 10;

  private static final HttpField CHALLENGE =
      new HttpField("WWW-Authenticate", "Basic realm=\"wscope\", charset=\"UTF-8\"");

  private PlainResponses() {}

  /** The response to a request that the server rejects. */
  static UpgradeResponse.Reject of(Rejection rejection, Wording wording) {
    return of(rejection, wording, rejection.words() + wording.advice(rejection) + "\n");
  }

  /** The same with another body. */
  static UpgradeResponse.Reject of(Rejection rejection, Wording wording, String text) {
    int status = rejection.reason().status();
    return new UpgradeResponse.Reject(
        explained(status, status == 401 ? List.of(CHALLENGE) : List.of(), text),
        rejection.words() + wording.advice(rejection));
  }

  /** The response that a behaviour requests. */
  static UpgradeResponse.Reject of(HandshakeRejection requested) {
    return requested instanceof HandshakeRejection.Redirect redirect
        ? redirect(redirect)
        : status((HandshakeRejection.Status) requested);
  }

  /** The response to a second watcher with the same token. */
  static UpgradeResponse.Reject watchedAlready() {
    String why = "another client already watches with this token; use a new token";
    return new UpgradeResponse.Reject(explained(409, List.of(), why + "\n"), why);
  }

  private static UpgradeResponse.Reject redirect(HandshakeRejection.Redirect redirect) {
    HttpField location = new HttpField("Location", redirect.location());
    String text =
        """
        The WebSocket is at another URL; see Location.
        The redirect parameter requests this response.
        """;
    return new UpgradeResponse.Reject(
        explained(redirect.code(), List.of(location), text),
        "redirected, as the redirect parameter requests");
  }

  private static UpgradeResponse.Reject status(HandshakeRejection.Status status) {
    String text = "The status parameter requests this response.\n";
    return new UpgradeResponse.Reject(
        explained(status.code(), fields(status), text),
        "rejected with " + status.code() + ", as the status parameter requests");
  }

  private static List<HttpField> fields(HandshakeRejection.Status status) {
    List<HttpField> fields = new ArrayList<>();
    switch (status.code()) {
      case 401 -> fields.add(new HttpField("WWW-Authenticate", "Basic realm=\"wscope\""));
      case 405 -> fields.add(new HttpField("Allow", ""));
      case 407 -> fields.add(new HttpField("Proxy-Authenticate", "Basic realm=\"wscope\""));
      case 426 -> {
        fields.add(new HttpField("Upgrade", "websocket"));
        fields.add(new HttpField("Sec-WebSocket-Version", "13"));
      }
      default -> {}
    }
    Long requested = status.retryAfter();
    if (requested != null || status.code() == 429 || status.code() == 503) {
      long seconds = requested == null ? RETRY_AFTER : requested;
      fields.add(new HttpField("Retry-After", String.valueOf(seconds)));
    }
    return fields;
  }

  /** A response that ends the connection, with its status and a text for people. */
  static HttpResponse explained(int status, List<HttpField> more, String text) {
    return plainText(status, more, status + " " + HttpStatus.phrase(status) + "\n\n" + text);
  }

  /** A response that ends the connection, with a text for people. */
  static HttpResponse plainText(int status, List<HttpField> more, String text) {
    List<HttpField> fields = new ArrayList<>();
    fields.add(new HttpField("Connection", status == 426 ? "Upgrade, close" : "close"));
    fields.addAll(more);
    fields.add(new HttpField("Content-Type", "text/plain; charset=utf-8"));
    fields.add(new HttpField("X-Content-Type-Options", "nosniff"));
    return new HttpResponse(status, List.copyOf(fields), text);
  }
}
