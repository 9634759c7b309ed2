package wscope.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Function;

/** Accepts the connections of one address. */
final class Listener {
  private static final int BACKLOG = 1024;

  /** The number of connections that are accepted before the existing ones have their turns. */
  private static final int ACCEPTED_IN_A_ROW = 64;

  private static final Duration ACCEPT_PAUSE = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final LinkAcceptor acceptor;
  private final Function<Wire, Layer> layers;
  private final ServerSocketChannel server;
  private final SelectionKey key;

  Listener(
      EventLoop loop,
      InetSocketAddress address,
      LinkAcceptor acceptor,
      Function<Wire, Layer> layers)
      throws IOException {
    this.loop = loop;
    this.acceptor = acceptor;
    this.layers = layers;
    server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(address, BACKLOG);
      server.configureBlocking(false);
      key = loop.register(server, SelectionKey.OP_ACCEPT);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    key.attach((Runnable) this::accept);
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) server.getLocalAddress();
  }

  void close() {
    try {
      server.close();
    } catch (IOException e) {
      // Whatever went wrong, the listener no longer listens.
    }
  }

  private void accept() {
    try {
      SocketChannel peer = server.accept();
      for (int count = 1; peer != null; count++) {
        open(peer);
        peer = count < ACCEPTED_IN_A_ROW ? server.accept() : null;
      }
    } catch (IOException e) {
      acceptor.failed(e);
      key.interestOps(0);
      loop.after(
          ACCEPT_PAUSE,
          () -> {
            if (key.isValid()) {
              key.interestOps(SelectionKey.OP_ACCEPT);
            }
          });
    }
  }

  /** A peer that disconnects before it is accepted is not an error. */
  private void open(SocketChannel peer) throws IOException {
    try {
      loop.begin(new Link(loop, peer, Side.SERVER, layers, acceptor::accepted));
    } catch (IOException e) {
      peer.close();
    } catch (OutOfMemoryError e) {
      loop.rescue(null);
      peer.close();
      throw new IOException("no memory is left for this connection", e);
    }
  }
}
