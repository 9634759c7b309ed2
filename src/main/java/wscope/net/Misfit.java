package wscope.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A peer and a port do not fit together at the level of TLS. */
public final class Misfit extends IOException {
  private static final long serialVersionUID = 1;

  /** In what way. */
  public enum Kind {
    /** A TLS ClientHello on a port without TLS. */
    TLS_ON_PLAIN,
    /** Something like HTTP on a port with TLS. */
    HTTP_ON_TLS,
    /** Neither TLS nor HTTP on a port with TLS. */
    NOT_TLS,
    /** No version or cipher suite in common. */
    NOTHING_IN_COMMON,
    /** The peer sent an alert that speaks against our certificate. */
    DISTRUST,
    /** The peer left during the TLS handshake, or after it without a word. */
    LEFT,
    /** The peer ended TCP without a close_notify (RFC 8446 §6.1): more may have been sent. */
    TRUNCATED,
    /** Any other failure of TLS. */
    BROKEN
  }

  private final Kind kind;

  Misfit(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
