package wscope.serve;

import java.util.ArrayList;
import java.util.List;
import wscope.protocol.Reception;
import wscope.protocol.handshake.HttpResponse;
import wscope.serve.Behaviour.Refusal;

/**
 * The answers to handshakes that fail because somebody asked for it. Each has the fields that RFC
 * 9110 §15 demands with its status.
 */
final class Refusals {
  /** What a client is told to wait, in seconds, if nobody said how long. */
  private static final long RETRY_AFTER = 10;

  private Refusals() {}

  /** The answer that a behaviour asks for. */
  static Reception.Denial of(Refusal refusal) {
    return refusal instanceof Refusal.Redirect redirect
        ? redirect(redirect)
        : status((Refusal.Status) refusal);
  }

  /** The answer to a second watcher with the same token. */
  static Reception.Denial watchedAlready() {
    String why = "another client watches with this token; each watcher makes its own";
    String text = "409 Conflict\n\n" + why + "\n";
    return new Reception.Denial(plainText(409, reason(409), "close", List.of(), text), why);
  }

  private static Reception.Denial redirect(Refusal.Redirect redirect) {
    String reason = reason(redirect.code());
    HttpResponse.Field location = new HttpResponse.Field("Location", redirect.location());
    String text =
        redirect.code()
            + " "
            + reason
            + "\n\nThe WebSocket is elsewhere, see Location.\n"
            + "This server was asked to say so, by the parameter redirect.\n";
    return new Reception.Denial(
        plainText(redirect.code(), reason, "close", List.of(location), text),
        "redirected, as the parameter redirect asks");
  }

  private static Reception.Denial status(Refusal.Status status) {
    int code = status.code();
    String reason = reason(code);
    String text =
        code
            + " "
            + reason
            + "\n\nThis server was asked to refuse the handshake, by the"
            + " parameter status.\n";
    String connection = code == 426 ? "Upgrade, close" : "close";
    return new Reception.Denial(
        plainText(code, reason, connection, fields(status), text),
        "refused with " + code + ", as the parameter status asks");
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

  /** An answer that ends the connection, with a text for people. */
  static HttpResponse plainText(
      int status, String reason, String connection, List<HttpResponse.Field> more, String text) {
    List<HttpResponse.Field> fields = new ArrayList<>();
    fields.add(new HttpResponse.Field("Connection", connection));
    fields.addAll(more);
    fields.add(new HttpResponse.Field("Content-Type", "text/plain; charset=utf-8"));
    fields.add(new HttpResponse.Field("X-Content-Type-Options", "nosniff"));
    return new HttpResponse(status, reason, List.copyOf(fields), text);
  }

  /** The phrase of a status; for those that are not in RFC 9110 or 6585, of their class. */
  private static String reason(int status) {
    return switch (status) {
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 307 -> "Temporary Redirect";
      case 308 -> "Permanent Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 407 -> "Proxy Authentication Required";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 421 -> "Misdirected Request";
      case 426 -> "Upgrade Required";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      default -> status < 500 ? "Client Error" : "Server Error";
    };
  }
}
