package wscope.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an {@link EventLoop}, accepted or opened, through TCP or a Unix domain socket,
 * plain or through TLS. Its output is bounded: above the high-water mark of the {@link LinkLimits},
 * nothing more is read from the peer. A peer that reads nothing for too long is dropped.
 */
public final class Link {
  /** The number of bytes for which the budget of the loop is asked at a time. */
  private static final int PIECE = 256 << 10;

  /**
   * The send buffer of the socket in bytes. A larger one would hide for long whether the peer
   * reads.
   */
  private static final int SEND_BUFFER = 256 << 10;

  private final EventLoop loop;
  private final Side side;
  private final Wire wire;
  private final Layer layer;
  private final SocketAddress remote;
  private final SocketAddress local;
  private final LinkHandler handler;
  private final LinkMemory memory;
  private final LinkInput input;
  private final OutputEnd output;
  private final LinkTurns turns;

  /** Whether the link gives up soon. */
  private boolean givingUp;

  /** Whether the handler bounds the output, so that queued output does not pause the input. */
  private boolean joined;

  private boolean closed;
  private boolean established;
  private @Nullable Deadline establishment;
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
    wire = new Wire(socket, loop.chunks());
    layer = layers.apply(wire);
    socket.configureBlocking(false);
    if (socket.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    socket.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
    remote = socket.getRemoteAddress();
    local = socket.getLocalAddress();
    SelectionKey key = loop.register(socket, SelectionKey.OP_READ);
    memory = new LinkMemory(loop.budget(), wire);
    input = new LinkInput(this, memory);
    output = new OutputEnd(wire, layer);
    turns = new LinkTurns(this, loop, key, wire, layer, memory, input, output);
    handler = handlers.apply(this);
    key.attach(this);
  }

  /** The peer's address, of TCP or of a Unix domain socket. */
  public SocketAddress remote() {
    return remote;
  }

  /** Our own address. */
  public SocketAddress local() {
    return local;
  }

  /** Sets what decides from the first bytes what the peer speaks. */
  public void openBy(Opening decision) {
    layer.openBy(decision);
  }

  /** The details of TLS; null on a plain link and before the link is established. */
  public @Nullable TlsDetails tls() {
    return layer.tls();
  }

  /**
   * Sends the bytes between position and limit, or keeps a copy to send later. The position moves.
   * The link closes later if the loop holds too much for its peers and most of it for this one.
   */
  public void write(ByteBuffer bytes) {
    int limit = bytes.limit();
    while (bytes.position() < limit && !closed && !output.isRequested()) {
      bytes.limit(bytes.position() + Math.min(PIECE, limit - bytes.position()));
      if (wire.waiting() > 0 && !loop.fits(this, bytes.remaining())) {
        closeForMemory();
      } else {
        loop.gather(this, bytes);
      }
    }
    bytes.limit(limit).position(limit);
  }

  /**
   * Sends the queued output, then ends the output (TLS close_notify, TCP FIN). The link closes when
   * the peer ends too. The handler still receives input, but unless the link is joined, unconsumed
   * bytes are not passed again.
   */
  public void end() {
    output.request();
    if (!joined) {
      input.free();
    }
    turns.settleOutsideTurn();
  }

  /**
   * Stops passing input to the handler until this method is called with false. Output continues.
   * The handler keeps the buffer that it is currently reading.
   */
  public void hold(boolean on) {
    input.hold(on);
    turns.settleOutsideTurn();
  }

  /** Sends the output of this turn so far in TCP segments of its own, as far as the peer reads. */
  public void push() {
    loop.sendGathered();
  }

  /**
   * Reads from the peer regardless of the output that is queued for it, also after {@link #end};
   * only {@link #hold} pauses the input. The handler bounds the output: {@link LinkHandler#drained}
   * says when there is room.
   */
  public void join() {
    joined = true;
  }

  /** Whether the handler bounds the output. */
  boolean isJoined() {
    return joined;
  }

  /** Notifies the handler that some of the queued output has been written. */
  void drained() {
    handler.drained();
  }

  /** The number of bytes written to the socket so far, after encryption. */
  public long written() {
    return wire.written();
  }

  /**
   * Makes room for what the handler is about to hold. Others that hold more give up.
   *
   * @param more the number of bytes
   * @return false if the handler must not hold more, because it already holds most
   */
  public boolean fits(long more) {
    return !closed && loop.fits(this, more);
  }

  /**
   * Lets the link give up that holds most, because the heap had no room although {@link #fits} said
   * so: it may be in pieces.
   *
   * @return false if none holds more than this one or has to give way to it
   */
  public boolean findsMemory() {
    return !closed && loop.findsMemory(this);
  }

  /**
   * Gives up what is held for this link after this turn, unless there is room for it by then.
   * Others that hold more give up first.
   */
  public void giveUpUnlessFits() {
    if (!closed && !givingUp && !fits(0)) {
      givingUp = true;
      loop.execute(
          () -> {
            givingUp = false;
            if (!fits(0)) {
              giveUp();
            }
          });
    }
  }

  /**
   * Counts the bytes that the handler holds.
   *
   * @param bytes the number of bytes, and of those the ones held back for the peer, which {@link
   *     #waiting} includes
   */
  public void kept(long bytes, long heldBack) {
    if (!closed) {
      memory.kept(bytes, heldBack);
    }
  }

  /**
   * Gives the handler another turn, even without input: {@link LinkHandler#received} is called
   * again, after other links had their turns, and not while too much output is queued.
   */
  public void requestTurn() {
    input.requestTurn();
    turns.settleOutsideTurn();
  }

  /**
   * The number of bytes queued for the peer: those that the handler holds back, and those that the
   * socket did not accept, after encryption. Output of the current turn is written at the end of
   * the turn.
   */
  public long waiting() {
    return memory.delayed() + wire.waiting();
  }

  /** Whether the socket has accepted everything that was written. */
  public boolean hasWrittenAll() {
    return wire.waiting() == 0;
  }

  /** Runs an action after a delay. If the action fails, only this link ends. */
  public Deadline after(Duration delay, Runnable action) {
    return loop.after(delay, () -> attempt(action::run));
  }

  /** What is wrong with the end of the peer's bytes; null if nothing is, or it has not ended. */
  public @Nullable IOException endFailure() {
    return failure;
  }

  /** Closes the link at once. Unsent output is lost. */
  public void abort() {
    close(null);
  }

  /** Closes a link that has just been created, before its first byte is sent. */
  public void abandon() {
    closeLater(null);
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
        memory.count();
        if (wire.hasFailed()) {
          turns.await();
        }
      }
    } catch (IOException | RuntimeException e) {
      closeLater(e);
    } catch (OutOfMemoryError e) {
      loop.rescue(this);
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

  /** Notifies the handler once the handshake of the layer is done. */
  void checkEstablished() {
    if (!established && !layer.isHandshaking()) {
      established = true;
      if (establishment != null) {
        establishment.cancel();
      }
      handler.established();
    }
  }

  /** Runs a step. If it fails, only this link ends. */
  void attempt(Step step) {
    try {
      if (!closed) {
        step.take();
      }
    } catch (IOException | RuntimeException e) {
      close(e);
    } catch (OutOfMemoryError e) {
      loop.rescue(this);
    }
  }

  /** Whether input is paused, because it is held or too much output is queued. */
  public boolean isPaused() {
    return turns.isPaused();
  }

  /** Passes input on to the handler. */
  void passOn(ByteBuffer bytes) {
    handler.received(bytes);
  }

  /** Whether the handler still receives what it has not consumed, and the peer's end. */
  boolean passesOn() {
    return (joined || !output.isRequested()) && !closed;
  }

  /** Notifies the handler that the peer has ended, after all its bytes. */
  void peerEnded() {
    failure = layer.endFailure();
    handler.ended();
  }

  /**
   * Closes the link because the peer speaks another protocol. A client may first read the response
   * that is on the wire.
   */
  void mismatched(TlsMismatch mismatch) {
    if (input.hasReceivedAny() || side == Side.CLIENT) {
      close(mismatch);
    } else {
      failure = mismatch;
      output.reject(loop, () -> close(mismatch));
    }
  }

  /** Whether the handler had much work in the last turn. */
  boolean isTurnHeavy() {
    return handler.isTurnHeavy();
  }

  /** The turns of the link in its loop. */
  LinkTurns turns() {
    return turns;
  }

  /** The memory that is held for this link. */
  LinkMemory memory() {
    return memory;
  }

  boolean isClosed() {
    return closed;
  }

  /** Gives up the memory held for this link: what the handler holds, or the link itself. */
  void giveUp() {
    long before = memory.bytes();
    attempt(handler::giveUp);
    if (memory.bytes() > before / 2) {
      close(loop.budget().exceeded());
    }
  }

  /**
   * Frees everything at once because no memory is left, and notifies the handler later. Losing one
   * peer is better than losing all.
   *
   * @return the number of bytes that were held for this link
   */
  long discard(IOException cause) {
    long before = memory.bytes();
    if (!closed) {
      release();
      handler.freeMemory();
      loop.execute(() -> notifyClosed(cause));
    }
    return before;
  }

  void close(@Nullable Exception cause) {
    if (!closed) {
      release();
      notifyClosed(cause);
    }
  }

  /** Closes the link because the loop holds too much for its peers, and most of it for this one. */
  void closeForMemory() {
    closeLater(loop.budget().exceeded());
  }

  /**
   * Closes the link at once, but notifies the handler later, because the handler is currently
   * writing.
   */
  private void closeLater(@Nullable Exception cause) {
    if (!closed) {
      release();
      loop.execute(() -> notifyClosed(cause));
    }
  }

  private void release() {
    closed = true;
    if (establishment != null) {
      establishment.cancel();
    }
    turns.stop();
    output.stop();
    wire.close();
    input.free();
    layer.release();
  }

  private void notifyClosed(@Nullable Exception cause) {
    boolean bug = cause instanceof RuntimeException;
    memory.kept(0, 0);
    handler.closed(failure == null || bug ? cause : failure);
  }

  /** An action that may fail. */
  interface Step {
    void take() throws IOException;
  }
}
