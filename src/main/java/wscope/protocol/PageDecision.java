package wscope.protocol;

import wscope.protocol.handshake.HttpResponse;

/**
 * The decision of a server about a plain HTTP request. The server may reject it like a WebSocket
 * request.
 */
public sealed interface PageDecision permits PageDecision.Page, UpgradeDecision.Reject {
  /**
   * The server sends a page.
   *
   * @param response the page
   */
  record Page(HttpResponse response) implements PageDecision {}
}
