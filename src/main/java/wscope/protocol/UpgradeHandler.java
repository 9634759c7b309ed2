package wscope.protocol;

import wscope.protocol.handshake.RequestHead;

/** Decides as a server about requests that break no rule. */
public interface UpgradeHandler {
  /** Decides about a plain HTTP request; the connection ends with the response. */
  PageResponse page(RequestHead request);

  /** Decides about a request for a WebSocket. */
  UpgradeResponse upgrade(RequestHead request);
}
