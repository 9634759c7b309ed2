package wscope.protocol.deflate;

import wscope.protocol.rule.Endpoint;

/**
 * What two endpoints agreed on for permessage-deflate (RFC 7692 §7.1).
 *
 * @param serverNoContextTakeover the server compresses each message by itself (§7.1.1.1)
 * @param clientNoContextTakeover the client does (§7.1.1.2)
 * @param serverMaxWindowBits the server's sliding window has at most 2 to this power bytes, 8 to 15
 *     (§7.1.2.1)
 * @param clientMaxWindowBits the client's (§7.1.2.2)
 */
public record DeflateParameters(
    boolean serverNoContextTakeover,
    boolean clientNoContextTakeover,
    int serverMaxWindowBits,
    int clientMaxWindowBits) {
  /** The name of the extension (§7). */
  public static final String EXTENSION = "permessage-deflate";

  /** The smallest window that can be agreed on, 256 bytes. */
  public static final int LEAST_WINDOW_BITS = 8;

  /** The largest window, 32 KiB, which is also meant when nothing is said. */
  public static final int MOST_WINDOW_BITS = 15;

  /** What holds without any parameter: context takeover and the largest window on both sides. */
  public static final DeflateParameters DEFAULT =
      new DeflateParameters(false, false, MOST_WINDOW_BITS, MOST_WINDOW_BITS);

  static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
  static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
  static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
  static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

  public DeflateParameters {
    if (!isWindowBits(serverMaxWindowBits) || !isWindowBits(clientMaxWindowBits)) {
      throw new IllegalArgumentException(
          "window bits are 8 to 15, not " + serverMaxWindowBits + ", " + clientMaxWindowBits);
    }
  }

  /** Whether a message of this sender may refer to the ones before it. */
  public boolean takesContextOver(Endpoint sender) {
    return sender == Endpoint.SERVER ? !serverNoContextTakeover : !clientNoContextTakeover;
  }

  /** How far this sender may refer back: 2 to this power bytes. */
  public int maxWindowBits(Endpoint sender) {
    return sender == Endpoint.SERVER ? serverMaxWindowBits : clientMaxWindowBits;
  }

  /** The element of Sec-WebSocket-Extensions that says so; what is the default is left out. */
  public String header() {
    return header(serverMaxWindowBits < MOST_WINDOW_BITS, clientMaxWindowBits < MOST_WINDOW_BITS);
  }

  @Override
  public String toString() {
    return header();
  }

  /** The same, with window sizes that are said although they are the default. */
  String header(boolean saysServerBits, boolean saysClientBits) {
    StringBuilder header = new StringBuilder(EXTENSION);
    if (serverNoContextTakeover) {
      header.append("; ").append(SERVER_NO_CONTEXT_TAKEOVER);
    }
    if (clientNoContextTakeover) {
      header.append("; ").append(CLIENT_NO_CONTEXT_TAKEOVER);
    }
    if (saysServerBits) {
      header.append("; ").append(SERVER_MAX_WINDOW_BITS).append('=').append(serverMaxWindowBits);
    }
    if (saysClientBits) {
      header.append("; ").append(CLIENT_MAX_WINDOW_BITS).append('=').append(clientMaxWindowBits);
    }
    return header.toString();
  }

  private static boolean isWindowBits(int bits) {
    return bits >= LEAST_WINDOW_BITS && bits <= MOST_WINDOW_BITS;
  }
}
