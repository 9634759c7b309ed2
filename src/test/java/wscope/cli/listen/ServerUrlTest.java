package wscope.cli.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ServerUrlTest {
  @Test
  void shortensTheIpv6Loopback() throws UnknownHostException {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    InetAddress address = InetAddress.getByAddress(loopback);
    assertEquals(
        "ws://[::1]:8080/chat",
        ServerUrl.listeningAddress(new InetSocketAddress(address, 8080), false, "/chat").url());
  }

  @Test
  void escapesThePercentSignOfAZone() throws UnknownHostException {
    byte[] linkLocal = new byte[16];
    linkLocal[0] = (byte) 0xfe;
    linkLocal[1] = (byte) 0x80;
    InetAddress address = Inet6Address.getByAddress(null, linkLocal, 2);
    assertEquals(
        "wss://[fe80:0:0:0:0:0:0:0%252]:8080/",
        ServerUrl.listeningAddress(new InetSocketAddress(address, 8080), true, "/").url());
  }
}
