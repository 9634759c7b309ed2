package wscope.protocol.deflate;

import wscope.protocol.rule.Endpoint;

/**
 * The negotiated parameters of permessage-deflate (RFC 7692 §7.1).
 *
 * @param serverNoContextTakeover the server compresses each message separately (§7.1.1.1)
 * @param clientNoContextTakeover the client compresses each message separately (§7.1.1.2)
 * @param serverMaxWindowBits the base-2 logarithm of the server's largest sliding window, 8 to 15
 *     (§7.1.2.1)
 * @param clientMaxWindowBits the base-2 logarithm of the client's largest sliding window, 8 to 15
 *     (§7.1.2.2)
 */
public record DeflateParameters(
    boolean serverNoContextTakeover,
    boolean clientNoContextTakeover,
    int serverMaxWindowBits,
    int clientMaxWindowBits) {
  /** The name of the extension (§7). */
  public static final String EXTENSION = "permessage-deflate";

  /** The smallest window, 256 bytes. */
  public static final int LEAST_WINDOW_BITS = 8;

  /** The largest window, 32 KiB, which is the default. */
  public static final int MOST_WINDOW_BITS = 15;

  /** The defaults: context takeover and the largest window on both sides. */
  public static final DeflateParameters DEFAULT =
      new DeflateParameters(false, false, MOST_WINDOW_BITS, MOST_WINDOW_BITS);

  public static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
  public static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
  public static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
  public static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

  public DeflateParameters {
    if (!isWindowBits(serverMaxWindowBits) || !isWindowBits(clientMaxWindowBits)) {
      throw new IllegalArgumentException(
          "window bits are 8 to 15, not " + serverMaxWindowBits + ", " + clientMaxWindowBits);
    }
  }

  /** Whether a message of this sender may refer to earlier ones. */
  public boolean takesContextOver(Endpoint sender) {
    return sender == Endpoint.SERVER ? !serverNoContextTakeover : !clientNoContextTakeover;
  }

  /** The base-2 logarithm of the window size of this sender. */
  public int maxWindowBits(Endpoint sender) {
    return sender == Endpoint.SERVER ? serverMaxWindowBits : clientMaxWindowBits;
  }

  /** The element of Sec-WebSocket-Extensions with these parameters; defaults are omitted. */
  public String header() {
    return header(serverMaxWindowBits < MOST_WINDOW_BITS, clientMaxWindowBits < MOST_WINDOW_BITS);
  }

  @Override
  public String toString() {
    return header();
  }

  /**
   * The element of Sec-WebSocket-Extensions with these parameters, optionally with window sizes
   * that are the default.
   */
  String header(boolean includeServerBits, boolean includeClientBits) {
    StringBuilder header = new StringBuilder(EXTENSION);
    if (serverNoContextTakeover) {
      header.append("; ").append(SERVER_NO_CONTEXT_TAKEOVER);
    }
    if (clientNoContextTakeover) {
      header.append("; ").append(CLIENT_NO_CONTEXT_TAKEOVER);
    }
    if (includeServerBits) {
      header.append("; ").append(SERVER_MAX_WINDOW_BITS).append('=').append(serverMaxWindowBits);
    }
    if (includeClientBits) {
      header.append("; ").append(CLIENT_MAX_WINDOW_BITS).append('=').append(clientMaxWindowBits);
    }
    return header.toString();
  }

  private static boolean isWindowBits(int bits) {
    return bits >= LEAST_WINDOW_BITS && bits <= MOST_WINDOW_BITS;
  }
}
