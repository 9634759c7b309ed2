package wscope.protocol;

import wscope.protocol.handshake.HttpResponse;

/**
 * The decision of a server about a plain HTTP request, which it may reject like a WebSocket
 * request.
 */
public sealed interface PageResponse permits PageResponse.Page, UpgradeResponse.Reject {
  /**
   * The server has a page for it.
   *
   * @param response the page
   */
  record Page(HttpResponse response) implements PageResponse {}
}
