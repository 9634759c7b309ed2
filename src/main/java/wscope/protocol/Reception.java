package wscope.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.handshake.HttpResponse;

/** What a server decides about a correct request for a WebSocket (RFC 6455 §4.2.2). */
public sealed interface Reception {
  /**
   * The WebSocket opens.
   *
   * @param subprotocol one of those that the client offered; null for none
   * @param compression what the server wants of permessage-deflate; null to decline it
   * @param fields added to the answer
   * @param faults that the answer commits, as far as it can
   */
  record Welcome(
      @Nullable String subprotocol,
      @Nullable DeflateParameters compression,
      List<HttpResponse.Field> fields,
      List<HandshakeFault> faults)
      implements Reception {}

  /**
   * The request is answered with another status than 101 (§4.2.2, step 5), by the server's policy
   * or because it was asked to.
   *
   * @param response with a status of 300 to 599
   * @param why in words, with what the user can do about it; nothing from the wire in it
   */
  record Denial(HttpResponse response, String why) implements Reception, PageAnswer {}
}
