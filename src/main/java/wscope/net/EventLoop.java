package wscope.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
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

  /** The time that a link may hold memory without progress before others may have it. */
  private static final long PATIENCE_NANOS = 2_000_000_000;

  /** The number of bytes of output that are not gathered if they must be queued. */
  private static final int LARGE_OUTPUT = 16 << 10;

  /** The number of bytes, as of a header, that are faster to copy one by one. */
  private static final int FEW_BYTES = 8;

  /**
   * The time in a round for links that wait for another turn, and for deadlines that have passed,
   * in nanoseconds.
   */
  private static final long WAITING_TURNS_NANOS = 3_000_000;

  private final Selector selector;
  private final LinkLimits limits;
  private final Budget budget;
  private final List<Listener> listeners = new ArrayList<>();
  private final Deadlines deadlines = new Deadlines();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer roundBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final Chunks chunks = new Chunks();
  private @Nullable TlsBuffers tlsBuffers;

  /** The links that wait for another turn, after those that need only a short one. */
  private final ArrayDeque<Link> waiting = new ArrayDeque<>();

  /** The link whose turn it is. */
  private @Nullable Link turn;

  private long turnStart;

  /** The link whose output is in the round buffer; null if it is empty. */
  private @Nullable Link writer;

  /** Whether deadlines have passed whose actions wait for the next round. */
  private boolean overdue;

  private Runnable roundEnd = () -> {};

  private volatile boolean stopped;

  private EventLoop(Selector selector, LinkLimits limits, long maxHeld) {
    this.selector = selector;
    this.limits = limits;
    budget = new Budget(selector, maxHeld, Math.min(PATIENCE_NANOS, limits.stall().toNanos()));
  }

  /**
   * Creates a loop; {@link #run} starts it.
   *
   * @param maxHeld the maximum number of bytes held for all peers together; beyond it, the link
   *     that holds most gives up
   */
  public static EventLoop open(LinkLimits limits, long maxHeld) throws IOException {
    // Closing the first channel makes Java open file descriptors. Later, links may have used all
    // of them.
    SocketChannel.open().close();
    return new EventLoop(Selector.open(), limits, maxHeld);
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

  /**
   * Listens like {@link #listen(InetSocketAddress, LinkAcceptor)}, but for clients of which an
   * {@link Opening} decides what they speak. The acceptor sets it for each link.
   */
  public InetSocketAddress listenForAny(InetSocketAddress address, LinkAcceptor acceptor)
      throws IOException {
    return listen(
        address, acceptor, wire -> new OpeningLayer(wire, server -> through(server).apply(wire)));
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
   * @param address an address of TCP or of a Unix domain socket; an unresolved one fails as {@link
   *     SocketFailure#UNRESOLVED}
   * @param timeout the maximum time for the attempt
   * @param connector receives the result, after this method returns
   */
  public PendingConnect connect(SocketAddress address, Duration timeout, LinkConnector connector) {
    return connect(address, timeout, connector, plain(Side.CLIENT));
  }

  /**
   * Opens a TLS connection.
   *
   * @param timeout the maximum time for the attempt and the TLS handshake together; the link closes
   *     if the handshake takes longer
   */
  public PendingConnect connect(
      SocketAddress address, Duration timeout, LinkConnector connector, TlsClient tls) {
    return connect(address, timeout, connector, through(tls));
  }

  /**
   * Opens a connection through a proxy.
   *
   * @param proxy the address of the proxy
   * @param timeout the maximum time for the attempt, the tunnel and the TLS handshake together
   * @param tls the settings of TLS inside the tunnel; null for none
   */
  public PendingConnect connect(
      SocketAddress proxy,
      Duration timeout,
      LinkConnector connector,
      Tunnel tunnel,
      @Nullable TlsClient tls) {
    Function<Wire, Layer> inner = tls == null ? plain(Side.CLIENT) : through(tls);
    return connect(
        proxy, timeout, connector, wire -> new TunnelLayer(wire, tunnel, inner.apply(wire)));
  }

  /**
   * Opens a connection that passes on whatever the server sends, even TLS.
   *
   * @param tunnel the tunnel through a proxy, whose address this is; null for none
   */
  public PendingConnect connectOpaque(
      SocketAddress address, Duration timeout, LinkConnector connector, @Nullable Tunnel tunnel) {
    Function<Wire, Layer> inner = wire -> new PlainLayer(wire, Side.CLIENT, false);
    return connect(
        address,
        timeout,
        connector,
        tunnel == null ? inner : wire -> new TunnelLayer(wire, tunnel, inner.apply(wire)));
  }

  private PendingConnect connect(
      SocketAddress address,
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
      if (waiting.isEmpty() && !overdue) {
        selector.select(this::ready, deadlines.untilNext());
      } else {
        selector.selectNow(this::ready);
      }
      rescued(() -> overdue = deadlines.runDue(WAITING_TURNS_NANOS));
      takeWaitingTurns();
      sendGathered();
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        rescued(task);
        sendGathered();
      }
      rescued(roundEnd);
      sendGathered();
    }
  }

  /** Runs an action. If memory runs out, the link that holds most is lost instead of the loop. */
  private void rescued(Runnable action) {
    try {
      action.run();
    } catch (OutOfMemoryError e) {
      if (!budget.rescue(null, null)) {
        throw e;
      }
    }
  }

  /** Gives each waiting link a turn, but only until links that need a short turn may wait. */
  private void takeWaitingTurns() {
    long start = System.nanoTime();
    for (int left = waiting.size(); left > 0; left--) {
      Link link = waiting.remove();
      take(link, false);
      if (System.nanoTime() - start > WAITING_TURNS_NANOS) {
        return;
      }
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

  Chunks chunks() {
    return chunks;
  }

  Budget budget() {
    return budget;
  }

  /** Makes room for a link that is about to hold more; false if there is none. */
  boolean fits(Link link, long more) {
    return budget.fits(link, more, turn);
  }

  /** Lets one link give up for another one; false if none has to. */
  boolean findsMemory(Link link) {
    return budget.findsMemory(link, turn);
  }

  /** Frees memory after none was found for a link, which is lost. */
  void rescue(@Nullable Link failed) {
    budget.rescue(failed, turn);
  }

  /** Gives a link another turn, after the links that wait already. */
  void addWaiting(Link link) {
    waiting.add(link);
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
    if (bytes.remaining() >= LARGE_OUTPUT && link.waiting() > 0) {
      // It is queued anyway, so do not copy it twice.
      flushRound(link);
      link.flush(bytes);
      return;
    }
    while (bytes.hasRemaining()) {
      if (!roundBuffer.hasRemaining()) {
        flushRound(link);
      }
      copy(bytes, Math.min(roundBuffer.remaining(), bytes.remaining()));
    }
  }

  private void copy(ByteBuffer bytes, int count) {
    if (count <= FEW_BYTES) {
      for (int i = 0; i < count; i++) {
        roundBuffer.put(bytes.get());
      }
      return;
    }
    roundBuffer.put(roundBuffer.position(), bytes, bytes.position(), count);
    roundBuffer.position(roundBuffer.position() + count);
    bytes.position(bytes.position() + count);
  }

  /** Sends the gathered output, because another link writes or the current one is done. */
  void sendGathered() {
    Link link = writer;
    if (link != null) {
      writer = null;
      flushRound(link);
      if (link != turn) {
        link.turns().settle();
      }
    }
  }

  /** Gives a new link its first turn. */
  void begin(Link link) {
    startTurn(link);
    link.turns().begin();
    endTurn(link);
  }

  /**
   * Gives a link a turn.
   *
   * @param ready whether its socket is ready; otherwise, the link has waited
   */
  private void take(Link link, boolean ready) {
    try {
      startTurn(link);
      if (ready) {
        link.turns().ready(readBuffer);
      } else {
        link.turns().take(readBuffer);
      }
      endTurn(link);
    } catch (OutOfMemoryError e) {
      turn = null;
      rescue(link);
    }
  }

  private void startTurn(Link link) {
    turn = link;
    turnStart = System.nanoTime();
  }

  private void endTurn(Link link) {
    sendGathered();
    turn = null;
    link.turns().end(turnStart);
  }

  private void flushRound(Link link) {
    if (roundBuffer.position() > 0) {
      link.flush(roundBuffer.flip());
      roundBuffer.clear();
    }
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof Link link) {
      if (!link.turns().waits()) {
        take(link, true);
      }
    } else if (key.attachment() instanceof Runnable action) {
      action.run();
    }
  }
}
