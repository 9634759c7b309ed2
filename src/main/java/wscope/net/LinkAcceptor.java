package wscope.net;

import java.io.IOException;

/** Accepts new links. */
public interface LinkAcceptor {
  /**
   * A peer has connected; the returned handler receives all events of its link. Nothing can be
   * written before {@link LinkHandler#established}.
   */
  LinkHandler accepted(Link link);

  /**
   * A peer could not be accepted, usually for lack of file descriptors. The loop tries again after
   * 1 s.
   */
  void failed(IOException cause);
}
