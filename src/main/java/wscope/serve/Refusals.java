package wscope.serve;

import java.util.ArrayList;
import java.util.List;
import wscope.protocol.Reception;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.HttpStatus;
import wscope.serve.Behaviour.Refusal;

/**
 * The responses in plain text, most of them to requests that the server does not accept, or that
 * fail because somebody asked for it. Each has the fields that RFC 9110 §15 demands with its
 * status.
 */
final class Refusals {
  /** What a client is told to wait, in seconds, if nobody said how long. */
  private static final long RETRY_AFTER = 10;

  private static final HttpResponse.Field CHALLENGE =
      new HttpResponse.Field("WWW-Authenticate", "Basic realm=\"wscope\", charset=\"UTF-8\"");

  private Refusals() {}

  /** The response to a request that the server does not accept. */
  static Reception.Denial of(Rejection rejection, Wording wording) {
    return of(rejection, wording, rejection.words() + wording.advice(rejection) + "\n");
  }

  /** The same with another text for people. */
  static Reception.Denial of(Rejection rejection, Wording wording, String text) {
    int status = rejection.reason().status();
    return new Reception.Denial(
        explained(status, status == 401 ? List.of(CHALLENGE) : List.of(), text),
        rejection.words() + wording.advice(rejection));
  }

  /** The response that a behaviour asks for. */
  static Reception.Denial of(Refusal refusal) {
    return refusal instanceof Refusal.Redirect redirect
        ? redirect(redirect)
        : status((Refusal.Status) refusal);
  }

  /** The response to a second watcher with the same token. */
  static Reception.Denial watchedAlready() {
    String why = "another client watches with this token; each watcher makes its own";
    return new Reception.Denial(explained(409, List.of(), why + "\n"), why);
  }

  private static Reception.Denial redirect(Refusal.Redirect redirect) {
    HttpResponse.Field location = new HttpResponse.Field("Location", redirect.location());
    String text =
        """
        The WebSocket is elsewhere, see Location.
        This server was asked to say so, by the parameter redirect.
        """;
    return new Reception.Denial(
        explained(redirect.code(), List.of(location), text),
        "redirected, as the parameter redirect asks");
  }

  private static Reception.Denial status(Refusal.Status status) {
    String text = "This server was asked to refuse the handshake, by the parameter status.\n";
    return new Reception.Denial(
        explained(status.code(), fields(status), text),
        "refused with " + status.code() + ", as the parameter status asks");
  }

  private static List<HttpResponse.Field> fields(Refusal.Status status) {
    List<HttpResponse.Field> fields = new ArrayList<>();
    switch (status.code()) {
      case 401 -> fields.add(new HttpResponse.Field("WWW-Authenticate", "Basic realm=\"wscope\""));
      case 405 -> fields.add(new HttpResponse.Field("Allow", ""));
      case 407 ->
          fields.add(new HttpResponse.Field("Proxy-Authenticate", "Basic realm=\"wscope\""));
      case 426 -> {
        fields.add(new HttpResponse.Field("Upgrade", "websocket"));
        fields.add(new HttpResponse.Field("Sec-WebSocket-Version", "13"));
      }
      default -> {}
    }
    Long asked = status.retryAfter();
    if (asked != null || status.code() == 429 || status.code() == 503) {
      long seconds = asked == null ? RETRY_AFTER : asked;
      fields.add(new HttpResponse.Field("Retry-After", String.valueOf(seconds)));
    }
    return fields;
  }

  /** A response that ends the connection, with its status and a text for people. */
  static HttpResponse explained(int status, List<HttpResponse.Field> more, String text) {
    return plainText(status, more, status + " " + HttpStatus.phrase(status) + "\n\n" + text);
  }

  /** A response that ends the connection, with a text for people. */
  static HttpResponse plainText(int status, List<HttpResponse.Field> more, String text) {
    List<HttpResponse.Field> fields = new ArrayList<>();
    fields.add(new HttpResponse.Field("Connection", status == 426 ? "Upgrade, close" : "close"));
    fields.addAll(more);
    fields.add(new HttpResponse.Field("Content-Type", "text/plain; charset=utf-8"));
    fields.add(new HttpResponse.Field("X-Content-Type-Options", "nosniff"));
    return new HttpResponse(status, List.copyOf(fields), text);
  }
}
