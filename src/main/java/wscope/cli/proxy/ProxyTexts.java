package wscope.cli.proxy;

import java.io.IOException;
import java.util.List;
import wscope.cli.dial.ConnectAdvice;
import wscope.cli.listen.TlsProblem;
import wscope.cli.option.ShellWord;
import wscope.connection.Quantities;
import wscope.connection.Timeouts;
import wscope.net.SocketFailure;
import wscope.net.TlsMismatch;
import wscope.proxy.ProxyWording;
import wscope.proxy.Route;
import wscope.serve.Rejection;

/** The texts of {@code wscope proxy} for people, which name its options. */
final class ProxyTexts implements ProxyWording {
  @Override
  public String advice(Rejection rejection) {
    return switch (rejection.reason()) {
      case HOST_MALFORMED -> "; if this machine has another name, add --host-name NAME";
      case HOST_UNKNOWN ->
          "; if this machine has that name, add --host-name " + ShellWord.of(rejection.subject());
      case ORIGIN_MALFORMED -> "; to accept any origin, add --origin '*'";
      case ORIGIN_UNKNOWN ->
          "; to allow these pages, add --origin " + ShellWord.of(rejection.subject());
      default -> "";
    };
  }

  @Override
  public String noRoute(String path, List<Route> routes) {
    List<String> prefixes = routes.stream().map(Route::prefix).sorted().toList();
    return "no server is for this path, only for "
        + String.join(" and ", prefixes)
        + "; add another --to PATH=URL, or --rewrite path";
  }

  @Override
  public String unreachable(Route route, SocketFailure failure, IOException cause) {
    return ConnectAdvice.words(failure, cause, route.dial().route(), route.target());
  }

  @Override
  public String loop(Route route) {
    if (route.isThroughProxy()) {
      return "the proxy on the way to "
          + route.target().authority()
          + " is this one itself; check --proxy and HTTPS_PROXY";
    }
    return route.target().authority()
        + " is this proxy itself; give --to another server, or --port another port";
  }

  @Override
  public String noResponse(Timeouts timeouts) {
    return "the server sent no complete response within "
        + Quantities.show(timeouts.handshake())
        + " (--handshake-timeout)";
  }

  @Override
  public String noRequest(Timeouts timeouts) {
    return "no complete request within "
        + Quantities.show(timeouts.handshake())
        + " (--handshake-timeout)";
  }

  @Override
  public String serverTrouble(Exception cause) {
    return cause instanceof TlsMismatch mismatch ? ConnectAdvice.onTls(mismatch) : trouble(cause);
  }

  @Override
  public String trouble(Exception cause) {
    if (cause instanceof TlsMismatch mismatch) {
      return TlsProblem.describe(mismatch);
    }
    return cause instanceof IOException
        ? String.valueOf(cause.getMessage())
        : "a bug in wscope: " + cause;
  }
}
