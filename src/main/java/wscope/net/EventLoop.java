package wscope.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event loop: one thread and one selector for many links, accepted or opened. All links share a
 * read buffer and a round buffer. The round buffer gathers consecutive output of a link into one
 * write to its socket.
 */
public final class EventLoop implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;

  private final Selector selector;
  private final LinkLimits limits;
  private final long maxWaiting;
  private final List<Listener> listeners = new ArrayList<>();
  private final Deadlines deadlines = new Deadlines();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer roundBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private @Nullable TlsBuffers tlsBuffers;

  /** The link whose turn it is. */
  private @Nullable Link turn;

  /** The link whose output is in the round buffer; null if it is empty. */
  private @Nullable Link writer;

  private Runnable roundEnd = () -> {};

  /** The number of bytes queued for all peers together. */
  private long waiting;

  private volatile boolean stopped;

  private EventLoop(Selector selector, LinkLimits limits, long maxWaiting) {
    this.selector = selector;
    this.limits = limits;
    this.maxWaiting = maxWaiting;
  }

  /**
   * Creates a loop; {@link #run} starts it.
   *
   * @param maxWaiting the maximum number of bytes queued for all peers together
   */
  public static EventLoop open(LinkLimits limits, long maxWaiting) throws IOException {
    // Closing the first channel makes Java open file descriptors. Later, links may have used all
    // of them.
    SocketChannel.open().close();
    return new EventLoop(Selector.open(), limits, maxWaiting);
  }

  /**
   * Listens on an address.
   *
   * @param address the address; port 0 selects a free port
   * @return the actual address
   * @throws IOException if the address is in use or not local
   */
  public InetSocketAddress listen(InetSocketAddress address, LinkAcceptor acceptor)
      throws IOException {
    return listen(address, acceptor, plain(Side.SERVER));
  }

  /**
   * Listens like {@link #listen(InetSocketAddress, LinkAcceptor)}, but for clients that speak TLS.
   */
  public InetSocketAddress listen(InetSocketAddress address, LinkAcceptor acceptor, TlsServer tls)
      throws IOException {
    return listen(address, acceptor, through(tls));
  }

  private InetSocketAddress listen(
      InetSocketAddress address, LinkAcceptor acceptor, Function<Wire, Layer> layers)
      throws IOException {
    Listener listener = new Listener(this, address, acceptor, layers);
    listeners.add(listener);
    return listener.address();
  }

  /** Stops accepting connections. Existing ones continue. */
  public void stopListening() {
    listeners.forEach(Listener::close);
  }

  /**
   * Opens a connection. If several attempts race, the caller cancels the losers.
   *
   * @param address a resolved address; an unresolved one fails as {@link SocketFailure#UNRESOLVED}
   * @param timeout the maximum time for the attempt
   * @param connector receives the result, after this method returns
   */
  public PendingConnect connect(
      InetSocketAddress address, Duration timeout, LinkConnector connector) {
    return connect(address, timeout, connector, plain(Side.CLIENT));
  }

  /**
   * Opens a TLS connection.
   *
   * @param timeout the maximum time for the attempt and the TLS handshake together; the link closes
   *     if the handshake takes longer
   */
  public PendingConnect connect(
      InetSocketAddress address, Duration timeout, LinkConnector connector, TlsClient tls) {
    return connect(address, timeout, connector, through(tls));
  }

  private PendingConnect connect(
      InetSocketAddress address,
      Duration timeout,
      LinkConnector connector,
      Function<Wire, Layer> layers) {
    PendingConnect pending = new PendingConnect(this, connector, layers, timeout);
    pending.start(address);
    return pending;
  }

  private static Function<Wire, Layer> plain(Side side) {
    return wire -> new PlainLayer(wire, side);
  }

  private Function<Wire, Layer> through(TlsSettings tls) {
    if (tlsBuffers == null) {
      tlsBuffers = new TlsBuffers(BUFFER_BYTES);
    }
    TlsBuffers buffers = tlsBuffers;
    return wire -> new TlsLayer(wire, tls, buffers);
  }

  /** Sets an action for the end of each round of I/O, before waiting for the next. */
  public void onRoundEnd(Runnable action) {
    roundEnd = action;
  }

  /** Runs a task on the loop's thread, soon. Any thread may call this. */
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** Runs an action on the loop's thread after a delay. */
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

  /** Ends {@link #run} after the current round. Any thread may call this. */
  public void stop() {
    stopped = true;
    selector.wakeup();
  }

  /** Closes all sockets. Do not call this while {@link #run} is running. */
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

  /**
   * Counts a change in the number of queued bytes.
   *
   * @return whether the total now exceeds the limit
   */
  boolean isFullWith(long more) {
    waiting += more;
    return more > 0 && waiting > maxWaiting;
  }

  boolean isTurnOf(Link link) {
    return turn == link;
  }

  /** Gathers output of a link, to send it together with the link's next output. */
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

  /** Sends the gathered output, because another link writes or the current one is done. */
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

  /** Gives a new link its first turn. */
  void begin(Link link) {
    turn = link;
    link.begin();
    endTurn(link);
  }

  /** Gives a link a turn to pass on the bytes that its handler has not consumed. */
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
}
