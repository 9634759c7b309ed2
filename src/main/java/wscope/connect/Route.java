package wscope.connect;

import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/** The way from a client to its server. */
public sealed interface Route {
  /**
   * TCP, to the host of the target or to a proxy.
   *
   * @param resolver resolves the name of that host
   * @param order the addresses of the name to try, and their order
   * @param proxy the proxy; null for none
   */
  record Tcp(Resolver resolver, AddressOrder order, @Nullable Proxy proxy) implements Route {}

  /** A Unix domain socket of this machine. The host of the target is only a name for the server. */
  record Unix(UnixDomainSocketAddress address) implements Route {}
}
