package wscope.connect;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Which addresses of a server a client tries, and in which order (RFC 8305 §4). */
public enum AddressOrder {
  /** IPv6 and IPv4 in turn, IPv6 first. */
  BOTH,
  /** Only IPv4. */
  IPV4,
  /** Only IPv6. */
  IPV6;

  /** The addresses in the order in which to try them, without duplicates. */
  public List<InetAddress> of(List<InetAddress> resolved) {
    Deque<InetAddress> six = new ArrayDeque<>();
    Deque<InetAddress> four = new ArrayDeque<>();
    for (InetAddress address : resolved) {
      Deque<InetAddress> family = address instanceof Inet6Address ? six : four;
      boolean wanted = this == BOTH || (this == IPV6) == (family == six);
      if (wanted && !family.contains(address)) {
        family.addLast(address);
      }
    }
    List<InetAddress> ordered = new ArrayList<>(six.size() + four.size());
    while (!six.isEmpty() || !four.isEmpty()) {
      take(six, ordered);
      take(four, ordered);
    }
    return ordered;
  }

  private static void take(Deque<InetAddress> from, List<InetAddress> into) {
    InetAddress first = from.pollFirst();
    if (first != null) {
      into.add(first);
    }
  }
}
