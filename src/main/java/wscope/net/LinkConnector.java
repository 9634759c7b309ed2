package wscope.net;

import java.io.IOException;

/**
 * Receives the result of opening a connection. One of the two methods is called, once, unless the
 * attempt is cancelled first.
 */
public interface LinkConnector {
  /**
   * TCP is connected; the returned handler receives all events of the link. Nothing can be written
   * before {@link LinkHandler#established}.
   */
  LinkHandler connected(Link link);

  /** TCP could not be connected. */
  void failed(SocketFailure failure, IOException cause);
}
