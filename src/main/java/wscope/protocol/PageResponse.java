package wscope.protocol;

import wscope.protocol.handshake.HttpResponse;

/**
 * What a server decides about a plain HTTP request; it may be rejected like one for a WebSocket.
 */
public sealed interface PageResponse permits PageResponse.Page, UpgradeResponse.Reject {
  /**
   * There is a page for it.
   *
   * @param response the page
   */
  record Page(HttpResponse response) implements PageResponse {}
}
