package wscope.cli.decode;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/** The sender of the bytes in a stream. */
enum SenderChoice {
  /** The sender that the MASK bit of each frame shows. */
  AUTO(null),
  CLIENT(Endpoint.CLIENT),
  SERVER(Endpoint.SERVER);

  private final @Nullable Endpoint endpoint;

  SenderChoice(@Nullable Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Nullable Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
