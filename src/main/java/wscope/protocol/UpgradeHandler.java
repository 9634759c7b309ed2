package wscope.protocol;

import wscope.protocol.handshake.RequestHead;

/** Decides for a server about requests that break no rule. */
public interface UpgradeHandler {
  /** Decides about a plain HTTP request; the connection ends with the response. */
  PageResponse page(RequestHead request);

  /** Decides about a WebSocket request. */
  UpgradeResponse upgrade(RequestHead request);
}
