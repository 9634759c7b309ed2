package wscope.protocol.event;

import java.util.Locale;

/** Something that a server does not do, or not yet, because a behaviour requests that. */
public enum Withholding {
  /** The response to the opening handshake follows later. */
  RESPONSE_FOR_NOW,
  /** There is no response to the opening handshake. */
  RESPONSE,
  /** The response to the opening handshake stops inside its head. */
  REST_OF_RESPONSE,
  /** The server reads nothing more from the client. */
  READING;

  /** The identifier in JSON. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds the constant with this identifier.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Withholding of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
