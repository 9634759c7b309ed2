package wscope.protocol;

import wscope.protocol.handshake.RequestHead;

/** Decides for a server about requests that break no rule. */
public interface UpgradeHandler {
  /** Decides about a plain HTTP request; the connection ends with the response. */
  PageDecision page(RequestHead request);

  /** Decides about a WebSocket request. */
  UpgradeDecision upgrade(RequestHead request);
}
