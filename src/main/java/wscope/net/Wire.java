package wscope.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A socket that accepts all output. It queues the output that cannot be written yet. After a failed
 * write, it discards all output, and the failure follows what has arrived before it.
 */
final class Wire {
  private final SocketChannel socket;
  private final Backlog backlog;
  private long written;

  /** Bytes to read once more before those of the socket; null if there are none. */
  private @Nullable ByteBuffer unread;

  /** Why the socket takes no more output; null if it does. */
  private @Nullable IOException failure;

  Wire(SocketChannel socket, Chunks chunks) {
    this.socket = socket;
    backlog = new Backlog(chunks);
  }

  /**
   * Reads once.
   *
   * @return the number of bytes read; -1 after the peer's end (TCP FIN)
   * @throws IOException if the read fails, or an earlier write failed and nothing more has arrived
   */
  int read(ByteBuffer bytes) throws IOException {
    ByteBuffer first = unread;
    if (first == null) {
      int count = socket.read(bytes);
      if (count <= 0 && failure != null) {
        throw failure;
      }
      return count;
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
  void write(ByteBuffer bytes) {
    try {
      if (backlog.size() == 0 && failure == null) {
        written += socket.write(bytes);
      }
      if (failure == null) {
        backlog.add(bytes);
      }
    } catch (IOException e) {
      fail(e);
    }
    bytes.position(bytes.limit());
  }

  /** Writes queued output, as far as the socket accepts it. */
  void drain() {
    try {
      written += backlog.writeTo(socket);
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException cause) {
    failure = cause;
    backlog.clear();
  }

  /** Whether a write has failed, so that all further output is discarded. */
  boolean hasFailed() {
    return failure != null;
  }

  /** Why a write has failed; null if none has. */
  @Nullable IOException failure() {
    return failure;
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
