package wscope.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The two ends of a link do not match at the TLS level. */
public final class TlsMismatch extends IOException {
  private static final long serialVersionUID = 1;

  private final SocketFailure failure;

  TlsMismatch(SocketFailure failure, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  /** The kind of mismatch. */
  public SocketFailure failure() {
    return failure;
  }
}
