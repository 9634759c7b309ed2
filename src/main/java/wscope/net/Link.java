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
 * is bounded: above the high-water mark of the {@link LinkLimits}, nothing more is read from the
 * peer. A peer that reads nothing for too long is dropped.
 */
public final class Link {
  /** The time that a mismatched client has to read the response and disconnect. */
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

  /** The bytes that the handler has not consumed; null if there are none. */
  private @Nullable ByteBuffer unread;

  private boolean resuming;

  /** Whether the handler has received anything. */
  private boolean receivedAny;

  /** The number of bytes that the handler holds back for the peer. */
  private long kept;

  /** This link's share of the bytes that the loop has counted. */
  private long counted;

  private boolean ending;
  private boolean endWritten;
  private boolean outputShut;
  private boolean inputEnded;
  private boolean closed;
  private boolean established;
  private @Nullable Deadline establishment;
  private @Nullable Deadline linger;
  private @Nullable IOException failure;

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

  /** The details of TLS; null on a plain link and before the link is established. */
  public @Nullable TlsDetails tls() {
    return layer.tls();
  }

  /**
   * Sends the bytes between position and limit, or keeps a copy to send later. The position moves.
   */
  public void write(ByteBuffer bytes) {
    if (closed || ending) {
      bytes.position(bytes.limit());
    } else {
      loop.gather(this, bytes);
    }
  }

  /**
   * Sends the queued output, then ends the output (TLS close_notify, TCP FIN). The handler still
   * receives input, but unconsumed bytes are not passed again; on a TLS link, further input is
   * discarded. The link closes when the peer ends too.
   */
  public void end() {
    ending = true;
    unread = null;
    settleOutsideTurn();
  }

  /**
   * Stops passing input to the handler until this method is called with false. Output continues.
   * The handler keeps the buffer that it is currently reading.
   */
  public void hold(boolean on) {
    held = on;
    settleOutsideTurn();
  }

  /** The number of bytes written to the socket so far, after encryption. */
  public long written() {
    return wire.written();
  }

  /**
   * Counts the bytes that the handler holds back for the peer towards the queue limit. The link
   * closes if the limit is exceeded.
   *
   * @param bytes the number of bytes that the handler now holds back
   */
  public void kept(long bytes) {
    if (!closed) {
      kept = bytes;
      closeIfTooMuch();
    }
  }

  /**
   * The number of bytes queued for the peer: those that the handler holds back, and those that the
   * socket did not accept, after encryption. Output of the current turn is written at the end of
   * the turn.
   */
  public long waiting() {
    return kept + wire.waiting();
  }

  /** Runs an action after a delay. If the action fails, only this link ends. */
  public Deadline after(Duration delay, Runnable action) {
    return loop.after(delay, () -> attempt(action::run));
  }

  /** Closes the link at once. Unsent output is lost. */
  public void abort() {
    close(null);
  }

  /** Closes the link at once with a TCP RST, as after a crash. Unsent output is lost. */
  public void reset() {
    wire.reset();
    close(null);
  }

  /**
   * Writes as much as the socket accepts and queues the rest. After a failure, the handler is
   * called later, because it is currently writing.
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

  /** Sets the deadline for being established. */
  void establishBefore(Deadline deadline) {
    establishment = deadline;
  }

  /** Closes the link if it is not established when its deadline passes. */
  void expire(IOException cause) {
    if (!established) {
      close(cause);
    }
  }

  /** Takes the first turn: sends the bytes that must precede the peer's input. */
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

  /** Reads and writes, because the selection key of the socket is ready. */
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
      if (receivedAny || side == Side.CLIENT) {
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

  /** Passes on the bytes that the handler has not consumed, unless input is paused. */
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

  /** Runs a step. If it fails, only this link ends. */
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

  /** Ends a turn: updates the interest set, the deadline and the end to match the queued output. */
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
      // Do not resume at once, so that other links have their turns first.
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

  /** Whether input is paused, because it is held or too much output is queued. */
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
      // Bytes that arrived before a failure still count.
      checkEstablished();
      if (buffer.position() > 0 && !closed) {
        receivedAny = true;
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

  /** Reports the peer's end once all earlier bytes are consumed. */
  private void endIfRead() {
    if (inputEnded && unread == null && !ending && !closed) {
      failure = layer.endFailure();
      handler.ended();
    }
  }

  /** Lets a mismatched client read the response that is on the wire. */
  private void reject(TlsMismatch mismatch) {
    failure = mismatch;
    ending = true;
    endWritten = true;
    linger = loop.after(LINGER, () -> close(mismatch));
  }

  private void shutOutput() {
    try {
      if (!endWritten) {
        endWritten = true;
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

  /** Closes later, because the caller is still writing. */
  private void closeIfTooMuch() {
    if (countWaiting()) {
      closeLater(new IOException("queued data exceeds the memory limit"));
    }
  }

  /** Whether the queued data now exceeds the limit of the loop. */
  private boolean countWaiting() {
    long more = kept + (unread == null ? 0 : unread.capacity()) + wire.waiting() - counted;
    counted += more;
    return loop.isFullWith(more);
  }

  /** Losing one client is better than losing the server. */
  private static IOException noMemory(OutOfMemoryError error) {
    return new IOException("no memory is left for this connection", error);
  }

  private void close(@Nullable Exception cause) {
    if (!closed) {
      release();
      notifyClosed(cause);
    }
  }

  /**
   * Closes the link at once, but notifies the handler later, because the handler is currently
   * writing.
   */
  private void closeLater(Exception cause) {
    if (!closed) {
      release();
      loop.execute(() -> notifyClosed(cause));
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

  private void notifyClosed(@Nullable Exception cause) {
    boolean bug = cause instanceof RuntimeException;
    handler.closed(failure == null || bug ? cause : failure);
  }

  /** An action that may fail. */
  private interface Step {
    void take() throws IOException;
  }
}
