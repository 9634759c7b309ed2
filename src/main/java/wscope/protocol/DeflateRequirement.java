package wscope.protocol;

import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Endpoint;

/** What a {@link Fault} needs of permessage-deflate (RFC 7692). */
public enum DeflateRequirement {
  /** Nothing. */
  NONE,
  /** Not agreed on. */
  ABSENT,
  /** Agreed on. */
  AGREED,
  /** Agreed on with context takeover for the sender (§7.1.1). */
  TAKEOVER,
  /** Agreed on without context takeover for the sender (§7.1.1). */
  NO_TAKEOVER;

  /**
   * Whether the connection meets it.
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
    };
  }

  /**
   * What the sender must agree on to meet it. The peer also decides: only the completed handshake
   * shows whether it {@link #isMet}.
   *
   * @param preferred what the sender would agree on otherwise; null for no permessage-deflate
   */
  public @Nullable DeflateParameters wish(@Nullable DeflateParameters preferred, Endpoint sender) {
    DeflateParameters some = preferred == null ? DeflateParameters.DEFAULT : preferred;
    return switch (this) {
      case NONE -> preferred;
      case ABSENT -> null;
      case AGREED -> some;
      case TAKEOVER -> takeover(some, sender, true);
      case NO_TAKEOVER -> takeover(some, sender, false);
    };
  }

  private static DeflateParameters takeover(
      DeflateParameters other, Endpoint sender, boolean value) {
    boolean server = sender == Endpoint.SERVER;
    return new DeflateParameters(
        server ? !value : other.serverNoContextTakeover(),
        server ? other.clientNoContextTakeover() : !value,
        other.serverMaxWindowBits(),
        other.clientMaxWindowBits());
  }
}
