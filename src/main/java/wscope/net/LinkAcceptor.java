package wscope.net;

import java.io.IOException;

/** Accepts new links. */
public interface LinkAcceptor {
  /**
   * A peer has connected; whatever happens on its link goes to the handler returned. Nothing can be
   * written before {@link LinkHandler#established}.
   */
  LinkHandler accepted(Link link);

  /** A peer could not be accepted, usually for lack of file descriptors; retried after a second. */
  void failed(IOException cause);
}
