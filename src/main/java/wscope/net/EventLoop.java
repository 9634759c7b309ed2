package wscope.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thread, one selector, many links. All links share a buffer to read into and a round buffer,
 * in which everything that a link writes in a row is gathered into one write to its socket.
 */
public final class EventLoop implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int WAITING_CONNECTIONS = 1024;

  /** How much may wait for all peers together. */
  private static final long MOST_WAITING = Runtime.getRuntime().maxMemory() / 2;

  /** How many connections are accepted before those that are there have their turns. */
  private static final int ACCEPTED_IN_A_ROW = 64;

  private static final Duration ACCEPT_PAUSE = Duration.ofSeconds(1);

  private final Selector selector;
  private final LinkLimits limits;
  private final List<ServerSocketChannel> servers = new ArrayList<>();
  private final Deadlines deadlines = new Deadlines();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer roundBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private @Nullable TlsBuffers tlsBuffers;

  /** Whose key is being handled. */
  private @Nullable Link turn;

  /** Whose output the round buffer holds; null if it holds none. */
  private @Nullable Link writer;

  private Runnable roundEnd = () -> {};

  /** How many bytes wait for all peers together. */
  private long waiting;

  private volatile boolean stopped;

  private EventLoop(Selector selector, LinkLimits limits) {
    this.selector = selector;
    this.limits = limits;
  }

  /** A new loop; {@link #run} makes it go. */
  public static EventLoop open(LinkLimits limits) throws IOException {
    // The first channel to be closed takes descriptors of Java's own, and links may have taken all.
    SocketChannel.open().close();
    return new EventLoop(Selector.open(), limits);
  }

  /**
   * Listens on an address.
   *
   * @param address its port may be 0 for any free one
   * @return the address that it has become
   * @throws IOException if the address is in use or not ours
   */
  public InetSocketAddress listen(InetSocketAddress address, LinkAcceptor acceptor)
      throws IOException {
    return listen(address, acceptor, PlainLayer::new);
  }

  /** Listens on an address for clients that speak TLS; the rest is as without. */
  public InetSocketAddress listen(InetSocketAddress address, LinkAcceptor acceptor, TlsPort port)
      throws IOException {
    if (tlsBuffers == null) {
      tlsBuffers = new TlsBuffers(BUFFER_BYTES);
    }
    TlsBuffers buffers = tlsBuffers;
    return listen(address, acceptor, wire -> new TlsLayer(wire, port, buffers));
  }

  private InetSocketAddress listen(
      InetSocketAddress address, LinkAcceptor acceptor, Function<Wire, Layer> layers)
      throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(address, WAITING_CONNECTIONS);
      server.configureBlocking(false);
      SelectionKey key = server.register(selector, SelectionKey.OP_ACCEPT);
      key.attach((Runnable) () -> accept(server, key, acceptor, layers));
      servers.add(server);
      return (InetSocketAddress) server.getLocalAddress();
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Accepts no more connections; those that are there go on. */
  public void stopListening() {
    for (ServerSocketChannel server : servers) {
      try {
        server.close();
      } catch (IOException e) {
        // It listens no more, whatever else went wrong.
      }
    }
  }

  /** What to do at the end of each round of I/O, before waiting for the next. */
  public void onRoundEnd(Runnable action) {
    roundEnd = action;
  }

  /** Does something on the loop's thread, soon; may be called from any thread. */
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Does something on the loop's thread after a time. */
  public Deadline after(Duration delay, Runnable action) {
    return deadlines.after(delay, action);
  }

  /** Serves until {@link #stop}. */
  public void run() throws IOException {
    while (!stopped) {
      selector.select(this::ready, deadlines.untilNext());
      deadlines.runDue();
      sendGathered();
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
        sendGathered();
      }
      roundEnd.run();
      sendGathered();
    }
  }

  /** Ends {@link #run} after its round; may be called from any thread. */
  public void stop() {
    stopped = true;
    selector.wakeup();
  }

  /** Closes all sockets; {@link #run} has ended or never began. */
  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  SelectionKey register(SelectableChannel channel, int interest) throws IOException {
    return channel.register(selector, interest);
  }

  LinkLimits limits() {
    return limits;
  }

  /** More waits for a peer, or less; tells whether it is too much for all together. */
  boolean isFullWith(long more) {
    waiting += more;
    return more > 0 && waiting > MOST_WAITING;
  }

  boolean isTurnOf(Link link) {
    return turn == link;
  }

  /** Takes output of a link, to be sent with what it writes next. */
  void gather(Link link, ByteBuffer bytes) {
    if (writer != link) {
      sendGathered();
      writer = link;
    }
    while (bytes.hasRemaining()) {
      if (!roundBuffer.hasRemaining()) {
        flushRound(link);
      }
      int count = Math.min(roundBuffer.remaining(), bytes.remaining());
      roundBuffer.put(roundBuffer.position(), bytes, bytes.position(), count);
      roundBuffer.position(roundBuffer.position() + count);
      bytes.position(bytes.position() + count);
    }
  }

  /** Sends what was gathered: another link writes, or this one is done. */
  void sendGathered() {
    Link link = writer;
    if (link != null) {
      writer = null;
      flushRound(link);
      if (link != turn) {
        link.settle();
      }
    }
  }

  /** Gives a link a turn to hand over what its handler has left. */
  void resume(Link link) {
    turn = link;
    link.resume();
    endTurn(link);
  }

  private void endTurn(Link link) {
    sendGathered();
    turn = null;
    link.settle();
  }

  private void flushRound(Link link) {
    link.flush(roundBuffer.flip());
    roundBuffer.clear();
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof Link link) {
      turn = link;
      link.ready(readBuffer);
      endTurn(link);
    } else if (key.attachment() instanceof Runnable action) {
      action.run();
    }
  }

  private void accept(
      ServerSocketChannel server,
      SelectionKey key,
      LinkAcceptor acceptor,
      Function<Wire, Layer> layers) {
    try {
      SocketChannel peer = server.accept();
      for (int count = 1; peer != null; count++) {
        open(peer, acceptor, layers);
        peer = count < ACCEPTED_IN_A_ROW ? server.accept() : null;
      }
    } catch (IOException e) {
      acceptor.failed(e);
      key.interestOps(0);
      after(
          ACCEPT_PAUSE,
          () -> {
            if (key.isValid()) {
              key.interestOps(SelectionKey.OP_ACCEPT);
            }
          });
    }
  }

  /** A peer that is gone before it was welcomed is no failure of ours. */
  private void open(SocketChannel peer, LinkAcceptor acceptor, Function<Wire, Layer> layers)
      throws IOException {
    try {
      new Link(this, peer, layers, acceptor).settle();
    } catch (IOException e) {
      peer.close();
    } catch (OutOfMemoryError e) {
      peer.close();
      throw new IOException("no memory is left for it", e);
    }
  }
}
