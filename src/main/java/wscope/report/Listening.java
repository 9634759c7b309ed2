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

  /** The host of an address as it stands in a URL; before a zone stands %25 (RFC 6874). */
  public static String host(InetAddress host) {
    if (!(host instanceof Inet6Address)) {
      return host.getHostAddress();
    }
    String address = host.isLoopbackAddress() ? "::1" : host.getHostAddress();
    return "[" + address.replace("%", "%25") + "]";
  }

  /** An address as it stands in a URL. */
  public static String authority(InetSocketAddress address) {
    return host(address.getAddress()) + ":" + address.getPort();
  }
}
