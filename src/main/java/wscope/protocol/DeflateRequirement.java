package wscope.protocol;

import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Endpoint;

/** The result of negotiating permessage-deflate (RFC 7692) that a {@link Fault} requires. */
public enum DeflateRequirement {
  /** Any result. */
  NONE,
  /** The endpoints did not agree on permessage-deflate. */
  ABSENT,
  /** The endpoints agreed on permessage-deflate. */
  AGREED,
  /** The endpoints agreed on permessage-deflate with context takeover for the sender (§7.1.1). */
  TAKEOVER,
  /**
   * The endpoints agreed on permessage-deflate without context takeover for the sender (§7.1.1).
   */
  NO_TAKEOVER,
  /** The endpoints agreed on a window of less than 32 KiB for the sender (§7.1.2). */
  SMALL_WINDOW;

  /** The window bits to agree on where a small window is required. */
  private static final int SMALL_WINDOW_BITS = 8;

  /**
   * Whether the connection meets this requirement.
   *
   * @param agreed the parameters of the connection; null if permessage-deflate is not in use
   * @param sender the endpoint that commits the fault
   */
  public boolean isMet(@Nullable DeflateParameters agreed, Endpoint sender) {
    return switch (this) {
      case NONE -> true;
      case ABSENT -> agreed == null;
      case AGREED -> agreed != null;
      case TAKEOVER -> agreed != null && agreed.takesContextOver(sender);
      case NO_TAKEOVER -> agreed != null && !agreed.takesContextOver(sender);
      case SMALL_WINDOW -> agreed != null && hasSmallWindow(agreed, sender);
    };
  }

  /**
   * The parameters that the sender must agree on to meet this requirement. The peer also decides:
   * only the completed handshake shows whether the requirement {@link #isMet}.
   *
   * @param preferred the parameters that the sender would agree on otherwise; null for no
   *     permessage-deflate
   */
  public @Nullable DeflateParameters adjust(
      @Nullable DeflateParameters preferred, Endpoint sender) {
    DeflateParameters offered = preferred == null ? DeflateParameters.DEFAULT : preferred;
    return switch (this) {
      case NONE -> preferred;
      case ABSENT -> null;
      case AGREED -> offered;
      case TAKEOVER -> takeover(offered, sender, true);
      case NO_TAKEOVER -> takeover(offered, sender, false);
      case SMALL_WINDOW ->
          hasSmallWindow(offered, sender) ? offered : withSmallWindow(offered, sender);
    };
  }

  private static boolean hasSmallWindow(DeflateParameters agreed, Endpoint sender) {
    return agreed.maxWindowBits(sender) < DeflateParameters.MOST_WINDOW_BITS;
  }

  private static DeflateParameters withSmallWindow(DeflateParameters current, Endpoint sender) {
    boolean server = sender == Endpoint.SERVER;
    return new DeflateParameters(
        current.serverNoContextTakeover(),
        current.clientNoContextTakeover(),
        server ? SMALL_WINDOW_BITS : current.serverMaxWindowBits(),
        server ? current.clientMaxWindowBits() : SMALL_WINDOW_BITS);
  }

  private static DeflateParameters takeover(
      DeflateParameters current, Endpoint sender, boolean value) {
    boolean server = sender == Endpoint.SERVER;
    return new DeflateParameters(
        server ? !value : current.serverNoContextTakeover(),
        server ? current.clientNoContextTakeover() : !value,
        current.serverMaxWindowBits(),
        current.clientMaxWindowBits());
  }
}
