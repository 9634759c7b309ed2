package wscope.input.find;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/** Who sent some bytes, as far as the text around them says. */
public enum Way {
  /** The client: {@code C>}, {@code client:}. */
  CLIENT,
  /** The server: {@code S>}, {@code server:}. */
  SERVER,
  /** The side that wrote the text: {@code >}, {@code send}, {@code TX}. */
  OUT,
  /** The peer of the side that wrote the text: {@code <}, {@code recv}, {@code RX}. */
  IN;

  /** The endpoint that sent the bytes; null if the text does not say which one it is. */
  public @Nullable Endpoint sender() {
    return this == CLIENT ? Endpoint.CLIENT : this == SERVER ? Endpoint.SERVER : null;
  }
}
