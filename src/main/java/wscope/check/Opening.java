package wscope.check;

import java.nio.ByteBuffer;
import java.util.List;
import wscope.protocol.handshake.HttpRequest;

/** How a client writes its request. */
@FunctionalInterface
public non-sealed interface Opening extends Beginning {
  /**
   * Creates the pieces to send, each in a TCP segment of its own.
   *
   * @param request a correct request with a fresh key
   */
  List<ByteBuffer> pieces(HttpRequest request);
}
