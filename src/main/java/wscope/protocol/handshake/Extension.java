package wscope.protocol.handshake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of Sec-WebSocket-Extensions (RFC 6455 §9.1).
 *
 * @param name such as {@code permessage-deflate}
 * @param parameters in their order
 */
public record Extension(String name, List<Parameter> parameters) {
  /**
   * A parameter of an extension.
   *
   * @param name of the parameter
   * @param value without quotes; null if it has none
   */
  public record Parameter(String name, @Nullable String value) {}
}
