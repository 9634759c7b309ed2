package wscope.protocol;

import wscope.protocol.handshake.HttpResponse;

/** What a server decides about a plain HTTP request; it may be refused as one for a WebSocket. */
public sealed interface PageAnswer permits PageAnswer.Page, Reception.Denial {
  /**
   * There is a page for it.
   *
   * @param response the page
   */
  record Page(HttpResponse response) implements PageAnswer {}
}
