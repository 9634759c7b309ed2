package wscope.proxy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import wscope.serve.Authority;

/** A set of hosts: names, IP addresses, and all names that end with a certain domain. */
public final class HostNames {
  private static final String ANY_LABELS = "*.";

  private final Set<String> hosts = new HashSet<>();
  private final Set<String> domains = new HashSet<>();

  /**
   * Creates a set.
   *
   * @param patterns hosts, or domains after an asterisk and a dot, which stand for all names below
   * @throws IllegalArgumentException if a pattern is invalid; the message says why
   */
  public HostNames(List<String> patterns) {
    for (String pattern : patterns) {
      boolean below = pattern.startsWith(ANY_LABELS);
      Authority host = Authority.parse(below ? pattern.substring(ANY_LABELS.length()) : pattern);
      if (host == null || host.port() != Authority.NO_PORT || (below && host.address())) {
        throw new IllegalArgumentException(
            "a host is a name or an address without a port, such as example.com, [::1], or"
                + " *.example.com for all names below example.com");
      }
      (below ? domains : hosts).add(host.host());
    }
  }

  /**
   * Whether a host belongs to the set.
   *
   * @param host a normalized host, as in {@link Authority}
   */
  boolean contains(String host) {
    if (hosts.contains(host)) {
      return true;
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      if (domains.contains(host.substring(dot + 1))) {
        return true;
      }
    }
    return false;
  }
}
