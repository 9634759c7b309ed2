package wscope.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.handshake.HttpField;
import wscope.protocol.handshake.HttpResponse;

/** What a server decides about a correct request for a WebSocket (RFC 6455 §4.2.2). */
public sealed interface UpgradeResponse {
  /**
   * The WebSocket opens.
   *
   * @param subprotocol one of those that the client offered; null for none
   * @param compression what the server wants of permessage-deflate; null to decline it
   * @param fields added to the response
   * @param faults that the response commits, as far as it can
   */
  record Accept(
      @Nullable String subprotocol,
      @Nullable DeflateParameters compression,
      List<HttpField> fields,
      List<ResponseFault> faults)
      implements UpgradeResponse {}

  /**
   * The response has another status than 101 (§4.2.2, step 5), by the server's policy or because it
   * was asked to.
   *
   * @param response with a status of 300 to 599
   * @param why in words, with what the user can do about it; nothing from the wire in it
   */
  record Reject(HttpResponse response, String why) implements UpgradeResponse, PageResponse {}
}
