package wscope.packet;

import java.nio.ByteBuffer;

/** Gets what {@link TcpStreams} puts together. It must not call the streams. */
public interface TcpListener {
  /** The first segment of a connection. */
  void opened(TcpConnection connection);

  /**
   * The next bytes of a direction.
   *
   * @param sender one of the two endpoints of the connection
   * @param bytes at least one, valid during this call
   */
  void bytes(TcpConnection connection, TcpEndpoint sender, ByteBuffer bytes);

  /**
   * The capture does not have the next bytes of a direction. A gap that is reported stays, even if
   * they come later. At the end of a direction, a FIN that is missing counts as a byte.
   */
  void gap(TcpConnection connection, TcpEndpoint sender, long missingBytes);

  /**
   * A retransmission has other bytes than the first ones, which count. The sender may have ended.
   *
   * @param offset of the first byte that differs, from the first byte of the direction
   * @param count how many bytes differ
   */
  void differs(TcpConnection connection, TcpEndpoint sender, long offset, int count);

  /** The sender has ended its direction; no bytes of it follow. */
  void ended(TcpConnection connection, TcpEndpoint sender, TcpEnd end);

  /** Nothing of this connection follows, whether it has ended or not. */
  void released(TcpConnection connection, TcpRelease why);
}
