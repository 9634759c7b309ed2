package wscope.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection of an {@link EventLoop}, accepted or opened, plain or through TLS. Its output
 * is bounded by its peer: past the high-water mark of its {@link LinkLimits} nothing more is read
 * from a peer that does not take what it was sent, and a peer that takes nothing for too long is
 * dropped.
 */
public final class Link {
  /** How long a client that does not fit may take to read why, and to leave. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  private final EventLoop loop;
  private final Side side;
  private final Wire wire;
  private final Layer layer;
  private final SelectionKey key;
  private final InetSocketAddress remote;
  private final LinkHandler handler;
  private final StallWatch stall;
  private boolean held;

  /** What the handler has left for later; null if nothing. */
  private @Nullable ByteBuffer unread;

  private boolean resuming;

  /** Whether anything has come from the peer that its layer let through. */
  private boolean heard;

  /** Bytes that the handler keeps for the peer. */
  private long kept;

  /** Bytes that wait because of this link, as the loop has counted them. */
  private long counted;

  private boolean ending;
  private boolean endSaid;
  private boolean outputShut;
  private boolean inputEnded;
  private boolean closed;
  private boolean established;
  private @Nullable Deadline establishment;
  private @Nullable Deadline linger;
  private @Nullable IOException trouble;

  Link(
      EventLoop loop,
      SocketChannel socket,
      Side side,
      Function<Wire, Layer> layers,
      Function<Link, LinkHandler> handlers)
      throws IOException {
    this.loop = loop;
    this.side = side;
    wire = new Wire(socket);
    layer = layers.apply(wire);
    socket.configureBlocking(false);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    remote = (InetSocketAddress) socket.getRemoteAddress();
    key = loop.register(socket, SelectionKey.OP_READ);
    stall = new StallWatch(loop, wire, this::close);
    handler = handlers.apply(this);
    key.attach(this);
  }

  /** The peer's address. */
  public InetSocketAddress remote() {
    return remote;
  }

  /** What TLS has agreed on; null on a plain link, and before it is established. */
  public @Nullable TlsDetails tls() {
    return layer.tls();
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
   * Sends what was written, then ends the output (TLS close_notify, TCP FIN). What still comes in
   * goes to the handler, once; through TLS it is thrown away. The link closes when the peer ends as
   * well.
   */
  public void end() {
    ending = true;
    unread = null;
    settleOutsideTurn();
  }

  /**
   * Hands nothing more over until it is called with false; output goes on. The buffer that is on
   * loan to the handler is not taken back.
   */
  public void hold(boolean on) {
    held = on;
    settleOutsideTurn();
  }

  /** How many bytes the peer's socket has taken so far, encrypted if they are. */
  public long written() {
    return wire.written();
  }

  /**
   * Counts what the handler keeps for the peer with all that waits: the link closes if that is too
   * much.
   *
   * @param bytes that it keeps now
   */
  public void kept(long bytes) {
    if (!closed) {
      kept = bytes;
      closeIfTooMuch();
    }
  }

  /**
   * How many bytes wait for the peer: what the handler keeps, and what it has no room for,
   * encrypted if it is. What this turn has written is not tried before its end.
   */
  public long waiting() {
    return kept + wire.waiting();
  }

  /**
   * Does something after a time, in place of the handler: what goes wrong with it ends this link
   * alone.
   */
  public Deadline after(Duration delay, Runnable action) {
    return loop.after(delay, () -> attempt(action::run));
  }

  /** Closes at once; what was not sent is lost. */
  public void abort() {
    close(null);
  }

  /** Closes at once with a TCP RST, as a peer that crashed; what was not sent is lost. */
  public void reset() {
    wire.reset();
    close(null);
  }

  /**
   * Writes as much as the socket takes, and keeps the rest. If that fails, whoever writes is in the
   * middle of something, and hears of it when that is done.
   */
  void flush(ByteBuffer gathered) {
    try {
      if (!closed) {
        layer.write(gathered);
        closeIfTooMuch();
      }
    } catch (IOException | RuntimeException e) {
      closeLater(e);
    } catch (OutOfMemoryError e) {
      closeLater(noMemory(e));
    }
    gathered.position(gathered.limit());
  }

  /** It must be established before this comes. */
  void establishBefore(Deadline deadline) {
    establishment = deadline;
  }

  /** That deadline has come. */
  void expire(IOException cause) {
    if (!established) {
      close(cause);
    }
  }

  /** Its first turn: says what is to be said before the peer does. */
  void begin() {
    attempt(
        () -> {
          layer.begin();
          checkEstablished();
        });
  }

  private void checkEstablished() {
    if (!established && !layer.isHandshaking()) {
      established = true;
      if (establishment != null) {
        establishment.cancel();
      }
      handler.established();
    }
  }

  /** Its key is ready: moves bytes both ways. */
  void ready(ByteBuffer readBuffer) {
    try {
      if (key.isWritable()) {
        wire.drain();
        countWaiting();
      }
      if (key.isReadable()) {
        read(readBuffer.clear());
      }
    } catch (TlsMismatch e) {
      if (heard || side == Side.CLIENT) {
        close(e);
      } else {
        reject(e);
      }
    } catch (IOException | RuntimeException e) {
      close(e);
    } catch (OutOfMemoryError e) {
      close(noMemory(e));
    }
  }

  /** Its turn to hand over what its handler has left, if it may be read by now. */
  void resume() {
    ByteBuffer rest = unread;
    resuming = false;
    if (rest != null && !isPaused()) {
      attempt(
          () -> {
            handler.received(rest);
            unread = isLeft(rest) ? rest : null;
            endIfRead();
          });
      countWaiting();
    }
  }

  /** Does something for this link, and for it alone if it fails. */
  private void attempt(Step step) {
    try {
      if (!closed) {
        step.take();
      }
    } catch (IOException | RuntimeException e) {
      close(e);
    } catch (OutOfMemoryError e) {
      close(noMemory(e));
    }
  }

  /** After its turn: brings interest, deadline and end in line with what waits. */
  void settle() {
    if (closed) {
      return;
    }
    if (ending) {
      shutOutput();
    }
    if (outputShut && inputEnded) {
      close(null);
    }
    if (closed) {
      return;
    }
    boolean writes = wire.waiting() > 0;
    int interest = (reads() ? SelectionKey.OP_READ : 0) | (writes ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
    if (writes) {
      stall.begin();
    }
    if (unread != null && !isPaused() && !resuming) {
      resuming = true;
      // Not at once: others have their turns in between.
      loop.after(Duration.ZERO, () -> loop.resume(this));
    }
  }

  private void settleOutsideTurn() {
    if (!loop.isTurnOf(this)) {
      loop.sendGathered();
      settle();
    }
  }

  private boolean reads() {
    return !inputEnded && unread == null && !isPaused();
  }

  /** Whether it hands nothing over because it is held or too much output waits. */
  public boolean isPaused() {
    return wire.waiting() > loop.limits().highWater()
        || (held && !ending && !layer.isHandshaking());
  }

  private void read(ByteBuffer buffer) throws IOException {
    if (linger != null) {
      inputEnded = wire.read(buffer) < 0;
      return;
    }
    try {
      inputEnded = !layer.read(buffer);
    } finally {
      // What came before a failure has come.
      checkEstablished();
      if (buffer.position() > 0 && !closed) {
        heard = true;
        handler.received(buffer.flip());
        if (isLeft(buffer)) {
          unread = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
          closeIfTooMuch();
        }
      }
    }
    endIfRead();
  }

  private boolean isLeft(ByteBuffer bytes) {
    return bytes.hasRemaining() && !ending && !closed;
  }

  /** Tells of the peer's end once everything before it was taken. */
  private void endIfRead() {
    if (inputEnded && unread == null && !ending && !closed) {
      trouble = layer.wrongEnd();
      handler.ended();
    }
  }

  /** Lets a client that does not fit read the response that is on the wire. */
  private void reject(TlsMismatch mismatch) {
    trouble = mismatch;
    ending = true;
    endSaid = true;
    linger = loop.after(LINGER, () -> close(mismatch));
  }

  private void shutOutput() {
    try {
      if (!endSaid) {
        endSaid = true;
        layer.end();
      }
      if (wire.waiting() == 0 && !outputShut) {
        outputShut = true;
        wire.end();
      }
    } catch (IOException e) {
      close(e);
    }
  }

  /** Whoever keeps or writes more is in the middle of something. */
  private void closeIfTooMuch() {
    if (countWaiting()) {
      closeLater(
          new IOException("too much waits for this " + side.peer() + " and others to take it"));
    }
  }

  /** Tells whether what was added is too much for the loop. */
  private boolean countWaiting() {
    long more = kept + (unread == null ? 0 : unread.capacity()) + wire.waiting() - counted;
    counted += more;
    return loop.isFullWith(more);
  }

  /** One client less is better than a server less. */
  private static IOException noMemory(OutOfMemoryError error) {
    return new IOException("no memory is left for this connection", error);
  }

  private void close(@Nullable Exception cause) {
    if (!closed) {
      release();
      tell(cause);
    }
  }

  /** Closes at once too, but the handler, which is writing, hears of it when it is done. */
  private void closeLater(Exception cause) {
    if (!closed) {
      release();
      loop.execute(() -> tell(cause));
    }
  }

  private void release() {
    closed = true;
    unread = null;
    kept = 0;
    if (establishment != null) {
      establishment.cancel();
    }
    stall.stop();
    if (linger != null) {
      linger.cancel();
    }
    wire.close();
    countWaiting();
    layer.release();
  }

  private void tell(@Nullable Exception cause) {
    boolean bug = cause instanceof RuntimeException;
    handler.closed(trouble == null || bug ? cause : trouble);
  }

  /** Something that may fail. */
  private interface Step {
    void take() throws IOException;
  }
}
