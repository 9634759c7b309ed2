package wscope.capture.tunnel;

import wscope.packet.TcpConnection;
import wscope.packet.TcpListener;

/** Gets the streams of TCP, and of a tunnel what is inside. */
public interface TunnelListener extends TcpListener {
  /**
   * A client has opened a tunnel. The bytes that follow are those inside.
   *
   * @param target the target of CONNECT, from the wire
   */
  void tunnelled(TcpConnection connection, String target);
}
