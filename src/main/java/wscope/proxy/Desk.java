package wscope.proxy;

import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.handshake.RequestHead;

/** Decides where the requests of a client go. */
interface Desk {
  /** Decides on a request. */
  Destination judge(RequestHead request);

  /** The way through a tunnel that the client needs no further request for; null for none. */
  default Destination.@Nullable Tunnel unseen() {
    return null;
  }

  /** Whether the client has said something before its request. */
  default boolean isInUse() {
    return false;
  }

  /** Reports how the client reached the proxy, before its request is reported. */
  default void introduce(ExchangeListener listener) {}
}
