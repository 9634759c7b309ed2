package wscope.net;

import java.io.IOException;

/** Accepts new links. */
public interface LinkAcceptor {
  /**
   * A peer has connected. Nothing can be written before {@link LinkHandler#established}.
   *
   * @return the handler for all events of the link
   */
  LinkHandler accepted(Link link);

  /**
   * A peer could not be accepted, usually for lack of file descriptors. The loop tries again after
   * 1 s.
   */
  void failed(IOException cause);
}
