package wscope.net;

import java.io.IOException;

/** Welcomes new links. */
public interface LinkAcceptor {
  /**
   * A peer has connected; whatever happens on its link goes to the handler returned. Nothing can be
   * written before {@link LinkHandler#established}.
   */
  LinkHandler accepted(Link link);

  /**
   * A peer could not be accepted, for want of file descriptors as a rule; tried again in a second.
   */
  void failed(IOException cause);
}
