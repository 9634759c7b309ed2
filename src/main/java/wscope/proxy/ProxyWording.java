package wscope.proxy;

import java.io.IOException;
import java.util.List;
import wscope.connection.Timeouts;
import wscope.net.SocketFailure;
import wscope.serve.Rejection;

/**
 * The proxy's texts for people that depend on its command line, because they name options. The
 * defaults contain only the minimum.
 */
public interface ProxyWording {
  /** The defaults. */
  ProxyWording PLAIN = new ProxyWording() {};

  /** The advice that follows the words of a rejection; empty for none. */
  default String advice(Rejection rejection) {
    return "";
  }

  /** The reason why no server is for a path. */
  default String noRoute(String path, List<Route> routes) {
    return "no server is for this path";
  }

  /** The reason why a reverse proxy opens no tunnel. */
  default String noTunnel() {
    return "this is a reverse proxy, which needs no CONNECT";
  }

  /** The reason why a forward proxy opens no tunnel inside another one. */
  default String tunnelInTunnel() {
    return "CONNECT inside a tunnel leads nowhere";
  }

  /** The reason why a forward proxy does not serve a client on another machine. */
  default String stranger() {
    return "this proxy serves only clients on its own machine";
  }

  /** The reason why a forward proxy does not serve a request for itself. */
  default String noProxyRequest() {
    return "this is a forward proxy: the target must be a whole URL, or CONNECT";
  }

  /** The reason why a forward proxy does not serve a URL with a scheme such as https. */
  default String otherScheme() {
    return "the scheme must be http or ws; for TLS, use CONNECT";
  }

  /** The reason why a server cannot be reached. */
  default String unreachable(Route route, SocketFailure failure, IOException cause) {
    return "cannot connect to "
        + route.target().host()
        + " port "
        + route.target().port()
        + ": "
        + cause.getMessage();
  }

  /** The reason why a server that is the proxy itself is not connected. */
  default String loop(Route route) {
    if (route.isThroughProxy()) {
      return "the proxy on the way to " + route.target().authority() + " is this one itself";
    }
    return route.target().authority() + " is this proxy itself";
  }

  /** The reason why the connection ends before a response. */
  default String noResponse(Timeouts timeouts) {
    return "the server did not respond in time";
  }

  /** The reason why the connection ends before a request. */
  default String noRequest(Timeouts timeouts) {
    return "there was no complete request in time";
  }

  /** A failure below the protocol. */
  default String trouble(Exception cause) {
    return String.valueOf(cause.getMessage());
  }

  /** A failure below the protocol on the way to the server. */
  default String serverTrouble(Exception cause) {
    return trouble(cause);
  }
}
