package wscope.cli.proxy;

import java.io.IOException;
import java.nio.file.Path;
import wscope.cli.option.ShellWord;
import wscope.connection.Timeouts;
import wscope.net.SocketFailure;
import wscope.net.TlsMismatch;
import wscope.proxy.ProxyWording;
import wscope.proxy.Route;

/**
 * The texts of {@code wscope proxy --forward} for people, which name its options.
 *
 * @param authority the file with the certificate of the authority
 */
record ForwardTexts(Path authority) implements ProxyWording {
  private static final ProxyTexts COMMON = new ProxyTexts();

  @Override
  public String loop(Route route) {
    if (route.isThroughProxy()) {
      return "the proxy on the way to "
          + route.target().authority()
          + " is this one itself; check --proxy and HTTPS_PROXY";
    }
    return route.target().authority() + " is this proxy itself";
  }

  @Override
  public String unreachable(Route route, SocketFailure failure, IOException cause) {
    return COMMON.unreachable(route, failure, cause);
  }

  @Override
  public String noResponse(Timeouts timeouts) {
    return COMMON.noResponse(timeouts);
  }

  @Override
  public String noRequest(Timeouts timeouts) {
    return COMMON.noRequest(timeouts);
  }

  @Override
  public String serverTrouble(Exception cause) {
    return COMMON.serverTrouble(cause);
  }

  @Override
  public String trouble(Exception cause) {
    if (!(cause instanceof TlsMismatch mismatch)) {
      return COMMON.trouble(cause);
    }
    String file = ShellWord.of(authority.toString());
    return switch (mismatch.failure()) {
      case TLS_ON_PLAIN ->
          mismatch.getMessage() + "; the URL of the proxy begins with http://, for all servers";
      case TLS_CERTIFICATE_REJECTED ->
          mismatch.getMessage()
              + "; the client does not trust the authority in "
              + file
              + "; the start of the output shows how to trust it";
      case TLS_LEFT ->
          mismatch.getMessage()
              + "; usually because the client does not trust the authority in "
              + file;
      default -> COMMON.trouble(cause);
    };
  }
}
