package wscope.check;

import java.nio.ByteBuffer;
import java.util.List;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/** How a server writes its response to a client that is checked. */
@FunctionalInterface
public non-sealed interface Reply extends Beginning {
  /**
   * Creates the pieces to send, each in a TCP segment of its own.
   *
   * @param request the request of the client
   * @param correct the response that accepts it, without extensions and subprotocols
   * @throws Inapplicable if the request does not allow this response
   */
  List<ByteBuffer> pieces(RequestHead request, HttpResponse correct) throws Inapplicable;

  /** The request of the client lacks what the case needs; the message says what. */
  final class Inapplicable extends Exception {
    private static final long serialVersionUID = 1L;

    Inapplicable(String why) {
      super(why, null, false, false);
    }
  }
}
