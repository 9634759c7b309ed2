package wscope.connect;

import java.io.IOException;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.net.SocketFailure;

/** Receives the result of connecting to a server, once. */
public interface DialResult {
  /**
   * TCP is connected.
   *
   * @param nanos the time that the connection took
   */
  LinkHandler connected(Link link, long nanos);

  /** The name was not resolved, or all attempts have failed, the last one with this failure. */
  void failed(SocketFailure failure, IOException cause);
}
