package wscope.protocol.deflate;

import org.jspecify.annotations.Nullable;

/**
 * A parameter of an extension in Sec-WebSocket-Extensions (RFC 6455 §9.1).
 *
 * @param name the name of the parameter
 * @param value the value without quotes; null if the parameter has none
 */
public record ExtensionParameter(String name, @Nullable String value) {
  /** The parameter as written in the header. */
  @Override
  public String toString() {
    return value == null ? name : name + "=" + value;
  }
}
