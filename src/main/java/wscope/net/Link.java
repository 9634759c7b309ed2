package wscope.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection of an {@link EventLoop}. Its output is bounded by its peer, see {@link
 * OutputLimits}.
 */
public final class Link {
  private final EventLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final InetSocketAddress remote;
  private final LinkHandler handler;
  private final Backlog backlog = new Backlog();
  private boolean ending;
  private boolean outputShut;
  private boolean inputEnded;
  private boolean closed;
  private @Nullable Deadline stall;
  private long written;

  Link(EventLoop loop, SocketChannel channel, LinkAcceptor acceptor) throws IOException {
    this.loop = loop;
    this.channel = channel;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    remote = (InetSocketAddress) channel.getRemoteAddress();
    key = loop.register(channel, SelectionKey.OP_READ);
    handler = acceptor.accepted(this);
    key.attach(this);
  }

  /** The peer's address. */
  public InetSocketAddress remote() {
    return remote;
  }

  /**
   * Sends what is between position and limit, or keeps a copy to send later; the position moves.
   */
  public void write(ByteBuffer bytes) {
    if (closed || ending) {
      bytes.position(bytes.limit());
    } else {
      loop.gather(this, bytes);
    }
  }

  /**
   * Sends what was written, then ends the output (TCP FIN); what still comes in is thrown away. The
   * link closes when the peer ends as well.
   */
  public void end() {
    ending = true;
    if (!loop.isTurnOf(this)) {
      settle();
    }
  }

  /** How many bytes the peer's socket has taken so far. */
  public long written() {
    return written;
  }

  /** Closes at once; what was not sent is lost. */
  public void abort() {
    close(null);
  }

  /** Writes from the loop's round buffer as much as the socket takes, and keeps the rest. */
  void flush(ByteBuffer gathered) {
    try {
      if (closed) {
        return;
      }
      if (backlog.size() == 0) {
        written += channel.write(gathered);
      }
      backlog.add(gathered);
    } catch (IOException e) {
      close(e);
    }
  }

  /** Its key is ready: moves bytes both ways. */
  void ready(ByteBuffer readBuffer) {
    try {
      if (key.isWritable()) {
        written += backlog.writeTo(channel);
      }
      if (key.isReadable()) {
        read(readBuffer);
      }
    } catch (IOException | RuntimeException e) {
      close(e);
    }
  }

  /** After its turn: brings interest, deadline and end in line with what waits. */
  void settle() {
    if (closed) {
      return;
    }
    if (ending && backlog.size() == 0 && !outputShut) {
      shutOutput();
    }
    if (outputShut && inputEnded) {
      close(null);
      return;
    }
    boolean reads = !inputEnded && backlog.size() <= loop.outputLimits().highWater();
    boolean writes = backlog.size() > 0;
    int interest = (reads ? SelectionKey.OP_READ : 0) | (writes ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
    if (writes && stall == null) {
      watchStall();
    }
  }

  private void read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    int count = channel.read(buffer);
    if (count < 0) {
      inputEnded = true;
      if (!ending) {
        handler.ended();
      }
    } else if (count > 0 && !ending) {
      handler.received(buffer.flip());
    }
  }

  private void shutOutput() {
    outputShut = true;
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      close(e);
    }
  }

  private void watchStall() {
    long before = written;
    Duration patience = loop.outputLimits().stall();
    stall =
        loop.after(
            patience,
            () -> {
              stall = null;
              if (!closed && backlog.size() > 0) {
                if (written == before) {
                  close(
                      new IOException("the peer took nothing for " + patience.toMillis() + " ms"));
                } else {
                  watchStall();
                }
              }
            });
  }

  private void close(@Nullable Exception cause) {
    if (closed) {
      return;
    }
    closed = true;
    if (stall != null) {
      stall.cancel();
    }
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
    handler.closed(cause);
  }
}
