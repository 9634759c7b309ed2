package wscope.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A socket that takes all output: what the peer has no room for waits in order. */
final class Wire {
  private final SocketChannel socket;
  private final Backlog backlog = new Backlog();
  private long written;

  Wire(SocketChannel socket) {
    this.socket = socket;
  }

  /** Reads once; -1 at the peer's end (TCP FIN). */
  int read(ByteBuffer bytes) throws IOException {
    return socket.read(bytes);
  }

  /** Writes as much as the socket takes, and keeps a copy of the rest; the position moves. */
  void write(ByteBuffer bytes) throws IOException {
    if (backlog.size() == 0) {
      written += socket.write(bytes);
    }
    backlog.add(bytes);
  }

  /** Writes what waits, as far as the socket takes it. */
  void drain() throws IOException {
    written += backlog.writeTo(socket);
  }

  /** How many bytes wait for the peer to make room. */
  long waiting() {
    return backlog.size();
  }

  /** How many bytes the socket has taken. */
  long written() {
    return written;
  }

  /** Sends a FIN. */
  void end() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes; what waits goes at once, for memory may be what the link is closed for. */
  void close() {
    backlog.clear();
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** Closes with a RST instead of a FIN. */
  void reset() {
    try {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // Then the peer has gone before.
    }
    close();
  }
}
