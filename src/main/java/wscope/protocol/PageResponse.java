package wscope.protocol;

import wscope.protocol.handshake.HttpResponse;

/** What a server decides about a plain HTTP request. It may reject it like a WebSocket request. */
public sealed interface PageResponse permits PageResponse.Page, UpgradeResponse.Reject {
  /**
   * The server has a page for it.
   *
   * @param response the page
   */
  record Page(HttpResponse response) implements PageResponse {}
}
