package wscope.serve;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that a request may name: localhost, any IP address, and names that the user adds. A
 * page of another site whose name resolves to this machine (DNS rebinding) still sends that name in
 * Host, and the server rejects it. An address cannot be made to resolve to this machine.
 */
public final class HostRule {
  /** The rule that accepts only localhost and addresses. */
  public static final HostRule DEFAULT = new HostRule(Set.of());

  private final Set<String> hosts;

  private HostRule(Set<String> hosts) {
    this.hosts = hosts;
  }

  /**
   * Creates a rule that accepts hosts besides localhost and addresses.
   *
   * @param names the names of the server, without ports, because any port matches
   * @throws IllegalArgumentException if a name is invalid; the message says why
   */
  public static HostRule of(List<String> names) {
    Set<String> hosts = new HashSet<>();
    for (String name : names) {
      Authority authority = Authority.parse(name);
      if (authority == null || authority.port() != Authority.NO_PORT) {
        throw new IllegalArgumentException(
            "a host is a name or an address without a port, such as box.example or [fd00::1]");
      }
      hosts.add(authority.host());
    }
    return new HostRule(Set.copyOf(hosts));
  }

  /**
   * Judges a host, with or without a port.
   *
   * @return the reason to reject a request for this host; null to accept it
   */
  @Nullable Rejection judge(String value) {
    Authority authority = Authority.parse(value);
    if (authority == null) {
      return new Rejection(
          Rejection.Reason.HOST_MALFORMED,
          "the Host field is not a valid host, such as localhost or 127.0.0.1");
    }
    if (authority.loopback() || authority.address() || hosts.contains(authority.host())) {
      return null;
    }
    String host = authority.urlHost();
    return new Rejection(
        Rejection.Reason.HOST_UNKNOWN,
        "the Host field names " + host + ", which may be another site's name for this machine",
        host);
  }
}
