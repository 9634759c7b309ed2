package wscope.protocol.deflate;

/**
 * A client's offer of permessage-deflate (RFC 7692 §7.1).
 *
 * @param serverNoContextTakeover the server must compress each message separately (§7.1.1.1)
 * @param clientNoContextTakeover the client may compress each message separately (§7.1.1.2)
 * @param serverMaxWindowBits the size of the server's largest window, 8 to 15 bits; {@link #ABSENT}
 *     for any
 * @param clientMaxWindowBits the size of the largest window that the client will use, 8 to 15 bits;
 *     {@link #NO_VALUE} if the server may choose; {@link #ABSENT} if it may not
 */
public record DeflateOffer(
    boolean serverNoContextTakeover,
    boolean clientNoContextTakeover,
    int serverMaxWindowBits,
    int clientMaxWindowBits) {
  /** The value for a window parameter that is absent. */
  public static final int ABSENT = ParameterSet.ABSENT;

  /** The value for a client window parameter without a value. */
  public static final int NO_VALUE = ParameterSet.NO_VALUE;

  /** The offer of browsers: all defaults, and the server may limit the client's window. */
  public static final DeflateOffer DEFAULT = new DeflateOffer(false, false, ABSENT, NO_VALUE);

  /** The element of Sec-WebSocket-Extensions for this offer. */
  public String header() {
    StringBuilder header = new StringBuilder(DeflateParameters.EXTENSION);
    if (serverNoContextTakeover) {
      header.append("; ").append(DeflateParameters.SERVER_NO_CONTEXT_TAKEOVER);
    }
    if (clientNoContextTakeover) {
      header.append("; ").append(DeflateParameters.CLIENT_NO_CONTEXT_TAKEOVER);
    }
    bits(DeflateParameters.SERVER_MAX_WINDOW_BITS, serverMaxWindowBits, header);
    bits(DeflateParameters.CLIENT_MAX_WINDOW_BITS, clientMaxWindowBits, header);
    return header.toString();
  }

  private static void bits(String name, int bits, StringBuilder into) {
    if (bits != ABSENT) {
      into.append("; ").append(name);
    }
    if (bits > ABSENT) {
      into.append('=').append(bits);
    }
  }
}
