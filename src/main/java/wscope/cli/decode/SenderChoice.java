package wscope.cli.decode;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/** Who sent the bytes of a stream. */
enum SenderChoice {
  /** The MASK bit decides. */
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
