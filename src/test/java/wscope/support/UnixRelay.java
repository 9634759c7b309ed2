package wscope.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Passes the connections to a Unix domain socket on to a port of 127.0.0.1, unchanged. */
public final class UnixRelay implements AutoCloseable {
  private static final int BUFFER_BYTES = 8192;

  private final ServerSocketChannel listening;
  private final InetSocketAddress target;
  private final Path path;

  public UnixRelay(Path path, int port) throws IOException {
    this.path = path;
    target = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(path));
    start(this::accept);
  }

  /** The path of the socket. */
  public Path path() {
    return path;
  }

  private void accept() throws IOException {
    while (true) {
      SocketChannel client = listening.accept();
      SocketChannel server = SocketChannel.open(target);
      start(() -> pass(client, server));
      start(() -> pass(server, client));
    }
  }

  /** Passes on everything, then the end. */
  private static void pass(SocketChannel from, SocketChannel to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
    while (from.read(bytes.clear()) >= 0) {
      bytes.flip();
      while (bytes.hasRemaining()) {
        to.write(bytes);
      }
    }
    to.shutdownOutput();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One of the ends has left, or the test has ended.
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
