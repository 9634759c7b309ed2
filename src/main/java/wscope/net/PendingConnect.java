package wscope.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connection that is being opened. Not thread-safe: use it only on the loop's thread. */
public final class PendingConnect {
  private final EventLoop loop;
  private final LinkConnector connector;
  private final Function<Wire, Layer> layers;
  private final Deadline deadline;
  private @Nullable SocketChannel socket;
  private @Nullable Link link;

  /** Whether the connector has been called, or must no longer be called. */
  private boolean decided;

  PendingConnect(
      EventLoop loop, LinkConnector connector, Function<Wire, Layer> layers, Duration timeout) {
    this.loop = loop;
    this.connector = connector;
    this.layers = layers;
    deadline = loop.after(timeout, () -> expire(StallWatch.shown(timeout)));
  }

  /**
   * Gives up: the connector will not be called. This has no effect once the connector has been
   * called.
   */
  public void cancel() {
    if (!decided) {
      abandon();
    }
  }

  /** Starts to connect. The connector is not called before this method returns. */
  void start(SocketAddress address) {
    try {
      SocketChannel opened = open(address);
      socket = opened;
      opened.configureBlocking(false);
      if (opened.connect(address)) {
        loop.execute(() -> connected(opened));
      } else {
        SelectionKey key = loop.register(opened, SelectionKey.OP_CONNECT);
        key.attach((Runnable) () -> finish(opened));
      }
    } catch (IOException e) {
      failSoon(e);
    } catch (UnresolvedAddressException e) {
      String host = address instanceof InetSocketAddress tcp ? tcp.getHostString() : "";
      failSoon(new UnknownHostException(host));
    } catch (UnsupportedAddressTypeException e) {
      failSoon(new SocketException("Network is unreachable: this Java has no IPv6"));
    }
  }

  private static SocketChannel open(SocketAddress address) throws IOException {
    if (!(address instanceof UnixDomainSocketAddress)) {
      return SocketChannel.open();
    }
    try {
      return SocketChannel.open(StandardProtocolFamily.UNIX);
    } catch (UnsupportedOperationException e) {
      throw new SocketException("this system has no Unix domain sockets");
    }
  }

  private void finish(SocketChannel opened) {
    try {
      if (opened.finishConnect()) {
        connected(opened);
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void connected(SocketChannel opened) {
    if (decided) {
      return;
    }
    try {
      Link connected = new Link(loop, opened, Side.CLIENT, layers, this::decide);
      link = connected;
      connected.establishBefore(deadline);
      loop.begin(connected);
    } catch (IOException e) {
      fail(e);
    } catch (OutOfMemoryError e) {
      fail(new IOException("no memory is left for this connection", e));
    }
  }

  private LinkHandler decide(Link connected) {
    decided = true;
    return connector.connected(connected);
  }

  private void expire(String timeout) {
    if (link == null) {
      fail(new SocketTimeoutException("no connection was established within " + timeout));
    } else {
      link.expire(
          new SocketTimeoutException("the TLS handshake was not completed within " + timeout));
    }
  }

  private void failSoon(IOException cause) {
    loop.execute(() -> fail(cause));
  }

  private void fail(IOException cause) {
    if (!decided) {
      abandon();
      connector.failed(SocketFailure.of(cause), cause);
    }
  }

  private void abandon() {
    decided = true;
    deadline.cancel();
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // The socket is gone either way.
      }
    }
  }
}
