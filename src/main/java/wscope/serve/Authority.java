package wscope.serve;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host and an optional port, as in Host and Origin (RFC 3986 §3.2, without userinfo). The {@code
 * host} is normalized: a name is in lower case and without a dot at its end, an address is
 * formatted by {@link InetAddress#getHostAddress}.
 *
 * @param host a name or an address; only letters, digits, {@code - _ .} and {@code :}
 * @param address whether the host is an IP address
 * @param loopback whether the host is this machine: {@code localhost}, 127.0.0.0/8 or ::1
 * @param port the port; {@link #NO_PORT} if none is given
 */
public record Authority(String host, boolean address, boolean loopback, int port) {
  /** Stands for no port. */
  public static final int NO_PORT = -1;

  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;
  private static final int MOST_PORT_DIGITS = 5;

  /**
   * Parses an authority by the strict grammar: an address has four decimal numbers or is in
   * brackets. A name whose last label is a number, such as {@code 0x7f.1}, is invalid.
   *
   * @return the authority; null if the string is anything else
   */
  public static @Nullable Authority parse(String text) {
    int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
    String host = end < 0 ? text : text.substring(0, end);
    String rest = end < 0 ? "" : text.substring(end);
    int port = port(rest);
    if (host.isEmpty() || port < NO_PORT) {
      return null;
    }
    InetAddress address = host.startsWith("[") ? ipv6(host) : ipv4(host);
    if (address != null) {
      return of(address, port);
    }
    String name = name(host);
    return name == null ? null : new Authority(name, false, name.equals("localhost"), port);
  }

  static Authority of(InetAddress address, int port) {
    String host = address.getHostAddress();
    int scope = host.indexOf('%');
    return new Authority(
        scope < 0 ? host : host.substring(0, scope), true, address.isLoopbackAddress(), port);
  }

  /** The host as in a URL. */
  public String urlHost() {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /**
   * Parses the port after the host: nothing, or a colon and a number up to 65535. Returns -2 for
   * anything else.
   */
  private static int port(String text) {
    if (text.isEmpty() || text.equals(":")) {
      return NO_PORT;
    }
    int port = decimal(text.substring(1), MOST_PORT_DIGITS);
    return text.charAt(0) == ':' && port >= 0 && port <= 0xffff ? port : -2;
  }

  /**
   * Parses four decimal numbers without leading zeros (RFC 3986 §3.2.2). Returns null for anything
   * else.
   */
  private static @Nullable InetAddress ipv4(String host) {
    String[] parts = host.split("\\.", -1);
    byte[] bytes = new byte[4];
    if (parts.length != bytes.length) {
      return null;
    }
    for (int i = 0; i < bytes.length; i++) {
      int part = decimal(parts[i], 3);
      if (part < 0 || part > 255 || (parts[i].length() > 1 && parts[i].charAt(0) == '0')) {
        return null;
      }
      bytes[i] = (byte) part;
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /**
   * Parses an IPv6 address in brackets, without a zone. Returns null for anything else or an
   * IPv4-mapped address.
   */
  private static @Nullable InetAddress ipv6(String bracketed) {
    for (int i = 1; i < bracketed.length() - 1; i++) {
      char c = bracketed.charAt(i);
      if (!HexFormat.isHexDigit(c) && c != ':' && c != '.') {
        return null;
      }
    }
    if (bracketed.indexOf(':') < 0) {
      return null;
    }
    try {
      // A string with a colon is never looked up as a name.
      InetAddress address = InetAddress.getByName(bracketed);
      return address instanceof Inet6Address ? address : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /**
   * Normalizes a DNS name to lower case without the dot of the root. Returns null if the name is
   * invalid.
   */
  private static @Nullable String name(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (name.length() > LONGEST_NAME) {
      return null;
    }
    String last = "";
    for (String label : name.split("\\.", -1)) {
      if (!isLabel(label)) {
        return null;
      }
      last = label;
    }
    return isNumber(last) ? null : name.toLowerCase(Locale.ROOT);
  }

  private static boolean isLabel(String label) {
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
        return false;
      }
    }
    return !label.isEmpty() && label.length() <= LONGEST_LABEL;
  }

  /** Whether some resolvers read a label as a part of an IPv4 address. */
  private static boolean isNumber(String label) {
    return decimal(label, LONGEST_LABEL) != -1 || label.startsWith("0x") || label.startsWith("0X");
  }

  /**
   * Reads decimal digits as a number, at most {@link Integer#MAX_VALUE}. Returns -1 if there are
   * none.
   */
  private static int decimal(String text, int maxDigits) {
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = Math.min(value * 10 + (c - '0'), Integer.MAX_VALUE);
    }
    return text.isEmpty() || text.length() > maxDigits ? -1 : (int) value;
  }
}
