package wscope.cli.check;

import wscope.check.ProbeStep;
import wscope.cli.option.ShellWord;
import wscope.connect.Target;

/** What to do when a step of the probe has failed. */
final class ProbeAdvice {
  private ProbeAdvice() {}

  static String of(ProbeStep step, Target target) {
    return switch (step.name()) {
      case "handshake" -> onHandshake(step.status(), target);
      case "idle" ->
          "send pings more often than that, or raise the limit: proxy_read_timeout in nginx,"
              + " timeout tunnel in haproxy";
      case "ping" -> "a server replies to each ping with a pong (RFC 6455 §5.5.2)";
      case "close" ->
          "a server replies to a Close with a Close, then ends TCP (RFC 6455 §5.5.1, §7.1.1)";
      default -> "";
    };
  }

  /**
   * What to do about a handshake that opened no WebSocket.
   *
   * @param status the status of the response; 0 if there was none
   */
  private static String onHandshake(int status, Target target) {
    String more = "; wscope connect " + ShellWord.of(target.url()) + " shows the whole response";
    return switch (status) {
      case 0 ->
          target.secure()
              ? "check the port: what listens there is not a web server"
              : "check the port; if the server speaks TLS, use wss://";
      case 301, 302, 303, 307, 308 -> "use the URL that Location names";
      case 401 -> "send credentials with --auth" + more;
      case 403 -> "send the Origin that the server accepts with --origin" + more;
      case 404 -> "check the path of the URL" + more;
      case 407 -> "put the user and the password into the URL of --proxy" + more;
      default ->
          "the server may want another path, an --origin, a --subprotocol or a --header" + more;
    };
  }
}
