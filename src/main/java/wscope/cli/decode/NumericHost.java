package wscope.cli.decode;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Compares IP addresses in their different spellings, without looking up names. */
final class NumericHost {
  private NumericHost() {}

  /**
   * Whether a text is an IP address.
   *
   * @param address an IP address
   */
  static boolean same(String text, String address) {
    if (text.equals(address)) {
      return true;
    }
    boolean numeric =
        text.indexOf(':') >= 0
            && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
    try {
      return numeric && InetAddress.getByName(text).getHostAddress().equals(address);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
