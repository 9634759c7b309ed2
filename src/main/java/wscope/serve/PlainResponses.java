package wscope.serve;

import java.util.ArrayList;
import java.util.List;
import wscope.connection.Behaviour.HandshakeRejection;
import wscope.protocol.UpgradeResponse;
import wscope.protocol.handshake.HttpField;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.HttpStatus;

/**
 * The responses in plain text, most of them to requests that the server does not accept, or that
 * fail because somebody asked for it. Each has the fields that RFC 9110 §15 demands with its
 * status.
 */
final class PlainResponses {
  /** What a client is told to wait, in seconds, if nobody said how long. */
  private static final long RETRY_AFTER = 10;

  private static final HttpField CHALLENGE =
      new HttpField("WWW-Authenticate", "Basic realm=\"wscope\", charset=\"UTF-8\"");

  private PlainResponses() {}

  /** The response to a request that the server does not accept. */
  static UpgradeResponse.Reject of(Rejection rejection, Wording wording) {
    return of(rejection, wording, rejection.words() + wording.advice(rejection) + "\n");
  }

  /** The same with another text for people. */
  static UpgradeResponse.Reject of(Rejection rejection, Wording wording, String text) {
    int status = rejection.reason().status();
    return new UpgradeResponse.Reject(
        explained(status, status == 401 ? List.of(CHALLENGE) : List.of(), text),
        rejection.words() + wording.advice(rejection));
  }

  /** The response that a behaviour asks for. */
  static UpgradeResponse.Reject of(HandshakeRejection refusal) {
    return refusal instanceof HandshakeRejection.Redirect redirect
        ? redirect(redirect)
        : status((HandshakeRejection.Status) refusal);
  }

  /** The response to a second watcher with the same token. */
  static UpgradeResponse.Reject watchedAlready() {
    String why = "another client watches with this token; each watcher makes its own";
    return new UpgradeResponse.Reject(explained(409, List.of(), why + "\n"), why);
  }

  private static UpgradeResponse.Reject redirect(HandshakeRejection.Redirect redirect) {
    HttpField location = new HttpField("Location", redirect.location());
    String text =
        """
        The WebSocket is elsewhere, see Location.
        This server was asked to say so, by the parameter redirect.
        """;
    return new UpgradeResponse.Reject(
        explained(redirect.code(), List.of(location), text),
        "redirected, as the parameter redirect asks");
  }

  private static UpgradeResponse.Reject status(HandshakeRejection.Status status) {
    String text = "This server was asked to refuse the handshake, by the parameter status.\n";
    return new UpgradeResponse.Reject(
        explained(status.code(), fields(status), text),
        "refused with " + status.code() + ", as the parameter status asks");
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
    Long asked = status.retryAfter();
    if (asked != null || status.code() == 429 || status.code() == 503) {
      long seconds = asked == null ? RETRY_AFTER : asked;
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
