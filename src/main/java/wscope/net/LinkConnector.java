package wscope.net;

import java.io.IOException;

/**
 * Receives the result of opening a connection. One of the two methods is called once, unless the
 * attempt is cancelled first.
 */
public interface LinkConnector {
  /**
   * TCP is connected. Nothing can be written before {@link LinkHandler#established}.
   *
   * @return the handler for all events of the link
   */
  LinkHandler connected(Link link);

  /** TCP could not be connected. */
  void failed(SocketFailure failure, IOException cause);
}
