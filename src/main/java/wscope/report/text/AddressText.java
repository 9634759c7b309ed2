package wscope.report.text;

import wscope.protocol.event.Event;

/** Writes addresses as in a URL. */
public final class AddressText {
  private static final String LOOPBACK = "0:0:0:0:0:0:0:1";

  private AddressText() {}

  /** Shows an address: a host and a port, or the path of a Unix domain socket. */
  public static void show(Screen screen, Event.Address address) {
    if (address instanceof Event.Address.Tcp tcp) {
      SafeText.words(screen, authority(tcp));
    } else if (address instanceof Event.Address.Unix unix) {
      SafeText.words(screen, unix.path());
    }
  }

  /** Formats a host and a port. */
  public static String authority(Event.Address.Tcp address) {
    return host(address.host()) + ":" + address.port();
  }

  /**
   * Formats a host. In an IPv6 address, %25 precedes the zone (RFC 6874).
   *
   * @param address an IP address
   */
  public static String host(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    boolean loopback = address.equals(LOOPBACK) || address.startsWith(LOOPBACK + "%");
    return "[" + (loopback ? "::1" : address.replace("%", "%25")) + "]";
  }
}
