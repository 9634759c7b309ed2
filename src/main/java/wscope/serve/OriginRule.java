package wscope.serve;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.HeaderField;

/**
 * Which web pages may connect. Whoever sends no Origin is not a browser, and may. Pages of this
 * machine may, at any port: who can run a server here can do more than that. Where nothing is
 * named, any page may that hears only what it sent itself.
 */
public final class OriginRule {
  /** Nothing is named. */
  public static final OriginRule DEFAULT = new OriginRule(false, Set.of());

  private static final String ANY = "*";

  private final boolean any;
  private final Set<String> named;

  private OriginRule(boolean any, Set<String> named) {
    this.any = any;
    this.named = named;
  }

  /**
   * The origins that may connect as well as those of this machine, whatever the replies.
   *
   * @param origins each as {@code https://app.example}, {@code null}, {@code file://}; or {@code *}
   *     for all
   * @throws IllegalArgumentException if one is no origin; its message says why
   */
  public static OriginRule of(List<String> origins) {
    Set<String> named = new HashSet<>();
    boolean any = false;
    for (String origin : origins) {
      Origin parsed = Origin.parse(origin);
      if (origin.equals(ANY)) {
        any = true;
      } else if (parsed == null) {
        throw new IllegalArgumentException(
            "an origin is a scheme, a host and perhaps a port, such as https://app.example");
      } else {
        named.add(parsed.text());
      }
    }
    return new OriginRule(any, Set.copyOf(named));
  }

  /**
   * Judges the Origin fields of a request.
   *
   * @param shared whether replies carry one client's messages to another
   * @return why it may not connect; null if it may
   */
  @Nullable Rejection judge(List<HeaderField> fields, boolean shared) {
    if (fields.isEmpty() || any || (named.isEmpty() && !shared)) {
      return null;
    }
    if (fields.size() > 1) {
      return new Rejection(
          Rejection.Reason.ORIGIN_REPEATED, "there are several Origin fields; a browser sends one");
    }
    Origin origin = Origin.parse(fields.get(0).value());
    if (origin == null) {
      return new Rejection(Rejection.Reason.ORIGIN_MALFORMED, "the Origin field names no origin");
    }
    if (origin.loopback() || named.contains(origin.text())) {
      return null;
    }
    String reason =
        named.isEmpty()
            ? "replies carry one client's messages to others"
            : "it is not one of those that may";
    return new Rejection(
        Rejection.Reason.ORIGIN_UNKNOWN,
        "pages of the origin " + origin.text() + " may not connect, for " + reason,
        origin.text());
  }
}
