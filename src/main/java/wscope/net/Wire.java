package wscope.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A socket that accepts all output. It queues the output that cannot be written yet. */
final class Wire {
  private final SocketChannel socket;
  private final Backlog backlog;
  private long written;

  /** Bytes to read once more before those of the socket; null if there are none. */
  private @Nullable ByteBuffer unread;

  Wire(SocketChannel socket, Chunks chunks) {
    this.socket = socket;
    backlog = new Backlog(chunks);
  }

  /**
   * Reads once.
   *
   * @return the number of bytes read; -1 after the peer's end (TCP FIN)
   */
  int read(ByteBuffer bytes) throws IOException {
    ByteBuffer first = unread;
    if (first == null) {
      return socket.read(bytes);
    }
    unread = null;
    int count = first.remaining();
    bytes.put(first);
    return count;
  }

  /** Lets the next {@link #read}, whose buffer has room for them, return these bytes. */
  void unread(ByteBuffer bytes) {
    unread = bytes.hasRemaining() ? bytes : null;
  }

  /** Writes as much as the socket accepts and queues a copy of the rest. The position moves. */
  void write(ByteBuffer bytes) throws IOException {
    if (backlog.size() == 0) {
      written += socket.write(bytes);
    }
    backlog.add(bytes);
  }

  /** Writes queued output, as far as the socket accepts it. */
  void drain() throws IOException {
    written += backlog.writeTo(socket);
  }

  /** The number of queued bytes. */
  long waiting() {
    return backlog.size();
  }

  /** The number of bytes written to the socket. */
  long written() {
    return written;
  }

  /** Sends a FIN. */
  void end() throws IOException {
    socket.shutdownOutput();
  }

  /**
   * Closes the socket. Frees the queued output at once, because the link may close for lack of
   * memory.
   */
  void close() {
    backlog.clear();
    try {
      socket.close();
    } catch (IOException e) {
      // The socket is gone either way.
    }
  }

  /** Closes the socket with a RST instead of a FIN. */
  void reset() {
    try {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // The peer has already disconnected.
    }
    close();
  }
}
