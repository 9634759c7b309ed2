package wscope.protocol;

import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Endpoint;

/** What must hold about permessage-deflate (RFC 7692) for a {@link Fault} to act. */
public enum DeflateNeed {
  /** Nothing. */
  NONE,
  /** It must not be agreed on. */
  ABSENT,
  /** It must be agreed on. */
  AGREED,
  /** It must be agreed on, and so that the sender's messages may refer to earlier ones (§7.1.1). */
  TAKEOVER,
  /** It must be agreed on, and so that the sender compresses each message by itself (§7.1.1). */
  NO_TAKEOVER;

  /**
   * Whether it holds.
   *
   * @param agreed what holds on the connection; null if permessage-deflate is not in use
   * @param sender who commits the fault
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
   * What the sender has to agree on so that it holds. The peer has its say in it: whether it {@link
   * #isMet} is known when the handshake is done.
   *
   * @param preferred what it would agree on otherwise; null for no permessage-deflate
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
