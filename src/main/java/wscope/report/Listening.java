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
      return new Place(address, (tls ? "wss://" : "ws://") + authority(address) + path);
    }
  }

  private static String ipv6(InetAddress host) {
    if (host.isLoopbackAddress()) {
      return "[::1]";
    }
    return host.isAnyLocalAddress() ? "[::]" : "[" + host.getHostAddress() + "]";
  }

  /** An address as it stands in a URL. */
  public static String authority(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    return (host instanceof Inet6Address ? ipv6(host) : host.getHostAddress())
        + ":"
        + address.getPort();
  }
}
