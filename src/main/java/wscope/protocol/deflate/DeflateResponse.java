package wscope.protocol.deflate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response of a server to the offers of permessage-deflate (RFC 7692 §5.1).
 *
 * @param agreed the negotiated parameters; null if no offer was accepted, which is not an error:
 *     the extension is then not in use
 * @param header the element of Sec-WebSocket-Extensions to send; null for none
 * @param declined the offers before the accepted one, with reasons
 */
public record DeflateResponse(
    @Nullable DeflateParameters agreed, @Nullable String header, List<Declined> declined) {
  /**
   * A response without the extension: the client did not offer it, or the server does not want it.
   */
  public static final DeflateResponse NONE = new DeflateResponse(null, null, List.of());

  /**
   * An offer that a server must decline (§7.1).
   *
   * @param offer the number of the offer among those of permessage-deflate, from 1
   * @param parameter the invalid parameter, from the wire
   * @param why the reason in words
   */
  public record Declined(int offer, ExtensionParameter parameter, String why) {}
}
