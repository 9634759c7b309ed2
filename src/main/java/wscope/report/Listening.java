package wscope.report;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What a server that listens says of itself.
 *
 * @param places where it listens, at least one
 * @param behaviour what it does with messages, in words
 * @param notes what its user should know, in words, a line each
 */
public record Listening(List<Place> places, String behaviour, List<String> notes) {
  /**
   * An address of a server.
   *
   * @param url what a client connects to
   */
  public record Place(InetSocketAddress address, String url) {
    /**
     * A place by its parts.
     *
     * @param tls whether clients connect through TLS
     * @param path begins with a slash
     */
    public static Place of(InetSocketAddress address, boolean tls, String path) {
      // No client connects to 0.0.0.0 or ::, which stand for all addresses of this machine.
      String host =
          address.getAddress().isAnyLocalAddress()
              ? "127.0.0.1:" + address.getPort()
              : authority(address);
      return new Place(address, (tls ? "wss://" : "ws://") + host + path);
    }
  }

  private static String ipv6(InetAddress host) {
    return host.isLoopbackAddress() ? "[::1]" : "[" + host.getHostAddress() + "]";
  }

  /** An address as it stands in a URL. */
  public static String authority(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    return (host instanceof Inet6Address ? ipv6(host) : host.getHostAddress())
        + ":"
        + address.getPort();
  }
}
