package wscope.protocol.deflate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response of a server to the offers of permessage-deflate (RFC 7692 §5.1).
 *
 * @param agreed null if no offer was accepted: then the extension is not in use, which is not an
 *     error
 * @param header the element of Sec-WebSocket-Extensions to send; null if none
 * @param declined the offers before the accepted one, with reasons
 */
public record DeflateResponse(
    @Nullable DeflateParameters agreed, @Nullable String header, List<Declined> declined) {
  /** No extension: none was offered, or the server wants none. */
  public static final DeflateResponse NONE = new DeflateResponse(null, null, List.of());

  /**
   * An offer that a server must decline (§7.1).
   *
   * @param offer its place among the offers of permessage-deflate, from 1
   * @param parameter the invalid one, from the wire
   * @param why in words
   */
  public record Declined(int offer, ExtensionParameter parameter, String why) {}
}
