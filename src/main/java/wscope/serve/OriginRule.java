package wscope.serve;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.HeaderField;

/**
 * The rule for web pages that connect. A client without Origin is not a browser and may connect. If
 * origins are listed, only their pages may connect. Otherwise, pages from this machine may connect,
 * at any port, because someone who runs a server on this machine can do more than that, and a page
 * from elsewhere may connect if it receives only its own messages.
 */
public final class OriginRule {
  /** The rule that lists no origin. */
  public static final OriginRule DEFAULT = new OriginRule(false, Set.of());

  private static final String ANY = "*";

  private final boolean any;
  private final Set<String> named;

  private OriginRule(boolean any, Set<String> named) {
    this.any = any;
    this.named = named;
  }

  /**
   * Creates a rule that lists origins. Only their pages may connect, whoever receives the replies.
   *
   * @param origins the origins, such as {@code https://app.example}, {@code null} or {@code
   *     file://}; {@code *} for all
   * @throws IllegalArgumentException if one is invalid; the message says why
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
            "an origin is a scheme, a host and an optional port, such as https://app.example");
      } else {
        named.add(parsed.text());
      }
    }
    return new OriginRule(any, Set.copyOf(named));
  }

  /**
   * Judges the Origin fields of a request.
   *
   * @param why why pages of other machines may not connect unless they are named, in words; null if
   *     they may
   * @return the reason why the page may not connect; null if it may
   */
  @Nullable Rejection judge(List<HeaderField> fields, @Nullable String why) {
    if (fields.isEmpty() || any || (named.isEmpty() && why == null)) {
      return null;
    }
    if (fields.size() > 1) {
      return new Rejection(
          Rejection.Reason.ORIGIN_REPEATED, "there are several Origin fields; a browser sends one");
    }
    Origin origin = Origin.parse(fields.get(0).value());
    if (origin == null) {
      return new Rejection(
          Rejection.Reason.ORIGIN_MALFORMED, "the Origin field is not a valid origin");
    }
    if (named.isEmpty() ? origin.loopback() : named.contains(origin.text())) {
      return null;
    }
    String reason =
        named.isEmpty() && why != null ? why : "this origin is not one of the allowed origins";
    return new Rejection(
        Rejection.Reason.ORIGIN_UNKNOWN,
        "pages from " + origin.text() + " may not connect because " + reason,
        origin.text());
  }
}
