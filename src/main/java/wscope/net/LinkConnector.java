package wscope.net;

import java.io.IOException;

/**
 * Waits for a connection that is being opened. One of the two is called, once, unless it is
 * cancelled before.
 */
public interface LinkConnector {
  /**
   * TCP is connected; whatever happens on the link goes to the handler returned. Nothing can be
   * written before {@link LinkHandler#established}.
   */
  LinkHandler connected(Link link);

  /** TCP could not be connected. */
  void failed(SocketFailure failure, IOException cause);
}
