package wscope.capture.tls;

import org.jspecify.annotations.Nullable;
import wscope.capture.tunnel.TunnelListener;
import wscope.packet.TcpConnection;
import wscope.packet.TcpEndpoint;
import wscope.protocol.event.TlsSession;

/**
 * Gets the streams of TCP, and of a connection with TLS what is inside: its {@link #bytes} are then
 * decrypted ones.
 */
public interface TlsListener extends TunnelListener {
  /** A connection can be decrypted, at least in part. This precedes its bytes. */
  void secured(TcpConnection connection, TlsSession session);

  /**
   * An endpoint sent an alert.
   *
   * @param name its name in the IANA registry, and its number
   */
  void alert(TcpConnection connection, TcpEndpoint sender, boolean fatal, String name);

  /** What follows from this sender cannot be decrypted. */
  void undecrypted(TcpConnection connection, TcpEndpoint sender, String reason);

  /**
   * Nothing of a connection was decrypted.
   *
   * @param why what the connection is and why, in words
   * @param serverName the name of the server that the client asked for; null if it did not
   */
  void unread(TcpConnection connection, String why, @Nullable String serverName);
}
