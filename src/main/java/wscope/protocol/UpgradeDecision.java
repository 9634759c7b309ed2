package wscope.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;

/** The decision of a server about a correct WebSocket request (RFC 6455 §4.2.2). */
public sealed interface UpgradeDecision {
  /**
   * The WebSocket opens.
   *
   * @param subprotocol one of those that the client offered; null for none
   * @param compression the permessage-deflate parameters that the server prefers; null to decline
   *     the extension
   * @param fields the fields added to the response
   * @param faults the faults that the response commits if it can
   */
  record Accept(
      @Nullable String subprotocol,
      @Nullable DeflateParameters compression,
      List<OutgoingHeaderField> fields,
      List<ResponseFault> faults)
      implements UpgradeDecision {}

  /**
   * The server responds with a status other than 101 (§4.2.2, step 5), by its policy or on request.
   *
   * @param response the response, with a status of 300 to 599
   * @param why the reason in words, with advice for the user; contains nothing from the wire
   */
  record Reject(HttpResponse response, String why) implements UpgradeDecision, PageDecision {}
}
