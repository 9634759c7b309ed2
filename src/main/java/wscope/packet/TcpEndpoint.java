package wscope.packet;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * One end of a TCP connection.
 *
 * @param address as it is in the packet; nothing looks up its name
 * @param port 0 to 65535, or negative if neither is known
 */
public record TcpEndpoint(InetAddress address, int port) implements Comparable<TcpEndpoint> {
  private static final int IPV6_BYTES = 16;
  private static final int NO_SCOPE = -1;

  /**
   * An endpoint from the bytes of its address.
   *
   * @param address 4 or 16 bytes
   */
  public static TcpEndpoint of(byte[] address, int port) {
    try {
      // InetAddress.getByAddress would make an IPv4 address of an IPv4-mapped one.
      return new TcpEndpoint(
          address.length == IPV6_BYTES
              ? Inet6Address.getByAddress(null, address, NO_SCOPE)
              : InetAddress.getByAddress(address),
          port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The numeric address, as in {@code 127.0.0.1} or {@code 0:0:0:0:0:0:0:1}. */
  public String host() {
    return address.getHostAddress();
  }

  @Override
  public int compareTo(TcpEndpoint other) {
    int addresses = Arrays.compareUnsigned(address.getAddress(), other.address.getAddress());
    return addresses != 0 ? addresses : Integer.compare(port, other.port);
  }

  @Override
  public String toString() {
    String host = host();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
