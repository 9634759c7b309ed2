package wscope.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which a server selects one of the subprotocols that a client offers (RFC 6455
 * §4.2.2).
 *
 * @param any whether the server selects the first one that is offered
 * @param names otherwise the subprotocols that the server speaks, the preferred one first
 */
public record SubprotocolRule(boolean any, List<String> names) {
  /** The rule that selects the first one that is offered. */
  public static final SubprotocolRule ANY = new SubprotocolRule(true, List.of());

  /** Creates a rule that selects one of these names, and no other. */
  public static SubprotocolRule of(List<String> names) {
    return new SubprotocolRule(false, List.copyOf(names));
  }

  /**
   * The subprotocol that the server selects; null for none.
   *
   * @param preferred if any is accepted, the subprotocols that come first
   */
  @Nullable String select(List<String> offered, List<String> preferred) {
    String first = any && !offered.isEmpty() ? offered.get(0) : null;
    List<String> own = any ? preferred : names;
    return own.stream().filter(offered::contains).findFirst().orElse(first);
  }
}
